using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.Health;

/// <summary>Readings over HTTP.</summary>
public static class ReadingsApi
{
    public static void MapReadings(this IEndpointRouteBuilder api) => api.MapGet("/people/{id}/readings", GetReadings)
        .WithName("ReadingsOf").WithSummary("What was measured of one person lately.").WithTags("Health").Needs(Permission.ViewReadings);

    private static async Task<IResult> GetReadings(
        Id<Person> id, ReadingsOf readings, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await readings.Run(id, page, actor, ct)).ToHttp(view => TypedResults.Ok(view.Rows), words);
}
