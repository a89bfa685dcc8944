using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Places;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Places;
using Shouwang.Web.Common;

namespace Shouwang.Web.Places;

/// <summary>Mutual-aid points and their statements over HTTP.</summary>
public static class PlacesApi
{
    public static void MapPlaces(this IEndpointRouteBuilder api)
    {
        api.MapGet("/points", GetPoints).WithName("ListPoints").WithSummary("Mutual-aid points and what each lacks.").WithTags("Places")
            .Needs(Permission.ViewPlaces);
        api.MapGet("/points/{id}/statements/{month}", GetStatement).WithName("MonthStatement")
            .WithSummary("What happened at a point in a month (yyyy-MM).")
            .WithTags("Places").Needs(Permission.ViewStatements);
    }

    private static async Task<IResult> GetPoints(ListPoints points, Actor actor, Words words, CancellationToken ct) =>
        (await points.Run(actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> GetStatement(
        Id<Place> id, string month, MonthStatement statement, Actor actor, Words words, CancellationToken ct) =>
        MonthOf(month) is { } day
            ? (await statement.Run(new(id, day), actor, ct)).ToHttp(view => TypedResults.Ok(view), words)
            : CommonRefusals.BadInput.On("month").ToProblem(words);

    /// <summary>The first day of a month written yyyy-MM; null where it is not one.</summary>
    internal static DateOnly? MonthOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
