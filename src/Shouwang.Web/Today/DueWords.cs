using Shouwang.Application.Care;
using Shouwang.Domain.Care;
using Shouwang.Web.Common;

namespace Shouwang.Web.Today;

/// <summary>How pressing a visit is, in the reader's words. 到期用语</summary>
internal static class DueWords
{
    /// <summary>How much attention the elder is owed, when somebody last came, and what asks for more.</summary>
    public static string WhyOf(Words words, DueVisits.Row row)
    {
        var last = row.Last is { } day ? words["care.today.last", ("day", Spoken.DayOfWeek(day))] : words["care.today.never"];
        var risk = words[$"care.risk.{row.Risk}"];
        return ExtraOf(words, row.Extra) is { } extra
            ? words["care.due.why-extra", ("risk", risk), ("last", last), ("extra", extra)]
            : words["care.due.why", ("risk", risk), ("last", last)];
    }

    /// <summary>Why an extra visit is owed; nothing where none is.</summary>
    public static string? ExtraOf(Words words, ExtraVisit? extra) => extra is null ? null : words[
        $"care.extra.{extra.Why}", ("weather", extra.Weather is { } weather ? words[$"care.WeatherKind.{weather}"] : ""),
        ("festival", extra.Festival is { } festival ? words[$"rules.row.{festival}"] : ""),
        ("day", extra.Until is { } day ? Spoken.DayOfWeek(day) : "")];

    public static string StateOf(Words words, DueVisits.Row row) => row.State switch
    {
        DueState.Overdue => words["care.due.late", ("days", row.DaysLate)],
        DueState.Today => words[row.CallSuffices ? "care.due.today-call" : "care.due.today"],
        DueState.Visited when row.Extra is not null => words["care.due.visited-again", ("day", Spoken.DayOfWeek(row.Due))],
        DueState.Visited => words["care.today.visited"],
        DueState.Away => words["care.due.away"],
        _ => words["care.due.later", ("day", Spoken.DayOfWeek(row.Due))],
    };
}
