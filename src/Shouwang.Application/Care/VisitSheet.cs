using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>One visit with everything around it: who, when, what was measured, who verified it and how, what it corrects. 探访详情</summary>
public sealed class VisitSheet(Workspace work)
{
    public sealed record Measurement(ReadingKind Kind, string Value);

    /// <summary>What happened, as far as the reader may know it. 探访所见</summary>
    /// <param name="Condition">How the elder was found; not said to a relative while the elder has not agreed.</param>
    public sealed record Findings(VisitWay Way, VisitOutcome Outcome, ServiceItems Items, Condition? Condition);

    /// <param name="Together">Others who were visited on the same call.</param>
    /// <param name="HasRemarks">Whether there are remarks; they are read on their own, for a stated purpose.</param>
    public sealed record View(
        Id<Visit> Id, Id<Visit> Call, Id<Person> Elder, string ElderName, Id<Person> Volunteer, string VolunteerName,
        DateTimeOffset StartedAt, DateTimeOffset EndedAt, int Minutes, Findings Report, VisitState State, Proof? Proof,
        IReadOnlyList<string> Together, bool HasRemarks, IReadOnlyList<Measurement> Readings, Id<Visit>? Corrects, Id<Visit>? CorrectedBy)
    {
        /// <summary>The whole call: when it began, how long it took for everybody visited, and who else was visited.</summary>
        public required CallLine Whole { get; init; }

        /// <summary>Whether the reader may speak for the elder today.</summary>
        public bool SpeaksForElder { get; init; }

        /// <summary>Whether the reader wrote it down, and so is no second person who could confirm it.</summary>
        public bool WrittenByReader { get; init; }

        /// <summary>The minutes that were credited for it; none where none were, or where they are not the reader's to see.</summary>
        public int? Credited { get; init; }

        /// <summary>Whether the reader sees everything, and not only what a relative sees before the elder agreed.</summary>
        public bool IsWhole { get; init; } = true;
    }

    public sealed record CallLine(DateTimeOffset StartedAt, int Minutes, IReadOnlyList<Companion> With);

    public sealed record Companion(Id<Person> Id, string Name);

    /// <summary>Who says that the visit took place, and how they said so.</summary>
    public sealed record Proof(Id<Person> By, string ByName, VerificationWay How, DateTimeOffset At, string? Witness);

    public async Task<Result<View>> Run(Id<Visit> visit, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewVisits, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => Show(db, visit, ct));
    }

    private async Task<Result<View>> Show(ShouwangDb db, Id<Visit> id, CancellationToken ct)
    {
        var visits = AllVisits.In(db);
        if (await visits.SingleOrDefaultAsync(v => v.Id == id, ct) is not { } v) return CareRefusals.NotFound;

        var call = await visits.Where(o => o.Call == v.Call)
            .Select(o => new { o.Elder, o.StartedAt, o.Minutes }).ToListAsync(ct);
        var others = call.Select(o => o.Elder).Where(o => o != v.Elder).Distinct().ToList();
        var kin = await KinView.Of(db, ct);
        var readings = !kin.IsOpen(v.Elder) ? [] : await db.Readings.Where(r => r.Origin == id.Value).OrderBy(r => r.Kind).ToListAsync(ct);
        var people = others.Append(v.Elder).Append(v.Volunteer).Concat(v.VerifiedBy is { } by ? [by] : []);
        var names = await KnownNames.Of(db, people, ct);
        return new View(
            v.Id, v.Call, v.Elder, names[v.Elder], v.Volunteer, kin.NameOf(v.Elder, v.Volunteer, names[v.Volunteer]), v.StartedAt,
            v.EndedAt, v.Minutes, new(v.Way, v.Outcome, v.Items, kin.Told<Condition?>(v.Elder, v.Condition)), v.State,
            ProofOf(v, kin, names), [.. others.Select(NameOf)], v.Remarks is not null && kin.IsOpen(v.Elder),
            [.. readings.Select(r => new Measurement(r.Kind, r.Measured.ToString()))], v.Corrects, v.CorrectedBy)
        {
            Whole = new(call.Min(o => o.StartedAt), call.Sum(o => o.Minutes), [.. others.Select(o => new Companion(o, NameOf(o)))]),
            IsWhole = kin.IsOpen(v.Elder),
            SpeaksForElder = (await MandateBook.Agents(db, v.Elder, MandateMatters.Visits, work.Today, ct)).Contains(db.Looking.Person),
            WrittenByReader = v.RecordedBy == db.Looking.Person, Credited = await CreditedFor(db, v, ct),
        };

        string NameOf(Id<Person> other) => kin.NameOfOther(other, names[other]);
    }

    private static async Task<int?> CreditedFor(ShouwangDb db, Visit v, CancellationToken ct) =>
        db.Looking.May(Permission.ViewHours, v.Area)
            ? await db.Credits.Where(c => c.Visit == v.Id.Value).Select(c => (int?)c.Credited).SingleOrDefaultAsync(ct) : null;

    private static Proof? ProofOf(Visit v, KinView kin, IReadOnlyDictionary<Id<Person>, string> names) =>
        v is { VerifiedBy: { } by, VerifiedHow: { } how, VerifiedAt: { } at }
            ? new(by, kin.NameOf(v.Elder, by, names.GetValueOrDefault(by, "")), how, at, kin.Told(v.Elder, v.Witness)) : null;
}

/// <summary>Visits with the corrected ones among them, for reading a record's history; everything else counts only what stands.</summary>
internal static class AllVisits
{
    public static IQueryable<Visit> In(ShouwangDb db) => db.Visits.IgnoreQueryFilters(["standing"]);
}
