using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.SignIn;

/// <summary>Gives a relative who lives far away an account that sees the elder, and prints the slip that is sent or handed over.
/// 家属开通</summary>
public sealed class LinkRelative(Workspace work, CreateAccount accounts)
{
    public sealed record Command(Guid CommandId, Id<Relation> Relation);

    public async Task<Result<IssueSlip.Slip>> Run(Command command, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ManageAccounts, actor.Scope)) return CommonRefusals.Forbidden;
        var relation = await work.Read(actor, db => db.Relations.SingleOrDefaultAsync(r =>
            r.Id == command.Relation && r.EndedOn == null, ct));
        if (relation is null) return PeopleRefusals.RelationNotFound;
        if (relation.Kind == RelationKind.Neighbour) return SignInRefusals.NotKin;

        var post = new PostGiven(Role.Family, new(relation.Area));
        return await accounts.Run(new(command.CommandId, relation.Relative, null, null, post), actor, ct);
    }
}
