using System.Globalization;
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
            (words["statement.rate"], $"{(of.VisitRate / 100m).ToString("0.##", CultureInfo.InvariantCulture)}%"),
            (words["care.statement.visits"], $"{of.Visits}"), (words["care.verified"], $"{of.Verified}"), (words["care.to-verify"], $"{of.ToVerify}"),
            (words["care.statement.minutes"], $"{of.Minutes}"), (words["care.statement.credited"], $"{of.Credited}"),
            (words["timebank.uncredited"], $"{of.Uncredited}"), (words["statement.hospital-days"], $"{of.HospitalDays}"),
            (words["statement.incidents"], $"{of.Incidents}"), (words["statement.urgent"], $"{of.UrgentFindings}"),
            (words["statement.taken-out"], $"{frame.Person} {Spoken.Moment(now)}"),
        ];
    }
}
