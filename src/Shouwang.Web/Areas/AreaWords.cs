using Shouwang.Application.Areas;
using Shouwang.Web.Common;

namespace Shouwang.Web.Areas;

/// <summary>How an area stands, in the reader's words. 区划用语</summary>
internal static class AreaWords
{
    public static string StateOf(Words words, ListAreas.Row area) => area.Successors.Count > 0
        ? words["areas.replaced", ("codes", Spoken.List(area.Successors.Select(s => s.ToString())))]
        : words[area.To is null ? "areas.stands" : "areas.renamed"];
}
