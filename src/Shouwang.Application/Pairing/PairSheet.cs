using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;

namespace Shouwang.Application.Pairing;

/// <summary>One pair with its consents, and those who could stand in for the volunteer. 结对情况</summary>
public sealed class PairSheet(Workspace work)
{
    /// <param name="WitnessName">Who was there and wrote it down.</param>
    public sealed record Consent(PairSide Side, ConsentWay How, DateOnly On, string? WitnessName);

    public sealed record Candidate(Id<Person> Id, string Name);

    public sealed record View(
        Id<Pair> Id, string ElderName, string VolunteerName, PairState State, DateOnly? From, DateOnly? To, PairSide? DeclinedBy,
        PairSide? ChangeAskedBy, Id<Person>? Understudy, IReadOnlyList<Consent> Consents,
        IReadOnlyList<Candidate> Helpers)
    {
        public Id<Person> Elder { get; init; }

        public Id<Person> Volunteer { get; init; }

        /// <summary>Who may speak for the elder today.</summary>
        public IReadOnlyList<Candidate> Agents { get; init; } = [];

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
        var named = pair.Consents.Select(c => (Id<Person>?)c.Witness).Concat(PairReason.Named(pair.Ground)).Append(present);
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
            TodayName = present is { } comes ? Named(comes) : null,
            Agents = [.. agents.Select(a => new Candidate(a, names.GetValueOrDefault(a, "")))],
        };
    }
}
