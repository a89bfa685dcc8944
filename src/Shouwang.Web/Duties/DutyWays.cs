using Shouwang.Domain.Duties;

namespace Shouwang.Web.Duties;

/// <summary>Where a duty is seen to. 值守办理处</summary>
internal static class DutyWays
{
    /// <summary>The page of the record a duty ends with; none for one that is ended by hand.</summary>
    public static string? To(DutyKind kind, Guid? record) => kind switch
    {
        DutyKind.Incident => $"/incidents/{record}",
        DutyKind.HoursDispute => "/hours/disputes",
        _ => null,
    };
}
