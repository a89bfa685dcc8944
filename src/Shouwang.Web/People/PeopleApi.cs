using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Web.Common;

namespace Shouwang.Web.People;

/// <summary>People and rosters over HTTP.</summary>
public static class PeopleApi
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        api.MapGet("/people", GetPeople).WithName("FindPeople")
            .WithSummary("People by name, pinyin initials or the last four digits of the phone.")
            .WithTags("People").Needs(Permission.ViewPeople);
        api.MapGet("/roster-template", GetTemplate).WithName("RosterTemplate").WithSummary("The empty roster workbook.")
            .WithTags("People").Needs(Permission.ImportPeople);
        api.MapPut("/villages/{area}/roster-previews/{id}", PutPreview).WithName("PreviewRoster")
            .WithSummary("Says what importing a roster would do.")
            .WithTags("People").Accepts<byte[]>(Xlsx, "text/csv", "application/vnd.ms-excel", "application/octet-stream")
                .Needs(Permission.ImportPeople);
        api.MapPut("/villages/{area}/rosters/{id}", PutRoster).WithName("ImportRoster").WithSummary("Takes the good rows of a roster in.")
            .WithTags("People").Accepts<byte[]>(Xlsx, "text/csv", "application/vnd.ms-excel", "application/octet-stream")
                .Needs(Permission.ImportPeople);
    }

    /// <summary>A cell that is wrong, in the reader's language.</summary>
    public sealed record CellFault(string Sheet, string Cell, string Code, string Says);

    public sealed record PreviewView(ImportRoster.Receipt Receipt, IReadOnlyList<RosterChange> Changes, IReadOnlyList<CellFault> Errors);

    private static async Task<IResult> GetPeople(
        string? text, int? page, FindPeople find, Actor actor, Words words, CancellationToken ct) =>
        (await find.Run(new(text, page ?? 1), actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static IResult GetTemplate()
    {
        using var file = new MemoryStream();
        RosterTemplate.Write(file);
        return TypedResults.File(file.ToArray(), Xlsx, "roster.xlsx");
    }

    private static async Task<IResult> PutPreview(
        AreaCode area, Id<ImportRoster> id, DateOnly? since, HttpRequest request, ImportRoster import, Actor actor, Words words,
        CancellationToken ct)
    {
        if (!(await Read(area, id, request, import, ct)).IsOk(out var command, out var refusal)) return refusal.ToProblem(words);
        return (await import.Preview(command with { Since = since }, actor, ct))
            .ToHttp(view => TypedResults.Ok(ViewOf(view, words)), words);
    }

    /// <summary>A preview in the reader's language: rows that change or are suspected, and cells that are wrong.</summary>
    internal static PreviewView ViewOf(ImportRoster.View view, Words words) => new(
        view.Receipt,
        [.. view.Changes.Where(c => c.IsNotable)],
        [.. view.Errors.Select(e => new CellFault(e.Sheet, e.Cell, e.Refusal.Code, words.Of(e.Refusal)))]);

    private static async Task<IResult> PutRoster(
        AreaCode area, Id<ImportRoster> id, DateOnly? since, HttpRequest request, ImportRoster import, Actor actor, Words words,
        CancellationToken ct)
    {
        if (!(await Read(area, id, request, import, ct)).IsOk(out var command, out var refusal)) return refusal.ToProblem(words);
        return (await import.Run(command with { Since = since }, actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
    }

    private static async Task<Result<ImportRoster.Command>> Read(
        AreaCode area, Id<ImportRoster> id, HttpRequest request, ImportRoster import, CancellationToken ct)
    {
        using var file = new MemoryStream();
        await request.Body.CopyToAsync(file, ct);
        file.Position = 0;
        return import.Read(id.Value, area, file);
    }
}
