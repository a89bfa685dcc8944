using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.SignIn;

/// <summary>Ends the posts and sessions of someone who died or moved away. 离开后终止岗位与会话</summary>
internal sealed class OnPersonDeparted(Workspace work) : Reaction<PersonDeparted>
{
    public sealed record Command(Guid CommandId, PersonDeparted Happened) : ICommand;

    public sealed record Receipt(Id<Person> Person, int Count);

    public override async Task<Refusal?> Run(PersonDeparted happened, Guid delivery, AreaCode area, CancellationToken ct) =>
        (await work.Write<Receipt>(new Command(delivery, happened), Actor.System(area), unit => Follow(unit, happened, ct), ct)).Refusal;

    private static async Task<Result<Receipt>> Follow(UnitOfWork unit, PersonDeparted happened, CancellationToken ct)
    {
        var today = Days.Of(unit.Now);
        var posts = await unit.Db.Posts.Where(p => p.Person == happened.Person && p.To == null).ToListAsync(ct);
        foreach (var post in posts) _ = post.End(today).Value;
        var sessions = await unit.Db.SignInSessions.Where(s => s.Person == happened.Person && s.Revoked == null).ToListAsync(ct);
        foreach (var session in sessions) session.Revoke(unit.Now);
        return new Receipt(happened.Person, sessions.Count);
    }
}
