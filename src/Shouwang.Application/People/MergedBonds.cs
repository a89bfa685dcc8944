using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.People;

/// <summary>Moves what binds a dropped entry to others: relations, agreements, memberships, pairs and open duties. What has ended stays
/// as it was written. 归并关系</summary>
internal sealed class MergedBonds(UnitOfWork unit, PersonMerge merge)
{
    private readonly DateOnly _today = Days.Of(unit.Now);

    private Id<Person> Kept => merge.Kept;

    private Id<Person> Dropped => merge.Dropped;

    public async Task Move(CancellationToken ct)
    {
        await Relations(ct);
        await Consents(ct);
        await Mandates(ct);
        await Memberships(ct);
        await Pairs(ct);
        await Duties(ct);
    }

    private async Task Relations(CancellationToken ct)
    {
        var standing = await unit.Db.Relations.Where(r => r.EndedOn == null
            && (r.Elder == Kept || r.Relative == Kept || r.Elder == Dropped || r.Relative == Dropped)).ToListAsync(ct);
        foreach (var moved in standing.Where(r => r.Elder == Dropped || r.Relative == Dropped).OrderBy(r => r.Contact).ToList())
        {
            var (contact, wasElder) = (moved.Contact, moved.Elder == Dropped);
            if (standing.Exists(r => r != moved && r.Kind == moved.Kind && Renamed(r) == Renamed(moved)) || Renamed(moved) == (Kept, Kept))
            {
                standing.Remove(moved);
                _ = moved.End(_today).Value;
                continue;
            }

            moved.Follow(Dropped, Kept);
            if (wasElder) Relation.Order([.. standing.Where(r => r.Elder == Kept)], moved, contact > 0 ? int.MaxValue : 0);
        }
    }

    /// <summary>Of each purpose the latest word counts: a consent given, or one taken back.</summary>
    private async Task Consents(CancellationToken ct)
    {
        var all = await unit.Db.Consents.Where(c => c.Person == Kept || c.Person == Dropped).ToListAsync(ct);
        foreach (var purpose in all.GroupBy(c => c.Purpose))
        {
            var withdrawn = purpose.Max(c => c.WithdrawnAt);
            var (own, other) = (purpose.FirstOrDefault(c => c.Person == Kept && c.Holds),
                purpose.FirstOrDefault(c => c.Person == Dropped && c.Holds));
            foreach (var old in new[] { own, other }.Where(c => c?.GivenAt < withdrawn)) _ = old!.Withdraw(unit.Now).Value;
            if (own is not null) continue;
            if (other is { Holds: true }) other.Follow(Kept);
            else if (!purpose.Any(c => c.Person == Kept)) purpose.MaxBy(c => c.WithdrawnAt)!.Follow(Kept);
        }
    }

    private async Task Mandates(CancellationToken ct)
    {
        foreach (var mandate in await unit.Db.Mandates
            .Where(m => m.Until > _today && (m.Person == Dropped || m.Agent == Dropped)).ToListAsync(ct))
        {
            if (mandate.Person == Kept || mandate.Agent == Kept) _ = mandate.End(_today).Value;
            else mandate.Follow(Dropped, Kept);
        }
    }

    private async Task Memberships(CancellationToken ct)
    {
        var places = await unit.Db.Places
            .Where(p => p.Members.Any(m => (m.Person == Dropped || m.Person == Kept) && m.To == null)).ToListAsync(ct);
        foreach (var place in places)
        {
            var parts = place.Members.Where(m => m.Person == Dropped && m.To is null).Select(m => m.Part).ToList();
            _ = place.LoseMember(Dropped, _today, merge.Id.Value);
            foreach (var part in parts.Where(part => !Belongs(places, place, part))) place.Join(Kept, part, _today);
        }
    }

    /// <summary>Whether the kept one belongs already: an elder or a volunteer belongs to one point only.</summary>
    private bool Belongs(List<Place> places, Place place, MemberPart part) => places.Exists(p =>
        (p == place || (p.Kind == PlaceKind.Point && place.Kind == PlaceKind.Point && part is MemberPart.Elder or MemberPart.Volunteer))
        && p.Members.Any(m => m.Person == Kept && m.Part == part && m.To is null));

    private async Task Pairs(CancellationToken ct)
    {
        var open = await unit.Db.Pairs.Where(p => p.State != PairState.Ended
            && (p.Elder == Dropped || p.Volunteer == Dropped || p.Elder == Kept || p.Volunteer == Kept)).ToListAsync(ct);
        var taken = open.Where(p => p.Elder != Dropped && p.Volunteer != Dropped).Select(p => (p.Elder, p.Volunteer)).ToHashSet();
        foreach (var pair in open.Where(p => p.Elder == Dropped || p.Volunteer == Dropped))
        {
            var two = (Elder: Renamed(pair.Elder), Volunteer: Renamed(pair.Volunteer));
            if (two.Elder == two.Volunteer || !taken.Add(two))
            {
                _ = pair.EndBecause(merge.Id.Value, _today).Value;
                continue;
            }

            var next = new Id<Pair>(DerivedId.Of(merge.Id.Value, $"people.merge.pair.{pair.Id}"));
            unit.Db.Add(pair.Continue(next, (Dropped, Kept), merge.Id.Value, _today).Value);
        }
    }

    /// <summary>A visit that is overdue is found anew under the kept entry; what the person held goes on in the same hands.</summary>
    private async Task Duties(CancellationToken ct)
    {
        foreach (var duty in await AlongIndex.Narrow(unit.Db, unit.Db.Duties)
            .Where(d => d.State == DutyState.Open && (d.About == Dropped || d.Holder == Dropped)).ToListAsync(ct))
        {
            if (duty.About == Dropped && duty.Kind == DutyKind.OverdueVisit) _ = duty.Drop(unit.Actor.Person, unit.Now).Value;
            else if (duty.Holder == Dropped) _ = duty.HandOver(Kept, unit.Actor.Person, unit.Now).Value;
        }
    }

    private (Id<Person> Elder, Id<Person> Relative) Renamed(Relation relation) => (Renamed(relation.Elder), Renamed(relation.Relative));

    private Id<Person> Renamed(Id<Person> person) => person == Dropped ? Kept : person;
}
