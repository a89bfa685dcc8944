using Shouwang.Application.Care;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Web.Common;

namespace Shouwang.Web.Care;

/// <summary>Visits in the reader's words, and which of them a list shows. 探访用语</summary>
internal static class VisitWords
{
    private const int DaysShown = 62;

    /// <summary>The visits of the last weeks.</summary>
    /// <param name="state">As it stands in the address: only what nobody has confirmed yet.</param>
    public static ListVisits.Query QueryOf(DateOnly today, string? state, int page = 1) =>
        new(today.AddDays(-DaysShown), today, state == "open" ? VisitState.Recorded : null, page);

    /// <summary>What was done, one thing after another.</summary>
    public static string ItemsOf(Words words, ServiceItems items) => Spoken.List(
        Enum.GetValues<ServiceItems>().Where(i => i != ServiceItems.None && items.HasFlag(i)).Select(i => words[$"care.item.{i}"]));

    /// <summary>How a visit stands: pressing, confirmed, waiting, or why there was none.</summary>
    public static string StateOf(Words words, ListVisits.Row v) => v.Condition == Condition.Urgent ? words["care.Condition.Urgent"]
        : v.State == VisitState.Verified ? words["care.verified"]
        : v.Outcome == VisitOutcome.Done ? words["care.to-verify"] : words[$"care.VisitOutcome.{v.Outcome}"];
}
