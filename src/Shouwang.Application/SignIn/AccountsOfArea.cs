using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.SignIn;

/// <summary>The accounts of an area and the posts of their bearers. 账号清单</summary>
public sealed class AccountsOfArea(Workspace work)
{
    public sealed record PostLine(Id<Post> Id, Role Role, AreaCode Area, DateOnly From);

    public sealed record Line(Guid Account, string Name, string SignInName, bool IsDemo, bool HasFactor, IReadOnlyList<PostLine> Posts);

    public sealed record View(IReadOnlyList<Line> Lines, int Page, bool HasMore);

    /// <param name="page">From 1.</param>
    public async Task<Result<View>> Run(Slice page, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ManageAccounts, actor.Scope)
            && !actor.May(Permission.ResetPasswords, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => Lines(db, page, Roles.Allows(actor.Role, Permission.ViewPeople), ct));
    }

    private async Task<View> Lines(ShouwangDb db, Slice page, bool seesPeople, CancellationToken ct)
    {
        var today = work.Today;
        var areMany = await ByName.CountUpTo(db.SignInAccounts.Select(a => a.Id), ByName.Many, ct) > ByName.Many;
        var bearers = db.People.Where(p => db.SignInAccounts.Any(a => a.Person == p.Id));
        var shown = await ByName.Order(db, bearers, areMany).Select(p => p.Id).PageAt(page, ct);
        var of = shown.ToArray();
        var accounts = shown.With(await (
            from person in ByName.Order(db.People.Where(p => of.Contains(p.Id)))
            join account in db.SignInAccounts on person.Id equals account.Person
            select new { account, person.Name, person.Roles }).ToListAsync(ct));
        var people = accounts.Select(a => a.account.Person).ToList();
        var posts = await db.Posts.Where(p => people.Contains(p.Person) && p.From <= today && (p.To == null || today < p.To))
            .OrderBy(p => p.From).ToListAsync(ct);
        var ids = accounts.Select(a => a.account.Id).ToList();
        var factors = await db.SignInTokens.Where(t => ids.Contains(t.UserId) && t.Name == FactorDesk.TokenName)
            .Select(t => t.UserId).ToListAsync(ct);
        var lines = accounts.Select(a => new Line(
            a.account.Id, seesPeople || (a.Roles & PersonRoles.Official) != 0 ? a.Name
                : PersonName.Mask(a.Name), a.account.NameMask, a.account.IsDemo, factors.Contains(a.account.Id),
            [.. posts.Where(p => p.Person == a.account.Person).Select(p => new PostLine(p.Id, p.Role, p.Area, p.From))]));
        return new([.. lines], accounts.Number, accounts.HasMore);
    }
}
