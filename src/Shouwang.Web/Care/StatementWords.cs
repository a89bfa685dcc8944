using System.Globalization;
using Shouwang.Application.Care;
using Shouwang.Web.Common;

namespace Shouwang.Web.Care;

/// <summary>The figures of a statement with their names, the same on the page, in print and in the workbook. 月报用语</summary>
internal static class StatementWords
{
    /// <summary>What was done, how, and with which end.</summary>
    public static IEnumerable<(string Name, string Says)> Kinds(Words words, StatementContent of) =>
    [
        (words["statement.ways"], Counts(words, of.Ways, "care.VisitWay")),
        (words["statement.outcomes"], Counts(words, of.Outcomes, "care.VisitOutcome")),
        (words["statement.items"], Counts(words, of.Items, "care.item")),
    ];

    /// <summary>What is open, and what the rate is worked out from.</summary>
    public static IEnumerable<(string Name, string Says)> Matters(Words words, StatementContent of) =>
    [
        (words["statement.targets"], words["statement.targets.of", ("visited", of.VisitedTargets), ("targets", of.Targets),
            ("refused", of.RefusedTargets)]),
        (words["statement.hospital-days"], $"{of.HospitalDays}"),
        (words["statement.not-visited"], $"{of.Elders - of.VisitedElders}"), (words["statement.without-pair"], $"{of.WithoutPair}"),
        (words["statement.incidents"], words["statement.incidents.of", ("count", of.Incidents), ("open", of.OpenIncidents)]),
        (words["statement.urgent"], $"{of.UrgentFindings}"), (words["statement.open-disputes"], $"{of.OpenDisputes}"),
    ];

    /// <summary>The sums at close beside those of now.</summary>
    public static IEnumerable<(string Name, string Then, string Now)> ThenAndNow(
        Words words, StatementContent then, StatementContent now) =>
        new (string Name, Func<StatementContent, string> Of)[]
        {
            ("care.statement.visited", of => $"{of.VisitedElders} / {of.Elders}"), ("statement.rate", of => Rate(of)),
            ("care.statement.visits", of => $"{of.Visits}"), ("care.verified", of => $"{of.Verified}"),
            ("care.to-verify", of => $"{of.ToVerify}"), ("care.statement.minutes", of => words.Time(of.Minutes)),
            ("care.statement.credited", of => words.Time(of.Credited)), ("timebank.uncredited", of => words.Time(of.Uncredited)),
            ("statement.incidents", of => words["statement.incidents.of", ("count", of.Incidents), ("open", of.OpenIncidents)]),
            ("statement.open-disputes", of => $"{of.OpenDisputes}"),
        }.Select(f => (words[f.Name], f.Of(then), f.Of(now)));

    /// <summary>The monthly visit rate; a dash where nobody is in the target list.</summary>
    public static string Rate(StatementContent of) => of.VisitRate is { } hundredths
        ? $"{(hundredths / 100m).ToString("0.##", CultureInfo.InvariantCulture)}%" : "—";

    private static string Counts(Words words, IReadOnlyList<StatementContent.Count> counts, string kind) =>
        Spoken.List(counts.Where(c => c.Visits > 0).Select(c => $"{words[$"{kind}.{c.Kind}"]} {c.Visits}").DefaultIfEmpty("—"));
}
