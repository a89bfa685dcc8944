using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Areas;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Web.Common;

namespace Shouwang.Web.Areas;

/// <summary>The administrative tree over HTTP.</summary>
public static class AreasApi
{
    public static void MapAreas(this IEndpointRouteBuilder api) =>
        api.MapGet("/areas", GetAreas).WithName("ListAreas").WithSummary("An area, its history, and the areas inside it.")
            .WithTags("Areas").Needs(Permission.ViewAreas);

    private static async Task<IResult> GetAreas(
        ListAreas areas, Actor actor, Words words, CancellationToken ct, AreaCode? under = null, int page = 1) =>
        (await areas.Run(new(under, page), actor, ct)).ToHttp(view => TypedResults.Ok(view), words);
}
