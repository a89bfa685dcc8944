using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Web.Common;

namespace Shouwang.Web.Care;

/// <summary>A statement as a workbook: one line for each elder, the sums beside. 月报导出</summary>
internal static class StatementWorkbook
{
    public static ListWorkbook Of(StatementSheet sheet, Frame frame, DateTimeOffset now, Words words)
    {
        var of = sheet.Shown;
        return new(
            words["care.statement.title"],
            [
                words["care.statement.name"], words["care.statement.age"], words["care.statement.group"], words["care.statement.visits"],
                words["care.statement.last"],
            ],
            of.ElderRows.Select(e => (IReadOnlyList<string>)
                [e.Name, $"{e.Age}", e.Group, $"{e.Visits}", e.Last is { } day ? Spoken.Day(day) : ""]).ToAsyncEnumerable(),
            words["statement.sums"], _ => About(sheet, frame, now, words));
    }

    private static List<(string, string)> About(StatementSheet sheet, Frame frame, DateTimeOffset now, Words words)
    {
        var of = sheet.Shown;
        return
        [
            (words["statement.subject"], of.Subject), (words["statement.month"], of.Month),
            (words["statement.state"], words[$"statement.state.{sheet.State}"]),
            (words["care.statement.elders"], $"{of.Elders}"), (words["care.statement.visited"], $"{of.VisitedElders}"),
            (words["statement.rate"], StatementWords.Rate(of)),
            (words["care.statement.visits"], $"{of.Visits}"), (words["care.verified"], $"{of.Verified}"),
            (words["care.to-verify"], $"{of.ToVerify}"),
            (words["care.statement.minutes"], $"{of.Minutes}"), (words["care.statement.credited"], $"{of.Credited}"),
            (words["timebank.uncredited"], $"{of.Uncredited}"),
            .. StatementWords.Kinds(words, of), .. StatementWords.Matters(words, of), .. Late(sheet, words),
            .. of.Volunteers.Select(v => (words["statement.volunteer", ("name", v.Name)], Line(v, words))),
            .. sheet.Hash is { } hash ? new[] { (words["statement.checksum"], hash) } : [],
            (words["statement.taken-out"], $"{frame.Person} {Spoken.Moment(now)}"),
        ];
    }

    /// <summary>What changed after it was handed in, and what came for months before.</summary>
    private static IEnumerable<(string, string)> Late(StatementSheet sheet, Words words) =>
    [
        .. (sheet.Now is { } now ? StatementWords.ThenAndNow(words, sheet.Shown, now) : []).Select(f =>
            (words["statement.changed", ("name", f.Name)], words["statement.changed.of", ("then", f.Then), ("now", f.Now)])),
        .. sheet.Shown.Supplements.Select(s => (words["statement.supplement", ("month", s.Month)], words["statement.supplement.of",
            ("visits", s.Visits), ("minutes", s.Minutes), ("verified", s.Verified), ("credited", s.Credited)])),
    ];

    private static string Line(StatementContent.VolunteerRow of, Words words) => words["statement.volunteer.of", ("elders", of.Elders),
        ("visits", of.Visits), ("minutes", of.Minutes), ("credited", of.Credited), ("uncredited", of.Uncredited)];
}
