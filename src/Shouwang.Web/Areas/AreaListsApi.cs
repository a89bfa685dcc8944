using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Areas;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Web.Common;

namespace Shouwang.Web.Areas;

/// <summary>What lies in an area as a workbook. 行政区划导出</summary>
internal static class AreaListsApi
{
    public static void MapAreaLists(this IEndpointRouteBuilder api) => api.MapGet("/areas-workbook", GetAreas).WithTags("Areas")
        .Needs(Permission.ViewAreas).WithName("ExportAreas").WithSummary("The areas directly inside one, as a workbook.");

    private static Task<IResult> GetAreas(ListAreas areas, ListExport export, Actor actor, CancellationToken ct, AreaCode? under = null)
    {
        var words = export.Words;
        return export.Send<ListAreas.Row>(
            new("areas", words["areas.inside"],
            [
                (words["areas.column.name"], a => a.Name), (words["areas.column.code"], a => a.Code.ToString()),
                (words["areas.column.from"], a => Spoken.Day(a.From)),
                (words["areas.column.to"], a => a.To is { } to ? Spoken.Day(to) : words["areas.now"]),
                (words["areas.column.now"], a => AreaWords.StateOf(words, a)),
            ])
            {
                Filters = [(words["areas.inside"], $"{under ?? actor.Scope}")],
            },
            async part => (await areas.Run(new(under, part), actor, ct)).IsOk(out var view, out var refusal) ? view.Inside : refusal);
    }
}
