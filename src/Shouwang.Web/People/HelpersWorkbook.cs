using System.Globalization;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.People;

/// <summary>Those who help as a workbook, with what runs out when. 志愿者名单导出</summary>
internal static class HelpersWorkbook
{
    public static ListWorkbook Of(IReadOnlyList<WhoHelps.Row> rows, Frame frame, DateTimeOffset now, Words words) => new(
        words["register.helpers"],
        [
            words["register.name"], words["register.age"], words["register.fact.Group"], words["register.roles"],
            words["register.fact.VolunteerKinds"], words["register.fact.Skills"], words["register.fact.Availability"],
            words["register.fact.Insurance"], words["register.fact.HealthCheck"],
        ],
        [.. rows.Select(row => Cells(row, words))],
        words["register.export.about"], AboutList.Of(words, frame, now, rows.Count));

    /// <summary>How a paper stands, and until when.</summary>
    public static string Said(Words words, WhoHelps.Paper paper)
    {
        var state = words[$"register.validity.{paper.State}"];
        return paper.Until is { } until ? words["register.validity.until", ("state", state), ("until", until)] : state;
    }

    private static IReadOnlyList<string> Cells(WhoHelps.Row row, Words words) =>
    [
        row.Name, row.Age?.ToString(CultureInfo.InvariantCulture) ?? "", row.Group, FactWords.Roles(words, row.Roles),
        FactWords.Value(words, FactKind.VolunteerKinds, row.Kinds), FactWords.Value(words, FactKind.Skills, row.Skills),
        FactWords.Value(words, FactKind.Availability, row.Availability), Said(words, row.Insurance), Said(words, row.HealthCheck),
    ];
}
