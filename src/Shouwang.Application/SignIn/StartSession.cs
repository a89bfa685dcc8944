using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.SignIn;

/// <summary>Signs a person in with their name and password; they begin in the post they have held longest. 登录</summary>
public sealed class StartSession(Workspace work, SignInDesk desk)
{
    /// <param name="OnPhone">Whether this is the person's own phone, which may rest longer.</param>
    public sealed record Command(Guid CommandId, string Name, [property: JsonIgnore] string Password, bool OnPhone) : ICommand
    {
        /// <summary>The changing code, where the account has a second factor.</summary>
        [JsonIgnore]
        public string? Code { get; init; }
    }

    public sealed record Receipt(Guid Session, Id<Person> Person, Id<Post> Post, bool OnPhone);

    public async Task<Result<Receipt>> Run(Command command, CancellationToken ct)
    {
        if (!(await desk.CheckSignIn(command, ct)).IsOk(out var account, out var refusal)) return refusal;
        return await Open(command, account, command.OnPhone, ct);
    }

    /// <summary>Opens the session of someone who has been checked.</summary>
    private async Task<Result<Receipt>> Open(Command command, SignInAccount account, bool onPhone, CancellationToken ct)
    {
        var house = Actor.System(AreaCode.Nation);
        var held = await work.Read(house, db => PostsHeld.By(db, account.Person, work.Today, ct));
        if (held.Count == 0) return SignInRefusals.NoPost;

        var post = held[0];
        var actor = new Actor(account.Person, post.Role, post.Area, new(Roles.ReachOf(post.Role), []));
        return await work.Write<Receipt>(
            command,
            actor,
            unit =>
            {
                unit.Db.Add(new SignInSession(command.CommandId, account, post, onPhone, unit.Now));
                return Task.FromResult<Result<Receipt>>(new Receipt(command.CommandId, account.Person, post.Id, onPhone));
            },
            ct);
    }
}

/// <summary>The posts a person holds on a day, the longest held first.</summary>
internal static class PostsHeld
{
    public static Task<List<Post>> By(ShouwangDb db, Id<Person> person, DateOnly day, CancellationToken ct) =>
        db.Posts.IgnoreQueryFilters(["area", "reach"]).AsNoTracking()
            .Where(p => p.Person == person && p.From <= day && (p.To == null || day < p.To))
            .OrderBy(p => p.From).ThenBy(p => p.Id).ToListAsync(ct);
}
