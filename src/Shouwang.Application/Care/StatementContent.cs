using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Places;

namespace Shouwang.Application.Care;

/// <summary>Whose month is meant: a mutual-aid point's, or a village's as a whole. 月报主体</summary>
public sealed record StatementSubject(Id<Place>? Point, AreaCode? Village)
{
    public static StatementSubject Of(Id<Place> point) => new(point, null);

    public static StatementSubject Of(AreaCode village) => new(null, village);
}

/// <summary>What happened at a point or in a village in a month, as it is read, printed and stored when the month is closed. 月报内容</summary>
/// <remarks>Holds no ids, so that the same month on another database gives the same bytes.</remarks>
/// <param name="Elders">Elders in the list on the last day.</param>
/// <param name="VisitedElders">Those of them with at least one visit that took place in the month.</param>
/// <param name="VisitRate">Of the elders in the target list on the last day, those with at least one visit that took place in the month, in
/// hundredths of a percent (月探访率); none where nobody is in that list.</param>
/// <param name="VisitTarget">The rate asked for, in percent.</param>
/// <param name="HospitalDays">Days elders of the list spent in hospital, counted apart.</param>
/// <param name="Credited">Minutes that entered the accounts for visits of this month.</param>
/// <param name="Uncredited">Minutes a cap kept out.</param>
/// <param name="UrgentFindings">Visits on which the elder needed help at once.</param>
/// <param name="WithoutPair">Elders of the list whom nobody was paired with on the last day.</param>
/// <param name="OpenDisputes">Objections to hours of this month that nobody had answered.</param>
/// <param name="Supplements">What arrived this month for months already closed.</param>
public sealed record StatementContent(
    string Subject, AreaCode Area, string Month, int Elders, int VisitedElders, int? VisitRate, int VisitTarget, int HospitalDays,
    int Visits, int Verified, int ToVerify, int Minutes, int Credited, int Uncredited, int UrgentFindings, int WithoutPair,
    int OpenDisputes, IReadOnlyList<StatementContent.Count> Ways, IReadOnlyList<StatementContent.Count> Outcomes,
    IReadOnlyList<StatementContent.Count> Items, IReadOnlyList<StatementContent.VolunteerRow> Volunteers,
    IReadOnlyList<StatementContent.ElderRow> ElderRows, IReadOnlyList<StatementContent.Supplement> Supplements)
{
    /// <param name="Visits">Visits that took place.</param>
    public sealed record VolunteerRow(string Name, int Elders, int Visits, int Minutes, int Credited, int Uncredited);

    public sealed record ElderRow(string Name, int Age, string Group, int Visits, DateOnly? Last);

    public sealed record Count(string Kind, int Visits);

    /// <summary>Visits and hours that arrived after their month was closed; they keep the day of service. 补记</summary>
    public sealed record Supplement(string Month, int Visits, int Minutes, int Verified, int Credited)
    {
        /// <summary>What came on top of what was there before; less than nothing where something was put right downwards.</summary>
        public Supplement Less(Supplement before) => this with
        {
            Visits = Visits - before.Visits, Minutes = Minutes - before.Minutes, Verified = Verified - before.Verified,
            Credited = Credited - before.Credited,
        };
    }

    /// <summary>Elders in the target list on the last day: the six kinds whom visits are owed to by national rule, or by the county's
    /// rules everybody (rule visits.rate-counts-everybody).</summary>
    public int Targets { get; init; }

    /// <summary>Those of them with at least one visit that took place.</summary>
    public int VisitedTargets { get; init; }

    /// <summary>Those of them whom nobody visited because they would not be visited.</summary>
    public int RefusedTargets { get; init; }

    /// <summary>Emergency sheets opened in the month.</summary>
    public int Incidents { get; init; }

    /// <summary>Those of them that nobody had closed.</summary>
    public int OpenIncidents { get; init; }

    /// <summary>The bytes that are stored when the month is closed.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, HouseJson.Options);

    public static StatementContent Of(byte[] bytes) => JsonSerializer.Deserialize<StatementContent>(bytes, HouseJson.Options)!;
}

/// <summary>A month's statement with where it stands. 月报表</summary>
/// <param name="Shown">As it was handed in; while it is a draft, as of now.</param>
/// <param name="Now">As it would be today, where something arrived after it was handed in.</param>
public sealed record StatementSheet(
    Id<MonthClose>? Id, StatementState State, DateTimeOffset? SubmittedAt, string? SubmittedBy, DateTimeOffset? DecidedAt,
    string? DecidedBy, string? Hash, StatementContent Shown, StatementContent? Now);
