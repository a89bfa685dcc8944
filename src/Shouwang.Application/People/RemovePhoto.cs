using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Erases the photo of a person. 删除照片</summary>
public sealed class RemovePhoto(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Person> Person) : ICommand;

    public sealed record Receipt(Id<Person> Person);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Remove(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Remove(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await KeptPerson.Find(unit, command.Person, ct)).IsOk(out var person, out var refusal)) return refusal;
        return await Erase(unit.Db, person.Id, ct) == 0 ? PeopleRefusals.NothingThere : new Receipt(person.Id);
    }

    /// <summary>Erases every photo of a person, under each of their entries; says how many there were.</summary>
    internal static async Task<int> Erase(ShouwangDb db, Id<Person> person, CancellationToken ct)
    {
        var every = await Successor.With(db, await Successor.Of(db, person, ct), ct);
        var photos = await db.Photos.Where(p => every.Contains(p.Person)).ToListAsync(ct);
        db.RemoveRange(photos);
        return photos.Count;
    }
}
