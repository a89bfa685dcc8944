using Shouwang.Application.People;
using Shouwang.Web.Common;
using Shouwang.Web.Components;

namespace Shouwang.Web.People;

/// <summary>Two entries as rows of a table, what differs marked. 并列核对表</summary>
internal static class CompareRows
{
    public static IReadOnlyList<IReadOnlyList<Cell>> Of(Words words, CompareEntries.View view)
    {
        var (one, other) = (view.One, view.Other);
        IReadOnlyList<Cell> Row(string what, string a, string b) =>
            [what, a, b, a.Length > 0 && b.Length > 0 && a != b ? words["duplicates.differ"] : ""];
        string Born(CompareEntries.Entry entry) => entry.Born is { } day ? Spoken.Day(day) : "";
        string Account(CompareEntries.Entry entry) => words[entry.HasAccount ? "duplicates.account.yes" : "duplicates.account.no"];
        return
        [
            Row(words["register.name"], one.Name, other.Name),
            Row(words["register.sex"], words[$"register.sex.{one.Sex}"], words[$"register.sex.{other.Sex}"]),
            Row(words["register.born"], Born(one), Born(other)),
            Row(words["register.id-number"], one.IdMask, other.IdMask),
            Row(words["register.fact.Phone"], one.PhoneMask, other.PhoneMask),
            Row(words["register.fact.Group"], one.Group, other.Group),
            Row(words["register.household"], one.Household, other.Household),
            Row(words["register.roles"], FactWords.Roles(words, one.Roles), FactWords.Roles(words, other.Roles)),
            .. view.Facts.Where(f => f.Kind is not (Domain.People.FactKind.Phone or Domain.People.FactKind.Group)).Select(f => Row(
                words[$"register.fact.{f.Kind}"], FactWords.Value(words, f.Kind, f.One), FactWords.Value(words, f.Kind, f.Other))),
            Row(words["duplicates.records"], $"{one.Records}", $"{other.Records}"),
            Row(words["duplicates.account"], Account(one), Account(other)),
            Row(words["duplicates.hours"], words.Time(one.Minutes), words.Time(other.Minutes)),
        ];
    }
}
