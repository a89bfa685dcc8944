using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Places;
using Shouwang.Web.Common;

namespace Shouwang.Web.Places;

/// <summary>The mutual-aid points as a workbook, with what each lacks. 互助点名单导出</summary>
internal static class PlaceListsApi
{
    public static void MapPlaceLists(this IEndpointRouteBuilder api) => api.MapGet("/points-workbook", GetPoints).WithTags("Places")
        .Needs(Permission.ViewPlaces).WithName("ExportPoints").WithSummary("The points as a workbook.");

    private static Task<IResult> GetPoints(ListPoints points, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<ListPoints.Row>(
            new("points", words["places.points.title"],
            [
                (words["places.name"], p => p.Name),
                (words["places.state"], p => words[p.Compliance.IsMet ? "places.met" : "places.not-met"]),
                (words["places.elders"], p => Spoken.Number(p.Compliance.Elders)),
                (words["places.volunteers"], p => Spoken.Number(p.Compliance.Volunteers)),
                (words["places.missing.elders"], p => Spoken.Number(p.Compliance.MissingElders)),
                (words["places.missing.volunteers"], p => Spoken.Number(p.Compliance.MissingVolunteers)),
            ]),
            part => points.Run(part, actor, ct));
    }
}
