using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Web.Common;

namespace Shouwang.Web.Care;

/// <summary>Weather warnings over HTTP.</summary>
internal static class WarningsApi
{
    public static void MapWarnings(this IEndpointRouteBuilder api)
    {
        var warnings = api.MapGroup("").WithTags("Care");
        warnings.MapGet("/warnings", GetWarnings).WithName("ListWarnings").WithSummary("Weather warnings, the latest first.")
            .Needs(Permission.ViewVisits);
        warnings.MapGet("/warnings-workbook", GetWorkbook).WithName("ExportWarnings").WithSummary("Weather warnings as a workbook.")
            .Needs(Permission.ViewVisits);
        warnings.MapPut("/warnings/{id}", PutWarning).WithName("DeclareWarning").WithSummary("Declares a weather warning for an area.")
            .Needs(Permission.DeclareWarnings);
        warnings.MapPut("/warnings/{id}/endings/{ending}", PutEnding).WithName("EndWarning").WithSummary("Ends a weather warning.")
            .Needs(Permission.DeclareWarnings);
        warnings.MapPut("/warnings/{id}/resumptions/{resumption}", PutResumption).WithName("ResumeWarning")
            .WithSummary("Takes the end of a weather warning back.").Needs(Permission.DeclareWarnings);
    }

    /// <summary>A warning as a client sends it.</summary>
    public sealed record WarningBody(AreaCode Area, WeatherKind Kind, WarningLevel Level, DateOnly From, DateOnly To);

    private static async Task<IResult> GetWarnings(
        ListWarnings warnings, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await warnings.Run(page, actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static Task<IResult> GetWorkbook(ListWarnings warnings, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<ListWarnings.Row>(
            new("warnings", words["care.warning.title"],
            [
                (words["care.warning.kind"], w => words[$"care.WeatherKind.{w.Weather.Kind}"]),
                (words["care.warning.level"], w => words[$"care.WarningLevel.{w.Weather.Level}"]),
                (words["list.area"], w => WarningWords.AreaOf(words, w)), (words["list.from"], w => Spoken.Day(w.Weather.From)),
                (words["list.to"], w => Spoken.Day(w.Weather.To)), (words["list.state"], w => WarningWords.StateOf(words, w)),
                (words["care.warning.by"], w => w.DeclaredByName), (words["list.when"], w => Spoken.Moment(w.DeclaredAt)),
            ]),
            part => warnings.Run(part, actor, ct));
    }

    private static async Task<IResult> PutWarning(
        Id<WeatherWarning> id, WarningBody body, DeclareWarning declare, Actor actor, Words words, CancellationToken ct) =>
        (await declare.Run(new(id, body.Area, new(body.Kind, body.Level, body.From, body.To)), actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutEnding(
        Id<WeatherWarning> id, Guid ending, EndWarning end, Actor actor, Words words, CancellationToken ct) =>
        (await end.Run(new(ending, id), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutResumption(
        Id<WeatherWarning> id, Guid resumption, ResumeWarning resume, Actor actor, Words words, CancellationToken ct) =>
        (await resume.Run(new(resumption, id), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
}
