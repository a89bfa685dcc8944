using Shouwang.Application.Care;
using Shouwang.Domain.Care;
using Shouwang.Web.Common;

namespace Shouwang.Web.Today;

/// <summary>How pressing a visit is, in the reader's words. 到期用语</summary>
internal static class DueWords
{
    public static string StateOf(Words words, DueVisits.Row row) => row.State switch
    {
        DueState.Overdue => words["care.due.late", ("days", row.DaysLate)],
        DueState.Today => words[row.CallSuffices ? "care.due.today-call" : "care.due.today"],
        DueState.Visited => words["care.today.visited"],
        DueState.Away => words["care.due.away"],
        _ => words["care.due.later", ("day", Spoken.DayOfWeek(row.Due))],
    };
}
