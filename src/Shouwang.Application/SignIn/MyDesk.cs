using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.SignIn;

/// <summary>One's own posts and sessions. 我的岗位与会话</summary>
public sealed class MyDesk(Workspace work, SignInRules rules)
{
    public sealed record PostLine(Id<Post> Id, Role Role, AreaCode Area, DateOnly From);

    public sealed record SessionLine(Guid Id, DateTimeOffset Issued, DateTimeOffset LastSeen, bool OnPhone);

    public sealed record View(string Name, string SignInName, IReadOnlyList<PostLine> Posts, IReadOnlyList<SessionLine> Sessions);

    public Task<View> Run(Actor actor, CancellationToken ct) => work.Read(Actor.System(AreaCode.Nation), async db =>
    {
        var (me, now) = (actor.Person, work.Now);
        var name = await db.People.Where(p => p.Id == me).Select(p => p.Name).SingleOrDefaultAsync(ct);
        var mask = await db.SignInAccounts.Where(a => a.Person == me).Select(a => a.NameMask).SingleOrDefaultAsync(ct);
        var posts = await PostsHeld.By(db, me, work.Today, ct);
        var sessions = await db.SignInSessions.Where(s => s.Person == me && s.Revoked == null).OrderByDescending(s => s.LastSeen).Take(50)
            .ToListAsync(ct);
        return new View(
            name ?? "", mask ?? "",
            [.. posts.Select(p => new PostLine(p.Id, p.Role, p.Area, p.From))],
            [.. sessions.Where(s => s.HoldsAt(now, rules)).Select(s => new SessionLine(s.Id, s.Issued, s.LastSeen, s.OnPhone))]);
    });
}
