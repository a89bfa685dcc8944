using System.Globalization;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.People;

/// <summary>The people list as a workbook, masked as on the page. 人员名单导出</summary>
internal static class PeopleWorkbook
{
    public static ListWorkbook Of(
        IReadOnlyList<FindPeople.Row> rows, PeopleFilter filter, Frame frame, DateTimeOffset now, Words words) => new(
        words["people.title"],
        [
            words["register.name"], words["register.sex"], words["register.age"], words["register.fact.Group"], words["register.roles"],
            words["register.fact.Living"], words["register.fact.Support"], words["register.fact.Absence"], words["register.risk.head"],
            words["register.reason.head"], words["register.id-number"], words["register.fact.Phone"],
        ],
        [.. rows.Select(row => Cells(row, words))],
        words["register.export.about"], About(rows.Count, filter, frame, now, words));

    private static IReadOnlyList<string> Cells(FindPeople.Row row, Words words) =>
    [
        row.Name, words[$"register.sex.{row.Sex}"], row.Age?.ToString(CultureInfo.InvariantCulture) ?? "", row.Group,
        FactWords.Roles(words, row.Roles), Said(words, FactKind.Living, row.Living), Said(words, FactKind.Support, row.Support),
        Said(words, FactKind.Absence, row.Absence), row.Risk is { } risk ? words[$"register.risk.{risk.Class}"] : "",
        row.Risk is { } why ? words[$"register.reason.{why.Reason}"] : "", row.IdMask, row.PhoneMask,
    ];

    private static List<(string, string)> About(int count, PeopleFilter filter, Frame frame, DateTimeOffset now, Words words)
    {
        var about = AboutList.Of(words, frame, now, count);
        about.AddRange(
            (words["people.search"], filter.Text ?? ""), (words["register.fact.Group"], filter.Group ?? ""),
            (words["register.roles"], Enum.TryParse<PersonRoles>(filter.Role, out var role) ? FactWords.Roles(words, role) : ""));
        about.AddRange(PeopleFilter.Kinds.Select(k =>
            (words[$"register.fact.{k.Kind}"], filter.ValueOf(k.Name) is { } value ? FactWords.Value(words, k.Kind, value) : "")));
        return about;
    }

    private static string Said<T>(Words words, FactKind kind, T? value) where T : struct, Enum =>
        value is { } said ? FactWords.Value(words, kind, $"{said}") : "";
}
