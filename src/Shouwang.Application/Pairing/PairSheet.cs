using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;

namespace Shouwang.Application.Pairing;

/// <summary>One pair with its consents, the pairs before it, and those who could stand in for the volunteer. 结对情况</summary>
public sealed class PairSheet(Workspace work)
{
    /// <param name="WitnessName">Who was there.</param>
    public sealed record Consent(PairSide Side, ConsentWay How, DateOnly On, string? WitnessName);

    public sealed record Candidate(Id<Person> Id, string Name);

    /// <param name="From">Since when they came; none where it never began.</param>
    /// <param name="Why">Why it ended, where that is known: "declined-elder", "declined-volunteer", "departed", "merged",
    /// "change-elder", "change-volunteer".</param>
    public sealed record Earlier(Id<Pair> Id, string VolunteerName, DateOnly? From, DateOnly? To, string? Why);

    public sealed record View(
        Id<Pair> Id, string ElderName, string VolunteerName, PairState State, DateOnly? From, DateOnly? To, PairSide? DeclinedBy,
        PairSide? ChangeAskedBy, Id<Person>? Understudy, IReadOnlyList<Consent> Consents,
        IReadOnlyList<Candidate> Helpers)
    {
        public Id<Person> Elder { get; init; }

        public Id<Person> Volunteer { get; init; }

        /// <summary>Who may speak for the elder today.</summary>
        public IReadOnlyList<Candidate> Agents { get; init; } = [];

        /// <summary>Who goes when the volunteer cannot.</summary>
        public string? UnderstudyName { get; init; }

        /// <summary>For whoever may write down an answer: who could have been there when one of the two agreed.</summary>
        public IReadOnlyList<Candidate> Witnesses { get; init; } = [];

        /// <summary>The elder's ended pairs before this one, the latest first.</summary>
        public IReadOnlyList<Earlier> Before { get; init; } = [];

        /// <summary>What the elder asks of whoever comes.</summary>
        public PairingWish Wish { get; init; }

        /// <summary>Why the computation proposed it; none for a pair made by hand.</summary>
        public PairReason? Why { get; init; }

        /// <summary>Who comes today, where this is a proposal that would change that.</summary>
        public string? TodayName { get; init; }
    }

    public async Task<Result<View>> Run(Id<Pair> id, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPairs, actor.Scope)
            ? await work.Read(actor, db => Show(db, id, work.Today, ct)) : CommonRefusals.Forbidden;

    private static async Task<Result<View>> Show(ShouwangDb db, Id<Pair> id, DateOnly today, CancellationToken ct)
    {
        var pair = await db.Pairs.SingleOrDefaultAsync(p => p.Id == id, ct);
        if (pair is null) return PairingRefusals.NotFound;
        var agents = await MandateBook.Agents(db, pair.Elder, MandateMatters.Visits, today, ct);
        var present = pair.State != PairState.Proposed ? null
            : await db.Pairs.Where(p => p.Elder == pair.Elder && p.State == PairState.Active).Select(p => (Id<Person>?)p.Volunteer)
                .FirstOrDefaultAsync(ct);
        var named = pair.Consents.Select(c => (Id<Person>?)c.Witness).Concat(PairReason.Named(pair.Ground))
            .Append(present).Append(pair.Understudy);
        var names = await KnownNames.Of(db, [pair.Elder, pair.Volunteer, .. agents, .. named.OfType<Id<Person>>()], ct);
        var helpers = await WhoLives.Here(db.People, today)
            .Where(p => p.Area == pair.Area && (p.Roles & (PersonRoles.Volunteer | PersonRoles.CareWorker)) != 0)
            .Where(p => p.Id != pair.Volunteer && p.Id != pair.Elder)
            .OrderBy(p => p.NameKey).ToListAsync(ct);
        var elder = await db.People.SingleOrDefaultAsync(p => p.Id == pair.Elder, ct);
        var wish = elder is null ? default : PairingWish.Of(elder, today);
        var kin = await KinView.Of(db, ct);
        string Named(Id<Person> helper) => kin.NameOf(pair.Elder, helper, names.GetValueOrDefault(helper, ""));
        return new View(
            id, names.GetValueOrDefault(pair.Elder, ""), Named(pair.Volunteer), pair.State, pair.From, pair.To,
            pair.DeclinedBy, pair.ChangeAskedBy, pair.Understudy,
            [.. pair.Consents.Select(c => new Consent(c.Side, c.How, c.On, Named(c.Witness)))],
            [.. helpers.Where(h => wish.SuitedBy(h, today)).Select(h => new Candidate(h.Id, h.Name))])
        {
            Elder = pair.Elder, Volunteer = pair.Volunteer, Wish = wish, Why = kin.Told(pair.Elder, PairReason.Of(pair.Ground, names)),
            UnderstudyName = pair.Understudy is { } understudy ? Named(understudy) : null,
            TodayName = present is { } comes ? Named(comes) : null,
            Agents = [.. agents.Select(a => new Candidate(a, names.GetValueOrDefault(a, "")))],
            Witnesses = db.Looking.May(Permission.AcceptPairs, pair.Area) ? await Witnesses(db, pair, today, ct) : [],
            Before = elder is null ? [] : await EarlierPairs.Of(db, pair, kin, ct),
        };
    }

    /// <summary>Relatives of the elder, and whoever helps or holds an office in the village.</summary>
    private static async Task<IReadOnlyList<Candidate>> Witnesses(ShouwangDb db, Pair pair, DateOnly today, CancellationToken ct)
    {
        var kin = await db.Relations.Where(r => r.Elder == pair.Elder && r.EndedOn == null).Select(r => r.Relative).ToArrayAsync(ct);
        var found = await WhoLives.Here(db.People, today)
            .Where(p => (p.Area == pair.Area && (p.Roles & KnownNames.Helping) != 0) || kin.Contains(p.Id))
            .Where(p => p.Id != pair.Volunteer && p.Id != pair.Elder)
            .OrderBy(p => p.NameKey).ThenBy(p => p.Id).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        return [.. found.Select(p => new Candidate(p.Id, p.Name))];
    }
}
