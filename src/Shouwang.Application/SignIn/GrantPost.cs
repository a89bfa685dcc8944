using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.SignIn;

/// <summary>A post as it is given: the role and where. 所授岗位</summary>
public sealed record PostGiven(Role Role, Workplace At);

/// <summary>Gives another post to a person who has an account. 授予岗位</summary>
public sealed class GrantPost(Workspace work)
{
    public sealed record Command(Id<Post> Post, Guid Account, PostGiven Given) : ICommand
    {
        public Guid CommandId => Post.Value;
    }

    public sealed record Receipt(Id<Post> Post);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Grant(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Grant(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var account = await unit.Db.SignInAccounts.SingleOrDefaultAsync(a => a.Id == command.Account, ct);
        var person = account is null ? null : await unit.Db.People.SingleOrDefaultAsync(p => p.Id == account.Person, ct);
        if (person is null || !unit.Actor.Scope.Contains(command.Given.At.Area)) return CommonRefusals.NotFound;
        if (!unit.Actor.May(Permission.ManageAccounts, command.Given.At.Area)) return CommonRefusals.Forbidden;
        if (person.Id == unit.Actor.Person) return SignInRefusals.OwnPost;

        var given = await PostGrant.Give(unit, command.Post, person, command.Given, ct);
        return given.IsOk(out var post, out var refusal) ? new Receipt(post.Id) : refusal;
    }
}

/// <summary>The rules by which a post is given.</summary>
internal static class PostGrant
{
    /// <summary>Gives a post from today on: one the giver may give, none that clashes with another, a point for a point manager.</summary>
    public static async Task<Result<Post>> Give(UnitOfWork unit, Id<Post> id, Person person, PostGiven given, CancellationToken ct)
    {
        if (!Roles.MayGrant(unit.Actor.Role, given.Role)) return SignInRefusals.NotGrantable.With("role", given.Role.ToString());
        if (given.Role == Role.PointManager && !await HasPoint(unit.Db, given.At, ct)) return SignInRefusals.NeedsPoint;

        var today = Days.Of(unit.Now);
        var held = await PostsHeld.By(unit.Db, person.Id, today, ct);
        if (held.Exists(p => p.Role == given.Role && p.Area == given.At.Area && p.Point == given.At.Point)) return SignInRefusals.PostHeld;
        if (held.Exists(p => !Roles.MayCombine(p.Role, given.Role))) return SignInRefusals.PostsClash;

        var post = new Post(id, person.Id, given.Role, given.At, today);
        unit.Db.Add(post);
        return post;
    }

    private static async Task<bool> HasPoint(ShouwangDb db, Workplace at, CancellationToken ct) =>
        at.Point is { } point && await db.Places.AnyAsync(p => p.Id == point && p.Area == at.Area && p.Kind == PlaceKind.Point, ct);
}
