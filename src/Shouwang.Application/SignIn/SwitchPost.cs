using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.SignIn;

/// <summary>Works in another of one's posts from now on; a session works in one area at a time. 切换岗位</summary>
public sealed class SwitchPost(Workspace work)
{
    public sealed record Command(Guid CommandId, Guid Session, Id<Post> Post) : ICommand;

    public sealed record Receipt(Guid Session, Id<Post> Post);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Switch(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Switch(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var person = unit.Actor.Person;
        var session = await unit.Db.SignInSessions.SingleOrDefaultAsync(s => s.Id == command.Session && s.Person == person, ct);
        var held = await PostsHeld.By(unit.Db, person, Days.Of(unit.Now), ct);
        if (session is null || held.All(p => p.Id != command.Post)) return CommonRefusals.NotFound;

        session.WorkIn(command.Post);
        return new Receipt(session.Id, command.Post);
    }
}
