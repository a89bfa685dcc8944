using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.People;

/// <summary>Rosters in two steps over HTTP: hand in, look, take in; and back.</summary>
internal static class RosterApi
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapRosters(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("People");
        routes.MapPut("/villages/{area}/roster-uploads/{id}", PutUpload).Needs(Permission.ImportPeople).WithName("StageRoster")
            .WithSummary("Hand a roster in; nothing is taken into the register yet.")
            .Accepts<byte[]>(Xlsx, "text/csv", "application/vnd.ms-excel", "application/octet-stream");
        routes.MapGet("/roster-uploads/{id}", GetUpload).Needs(Permission.ImportPeople).WithName("OpenRoster")
            .WithSummary("What taking a roster in would do; while that is worked out, how far it is.");
        routes.MapGet("/roster-uploads/{id}/marked-sheet", GetMarked).Needs(Permission.ImportPeople).WithName("MarkRoster")
            .WithSummary("The same workbook with a column that says what is wrong.");
        routes.MapPut("/roster-uploads/{id}/entry", PutEntry).Needs(Permission.ImportPeople).WithName("TakeRoster")
            .WithSummary("Take the good rows of a roster in.");
        routes.MapGet("/roster-imports", GetImports).Needs(Permission.ImportPeople).WithName("ListImports")
            .WithSummary("The imports of the area, the latest first.");
        routes.MapGet("/roster-imports/{id}/built-on", GetBuiltOn).Needs(Permission.ImportPeople).WithName("ImportBuiltOn")
            .WithSummary("What was built on an import since; empty when it can be undone.");
        routes.MapPut("/roster-imports/{id}/undoing", PutUndoing).Needs(Permission.ImportPeople).WithName("UndoImport")
            .WithSummary("Take a whole import back.");
    }

    /// <summary>Where a roster stands.</summary>
    /// <param name="IsTaken">Whether its good rows are in the register, or on their way.</param>
    /// <param name="Preview">What it would do, or did; null while at work.</param>
    public sealed record StateView(int Done, int Of, bool IsTaken, PeopleApi.PreviewView? Preview);

    private static async Task<IResult> PutUpload(
        AreaCode area, Id<RosterUpload> id, DateOnly? since, HttpRequest request, StageRoster stage, Actor actor, Words words,
        CancellationToken ct)
    {
        if (!(await StageRoster.Read(id, area, request.Body, ct)).IsOk(out var command, out var refusal)) return refusal.ToProblem(words);
        return (await stage.Run(command with { Since = since }, actor, ct)).ToHttp(TypedResults.Ok, words);
    }

    private static async Task<IResult> GetUpload(Id<RosterUpload> id, RosterDesk desk, Actor actor, Words words) =>
        Answer(await desk.Check(id, actor), words);

    private static async Task<IResult> PutEntry(Id<RosterUpload> id, RosterDesk desk, Actor actor, Words words) =>
        Answer(await desk.Take(id, actor), words);

    private static async Task<IResult> GetMarked(Id<RosterUpload> id, OpenRoster open, Actor actor, Words words, CancellationToken ct) =>
        (await open.Marked(id, words["roster.error-column"], e => words.Of(e.Refusal), actor, ct))
            .ToHttp(file => TypedResults.File(file, Xlsx, $"{words["roster.marked.file"]}.xlsx"), words);

    private static async Task<IResult> GetImports(ListImports imports, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await imports.Run(page, actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetBuiltOn(Id<RosterImport> id, UndoImport undo, Actor actor, Words words, CancellationToken ct) =>
        (await undo.Since(id, actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutUndoing(Id<RosterImport> id, UndoImport undo, Actor actor, Words words, CancellationToken ct) =>
        (await undo.Run(new(id), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static IResult Answer(RosterDesk.State state, Words words) => state.View is not { } found
        ? TypedResults.Accepted((string?)null, new StateView(state.Done, state.Of, state.IsTaken, null))
        : found.ToHttp(view => TypedResults.Ok(new StateView(state.Done, state.Of, state.IsTaken, PeopleApi.ViewOf(view, words))), words);
}
