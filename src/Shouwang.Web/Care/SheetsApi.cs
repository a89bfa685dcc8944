using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Web.Common;

namespace Shouwang.Web.Care;

/// <summary>Sheets for the wall over HTTP.</summary>
public static class SheetsApi
{
    public static void MapSheets(this IEndpointRouteBuilder api)
    {
        api.MapGet("/elders/{id}/sheet", GetOne).WithName("ElderSheet").WithSummary("Who comes to an elder, when, and whom to call.")
            .WithTags("Care").Needs(Permission.KeepRegister);
        api.MapGet("/points/{id}/sheets", GetPoint).WithName("PointSheets").WithSummary("The same for every elder of a point.")
            .WithTags("Care").Needs(Permission.KeepRegister);
        api.MapPut("/sheet-prints/{id}", PutPrint).WithName("PrintSheets")
            .WithSummary("Sheets with the numbers to dial; each look is recorded.").WithTags("Care").Needs(Permission.KeepRegister);
    }

    /// <param name="Elder">One elder; or</param>
    /// <param name="Point">every elder of a point.</param>
    public sealed record PrintBody(Id<Person>? Elder, Id<Place>? Point);

    private static async Task<IResult> GetOne(Id<Person> id, ElderSheets sheets, Actor actor, Words words, CancellationToken ct) =>
        (await sheets.Run(new(id, null), actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> GetPoint(Id<Place> id, ElderSheets sheets, Actor actor, Words words, CancellationToken ct) =>
        (await sheets.Run(new(null, id), actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> PutPrint(
        Id<Person> id, PrintBody body, PrintSheets print, Actor actor, Words words, CancellationToken ct) =>
        (await print.Run(new(id.Value, body.Elder, body.Point), actor, ct)).ToHttp(view => TypedResults.Ok(view), words);
}
