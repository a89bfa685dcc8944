using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Who looked at a person's sensitive fields, newest first. 谁看过</summary>
public sealed class WhoLooked(Workspace work)
{
    public sealed record Line(DateTimeOffset At, string By, string Role, SensitiveField Field, RevealPurpose Purpose);

    public sealed record View(Id<Person> Person, string Name, Paged<Line> Lines);

    /// <param name="page">Counted from 1.</param>
    public async Task<Result<View>> Run(Id<Person> id, Slice page, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPeople, actor.Scope) ? await work.Read(actor, db => Show(db, id, page, ct)) : CommonRefusals.Forbidden;

    private static async Task<Result<View>> Show(ShouwangDb db, Id<Person> id, Slice page, CancellationToken ct)
    {
        id = await Successor.Of(db, id, ct);
        var every = await Successor.With(db, id, ct);
        var name = await db.People.Where(p => p.Id == id).Select(p => p.Name).SingleOrDefaultAsync(ct);
        if (name is null) return PeopleRefusals.NotFound;
        var looks = await db.Looks.Where(l => every.Contains(l.Person)).OrderByDescending(l => l.At).ThenBy(l => l.Id).PageAt(page, ct);
        var names = await KnownNames.Of(db, looks.Select(l => l.By), ct);
        var kin = await KinView.Of(db, ct);
        var lines = looks.Select(
            l => new Line(l.At, kin.NameOf(id, l.By, names.GetValueOrDefault(l.By, "")), l.Role, l.Field, l.Purpose));
        return new View(id, PersonSight.NameFor(db.Looking, name), looks.With(lines));
    }
}
