using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.TimeBank;

/// <summary>To whom one's own hours may be given or set aside by the rules: those of the area who have an account. 可受赠人</summary>
public sealed class HoursReceivers(Workspace work, Rulebook rulebook)
{
    public sealed record Receiver(Id<Person> Person, string Name);

    /// <param name="Days">How long hours stay set aside.</param>
    public sealed record View(int Days, IReadOnlyList<Receiver> People);

    public async Task<Result<View>> Run(Actor actor, CancellationToken ct) =>
        actor.May(Permission.TransferHours, actor.Scope) ? await work.Read(actor, db => List(db, actor, ct)) : CommonRefusals.Forbidden;

    /// <summary>Whom one may give to may stand outside of whom one visits; names are all that is told.</summary>
    private async Task<View> List(ShouwangDb db, Actor actor, CancellationToken ct)
    {
        var (rules, me) = (rulebook.At(actor.Scope, work.Today), actor.Person);
        var to = rules.Choice<Giving.GiftTo>("timebank.gift-to");
        var relatives = await Giving.DirectRelatives(db, work.Today).Where(r => r.Elder == me || r.Relative == me)
            .Select(r => r.Elder == me ? r.Relative : r.Elder).ToListAsync(ct);
        var gone = await db.People.IgnoreQueryFilters(["reach"]).Where(p => p.MergedInto != null).Select(p => p.Id).ToListAsync(ct);
        var holders = (await AlongIndex.Narrow(db, db.Accounts).IgnoreQueryFilters(["reach"])
                .Where(a => a.Book == Book.Hours && a.Kind == AccountKind.Person && a.Holder != me.Value)
                .Select(a => a.Holder).Distinct().ToListAsync(ct))
            .Select(h => new Id<Person>(h)).Except(gone)
            .Where(h => to == Giving.GiftTo.Anyone || (to == Giving.GiftTo.DirectRelatives && relatives.Contains(h))).ToList();
        var names = await KnownNames.Of(db, holders, ct);
        return new(
            rules.Int("ledger.hold-lasts"),
            [.. holders.Select(h => new Receiver(h, names[h])).OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Person.Value)]);
    }
}
