using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Places;
using Shouwang.Web.Common;

namespace Shouwang.Web.Places;

/// <summary>Mutual-aid points over HTTP.</summary>
public static class PlacesApi
{
    public static void MapPlaces(this IEndpointRouteBuilder api)
    {
        api.MapGet("/points", GetPoints).WithName("ListPoints").WithSummary("Mutual-aid points and what each lacks.").WithTags("Places")
            .Needs(Permission.ViewPlaces);
    }

    private static async Task<IResult> GetPoints(ListPoints points, Actor actor, Words words, CancellationToken ct) =>
        (await points.Run(actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);
}
