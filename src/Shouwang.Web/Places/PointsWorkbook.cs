using System.Globalization;
using Shouwang.Application.Common;
using Shouwang.Application.Places;
using Shouwang.Web.Common;

namespace Shouwang.Web.Places;

/// <summary>The mutual-aid points as a workbook, with what each lacks. 互助点名单导出</summary>
internal static class PointsWorkbook
{
    public static ListWorkbook Of(IReadOnlyList<ListPoints.Row> rows, Frame frame, DateTimeOffset now, Words words) => new(
        words["places.points.title"],
        [
            words["places.name"], words["places.state"], words["places.elders"], words["places.volunteers"],
            words["places.missing.elders"], words["places.missing.volunteers"],
        ],
        [.. rows.Select(row => Cells(row, words))],
        words["register.export.about"], AboutList.Of(words, frame, now, rows.Count));

    private static IReadOnlyList<string> Cells(ListPoints.Row row, Words words) =>
    [
        row.Name, words[row.Compliance.IsMet ? "places.met" : "places.not-met"], Number(row.Compliance.Elders),
        Number(row.Compliance.Volunteers), Number(row.Compliance.MissingElders), Number(row.Compliance.MissingVolunteers),
    ];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
