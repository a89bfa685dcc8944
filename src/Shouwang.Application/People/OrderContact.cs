using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Puts a relative at a place among those to call in an emergency, or takes them off. 紧急联系人顺序</summary>
public sealed class OrderContact(Workspace work)
{
    /// <param name="Place">From 1; 0 takes the relative off the list.</param>
    public sealed record Command(Guid CommandId, Id<Relation> Relation, int Place) : ICommand;

    public sealed record Receipt(Id<Relation> Relation, int Place);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Order(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Order(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var relation = await unit.Db.Relations.SingleOrDefaultAsync(r => r.Id == command.Relation, ct);
        if (relation is null) return PeopleRefusals.RelationNotFound;
        if (!unit.Actor.May(Permission.KeepRegister, relation.Area)) return CommonRefusals.Forbidden;
        if (relation.EndedOn is not null) return PeopleRefusals.RelationEnded;
        if (command.Place < 0) return CommonRefusals.BadInput.On("place");

        var standing = await unit.Db.Relations.Where(r => r.Elder == relation.Elder && r.EndedOn == null).ToListAsync(ct);
        Relation.Order(standing, relation, command.Place);
        return new Receipt(relation.Id, relation.Contact);
    }
}
