using Shouwang.Application.Care;
using Shouwang.Web.Common;

namespace Shouwang.Web.Care;

/// <summary>Weather warnings in the reader's words. 预警用语</summary>
internal static class WarningWords
{
    /// <summary>Where it holds; of an area above one's own only which level it is.</summary>
    public static string AreaOf(Words words, ListWarnings.Row row) =>
        row.AreaName ?? words[$"care.warning.whole.{row.Area.Level}"];

    public static string StateOf(Words words, ListWarnings.Row row) => row switch
    {
        { EndedAt: not null } => words["care.warning.ended"],
        { IsNow: true } => words["care.warning.now"],
        { IsAhead: true } => words["care.warning.ahead"],
        _ => words["care.warning.over"],
    };
}
