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
    public static void MapAreas(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("Areas");
        routes.MapGet("/areas", GetAreas).Needs(Permission.ViewAreas).WithName("ListAreas")
            .WithSummary("An area, its history, and the areas inside it.");
        routes.MapPut("/areas/{area}/names/{id}", PutName).Needs(Permission.ImportAreas).WithName("RenameArea")
            .WithSummary("Give an area another name from a day on.");
        routes.MapPut("/areas/{area}/replacements/{id}", PutReplacement).Needs(Permission.ImportAreas).WithName("ReplaceArea")
            .WithSummary("End an area on a day and name what stands for it.");
        routes.MapPut("/area-imports/{id}", PutImport).Needs(Permission.ImportAreas).WithName("ImportAreas")
            .WithSummary("Take an administrative division file into the tree; nothing is removed.").Accepts<byte[]>("text/csv");
    }

    /// <param name="From">The first day the name holds.</param>
    public sealed record NameView(string Name, DateOnly From);

    /// <param name="Day">The first day on which the successors stand for the area.</param>
    public sealed record ReplacementView(DateOnly Day, IReadOnlyList<AreaCode> Successors);

    private static async Task<IResult> GetAreas(
        ListAreas areas, Actor actor, Words words, CancellationToken ct, AreaCode? under = null, int page = 1) =>
        (await areas.Run(new(under, page), actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutName(
        AreaCode area, Guid id, NameView name, RenameArea rename, Actor actor, Words words, CancellationToken ct) =>
        (await rename.Run(new(id, area, name.Name, name.From), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutReplacement(
        AreaCode area, Guid id, ReplacementView replacement, ReplaceArea replace, Actor actor, Words words, CancellationToken ct) =>
        (await replace.Run(new(id, area, replacement.Day, replacement.Successors), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutImport(
        Guid id, DateOnly from, HttpRequest request, ImportAreas import, Actor actor, Words words, CancellationToken ct) =>
        !(await AreaFile.Receive(request.Body, ct)).IsOk(out var file, out var refusal)
            ? refusal.ToProblem(words)
            : (await import.Run(new(id, from, file), actor, ct)).ToHttp(TypedResults.Ok, words);
}
