using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Ends a relation that no longer holds; a relative's account sees the elder no more. 解除关系</summary>
public sealed class EndRelation(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Relation> Relation) : ICommand;

    public sealed record Receipt(Id<Relation> Relation);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => End(unit, command, ct), ct);

    private static async Task<Result<Receipt>> End(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var relation = await unit.Db.Relations.SingleOrDefaultAsync(r => r.Id == command.Relation, ct);
        if (relation is null) return PeopleRefusals.RelationNotFound;
        if (!unit.Actor.May(Permission.KeepRegister, relation.Area)) return CommonRefusals.Forbidden;
        if (!relation.End(Days.Of(unit.Now)).IsOk(out _, out var refusal)) return refusal;

        var standing = await unit.Db.Relations
            .Where(r => r.Elder == relation.Elder && r.EndedOn == null && r.Id != relation.Id).ToListAsync(ct);
        Relation.Order(standing, relation, 0);
        return new Receipt(relation.Id);
    }
}
