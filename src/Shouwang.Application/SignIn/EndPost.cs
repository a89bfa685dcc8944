using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.SignIn;

/// <summary>Takes a post back; sessions working in it are answered no more. 终止岗位</summary>
public sealed class EndPost(Workspace work)
{
    public sealed record Command(Id<Post> Post) : ICommand
    {
        public Guid CommandId => DerivedId.Of(Post.Value, "signin.end-post");
    }

    public sealed record Receipt(Id<Post> Post);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => End(unit, command, ct), ct);

    private static async Task<Result<Receipt>> End(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var post = await unit.Db.Posts.SingleOrDefaultAsync(p => p.Id == command.Post, ct);
        if (post is null) return CommonRefusals.NotFound;
        if (!unit.Actor.May(Permission.ManageAccounts, post.Area)) return CommonRefusals.Forbidden;
        if (post.Person == unit.Actor.Person) return SignInRefusals.OwnPost;
        if (!Roles.MayGrant(unit.Actor.Role, post.Role)) return SignInRefusals.NotGrantable.With("role", post.Role.ToString());
        return post.End(Days.Of(unit.Now)).IsOk(out _, out var refusal) ? new Receipt(post.Id) : refusal;
    }
}
