using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Application.TimeBank;

/// <summary>The hours that are set aside now: one's own, or those of the area. 预留清单</summary>
public sealed class ListHolds(Workspace work)
{
    public sealed record Row(
        Id<Hold> Id, Id<Person> From, string FromName, Id<Person> To, string ToName, long Minutes, DateTimeOffset At, DateTimeOffset Until);

    /// <param name="page">Counted from 1.</param>
    public async Task<Result<Paged<Row>>> Run(Slice page, Actor actor, CancellationToken ct) =>
        actor.May(Permission.VoidHolds, actor.Scope) || actor.May(Permission.TransferHours, actor.Scope)
            ? await work.Read(actor, db => List(db, page, ct)) : CommonRefusals.Forbidden;

    /// <summary>The payer's account decides who sees a hold; whom it is for may stand outside the reach.</summary>
    private async Task<Paged<Row>> List(ShouwangDb db, Slice page, CancellationToken ct)
    {
        var now = work.Now;
        var open = await (
            from hold in db.Holds
            where hold.Book == Book.Hours && hold.Until > now && !db.HoldEnds.Any(e => e.HoldId == hold.Id)
            join payer in db.Accounts on hold.From equals payer.Id
            orderby hold.Until, hold.Id
            select new { hold, From = new Id<Person>(payer.Holder) }).PageAt(page, ct);
        var payees = open.Select(o => o.hold.To).Distinct().ToArray();
        var to = await db.Accounts.IgnoreQueryFilters(["reach"]).Where(a => payees.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, a => new Id<Person>(a.Holder), ct);
        var names = await KnownNames.Of(db, [.. open.Select(o => o.From), .. to.Values], ct);
        return open.With(
            from o in open
            where to.ContainsKey(o.hold.To)
            let payee = to[o.hold.To]
            select new Row(new(o.hold.Id), o.From, names[o.From], payee, names[payee], o.hold.Amount, o.hold.At, o.hold.Until));
    }
}
