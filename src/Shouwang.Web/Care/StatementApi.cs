using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Places;
using Shouwang.Web.Common;
using Shouwang.Web.Components;

namespace Shouwang.Web.Care;

/// <summary>Month statements over HTTP: read, hand in, take or give back, take out as a workbook.</summary>
public static class StatementApi
{
    public static void MapStatements(this IEndpointRouteBuilder api)
    {
        api.MapGet("/points/{id}/statements/{month}", (Id<Place> id, string month, [AsParameters] Desk desk) =>
                Show($"{id}", null, month, desk))
            .WithName("MonthStatement").WithSummary("What happened at a point in a month (yyyy-MM).").WithTags("Statements")
            .Needs(Permission.ViewStatements);
        api.MapGet("/villages/{code}/statements/{month}", (AreaCode code, string month, [AsParameters] Desk desk) =>
                Show(null, $"{code}", month, desk))
            .WithName("VillageStatement").WithSummary("What happened in a village in a month (yyyy-MM).").WithTags("Statements")
            .Needs(Permission.ViewStatements);
        api.MapGet("/points/{id}/statements/{month}/workbook", (Id<Place> id, string month, [AsParameters] Desk desk) =>
                Workbook($"{id}", null, month, desk))
            .WithName("ExportStatement").WithSummary("A point's month as a workbook.").WithTags("Statements")
            .Needs(Permission.ViewStatements);
        api.MapGet("/villages/{code}/statements/{month}/workbook", (AreaCode code, string month, [AsParameters] Desk desk) =>
                Workbook(null, $"{code}", month, desk))
            .WithName("ExportVillageStatement").WithSummary("A village's month as a workbook.").WithTags("Statements")
            .Needs(Permission.ViewStatements);
        api.MapGet("/statements", List).WithName("ListStatements").WithSummary("Statements handed in, those that wait first.")
            .WithTags("Statements").Needs(Permission.ViewStatements);
        api.MapPut("/statement-submissions/{id}", Put).WithName("SubmitStatement").WithSummary("Closes a month and hands its statement in.")
            .WithTags("Statements").Needs(Permission.SubmitStatements);
        api.MapPut("/statements/{id}/decision", Decide).WithName("DecideStatement").WithSummary("Takes a statement, or gives it back.")
            .WithTags("Statements").Needs(Permission.DecideStatements);
    }

    /// <summary>What every read of a statement needs; where it comes from is said, or the description of the API takes it for a
    /// body.</summary>
    public sealed record Desk(
        [FromServices] MonthStatement Statement, [FromServices] Actor Actor, [FromServices] Words Words, [FromServices] Frame Frame,
        [FromServices] Workspace Work, CancellationToken Ct);

    /// <param name="Point">The point, or none.</param>
    /// <param name="Village">The village, or none; one of the two is given.</param>
    /// <param name="Month">yyyy-MM.</param>
    public sealed record SubmissionBody(Id<Place>? Point, AreaCode? Village, string Month);

    /// <param name="Id">Made by the client: sending it again decides once.</param>
    /// <param name="Accept">True takes it, false gives it back.</param>
    public sealed record DecisionBody(Id<MonthClose> Id, bool Accept);

    /// <summary>What a page's or route's values ask for; null where they make no sense.</summary>
    internal static MonthStatement.Query? QueryOf(string? point, string? village, string month)
    {
        if (WrittenDay.MonthOf(month) is not { } first) return null;
        if (Id<Place>.TryParse(point, null, out var id)) return new(StatementSubject.Of(id), first);
        return AreaCode.TryParse(village, null, out var code) && village?.Length == 12 ? new(StatementSubject.Of(code), first) : null;
    }

    private static async Task<IResult> Show(string? point, string? village, string month, Desk desk) =>
        QueryOf(point, village, month) is { } query
            ? (await desk.Statement.Run(query, desk.Actor, desk.Ct)).ToHttp(sheet => TypedResults.Ok(sheet), desk.Words)
            : CommonRefusals.BadInput.On("month").ToProblem(desk.Words);

    private static async Task<IResult> Workbook(string? point, string? village, string month, Desk desk) =>
        QueryOf(point, village, month) is { } query
            ? (await desk.Statement.Run(query, desk.Actor, desk.Ct)).ToHttp(
                sheet => ListExport.File(
                    StatementWorkbook.Of(sheet, desk.Frame, desk.Work.Now, desk.Words), $"statement-{sheet.Shown.Month}", desk.Ct),
                desk.Words)
            : CommonRefusals.BadInput.On("month").ToProblem(desk.Words);

    private static async Task<IResult> List(ListStatements statements, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await statements.Run(page, actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> Put(
        Guid id, SubmissionBody body, SubmitStatement submit, Actor actor, Words words, CancellationToken ct) =>
        QueryOf(body.Point?.ToString(), body.Village?.ToString(), body.Month) is { } query
            ? (await submit.Run(new(id, query.Subject, query.Month), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words)
            : CommonRefusals.BadInput.On("month").ToProblem(words);

    private static async Task<IResult> Decide(
        Id<MonthClose> id, DecisionBody body, DecideStatement decide, Actor actor, Words words, CancellationToken ct) =>
        (await decide.Run(new(body.Id.Value, id, body.Accept), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
}
