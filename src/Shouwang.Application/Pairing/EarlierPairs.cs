using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;

namespace Shouwang.Application.Pairing;

/// <summary>The ended pairs of an elder, as far as the actor sees them: who came, since when, until when, and why no longer.
/// 以往结对</summary>
internal static class EarlierPairs
{
    /// <summary>Those that ended before this one did, the latest first; under every entry the elder ever had.</summary>
    public static async Task<IReadOnlyList<PairSheet.Earlier>> Of(ShouwangDb db, Pair pair, KinView kin, CancellationToken ct)
    {
        var (entries, last) = (await Successor.With(db, pair.Elder, ct), pair.To);
        var ended = await db.Pairs
            .Where(p => entries.Contains(p.Elder) && p.Id != pair.Id && p.State == PairState.Ended && (last == null || p.To <= last))
            .OrderByDescending(p => p.To).ThenBy(p => p.Id).Take(Paging.Size)
            .Select(p => new End(p.Id, p.Volunteer, p.From, p.To, p.DeclinedBy, p.ChangeAskedBy, p.EndedBy)).ToListAsync(ct);
        if (ended.Count == 0) return [];

        var names = await KnownNames.Of(db, ended.Select(p => p.Volunteer), ct);
        var causes = ended.Select(p => p.Cause).OfType<Guid>().ToList();
        var (departures, merges) = (
            causes.Select(c => new Id<Departure>(c)).ToArray(), causes.Select(c => new Id<PersonMerge>(c)).ToArray());
        var departed = await db.Departures.Where(d => departures.Contains(d.Id)).Select(d => d.Id).ToListAsync(ct);
        var merged = await db.PersonMerges.Where(m => merges.Contains(m.Id)).Select(m => m.Id).ToListAsync(ct);
        var why = departed.Select(d => (d.Value, "departed")).Concat(merged.Select(m => (m.Value, "merged")))
            .ToDictionary(c => c.Value, c => c.Item2);
        return
        [
            .. ended.Select(p => new PairSheet.Earlier(
                p.Id, kin.NameOf(pair.Elder, p.Volunteer, names[p.Volunteer]), p.From, p.To, WhyOf(p, why))),
        ];
    }

    private sealed record End(
        Id<Pair> Id, Id<Person> Volunteer, DateOnly? From, DateOnly? To, PairSide? DeclinedBy, PairSide? ChangeAskedBy, Guid? Cause);

    private static string? WhyOf(End pair, Dictionary<Guid, string> causes) => pair switch
    {
        { DeclinedBy: { } side } => $"declined-{(side == PairSide.Elder ? "elder" : "volunteer")}",
        { Cause: { } cause } => causes.GetValueOrDefault(cause),
        { ChangeAskedBy: { } side } => $"change-{(side == PairSide.Elder ? "elder" : "volunteer")}",
        _ => null,
    };
}
