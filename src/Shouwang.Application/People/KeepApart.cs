using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Says that two entries are two people, so that nobody is asked about them again. 认定为两人</summary>
public sealed class KeepApart(Workspace work)
{
    public sealed record Command(Id<KeptApart> Id, Id<Person> One, Id<Person> Other) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<KeptApart> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Decide(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Decide(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (command.One == command.Other) return MergeRefusals.Self.On("other");
        if (!(await KeptPerson.Find(unit, command.One, ct)).IsOk(out var one, out var refusal)) return refusal;
        if (!(await KeptPerson.Find(unit, command.Other, ct)).IsOk(out var other, out refusal)) return refusal;
        var decided = new KeptApart(command.Id, one.Area, (one.Id, other.Id), unit.Actor.Person, unit.Now);
        if (await unit.Db.KeptApart.AnyAsync(k => k.One == decided.One && k.Other == decided.Other, ct)) return MergeRefusals.ApartAlready;
        unit.Db.Add(decided);
        return new Receipt(decided.Id);
    }
}
