using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.People;

/// <summary>Suspected duplicates over HTTP: look, decide, take back.</summary>
public static class DuplicateApi
{
    public static void MapDuplicates(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("People");
        routes.MapGet("/duplicates", GetSuspicions).Needs(Permission.KeepRegister).WithName("SuspectDuplicates")
            .WithSummary("Entries of the area that may be one person, the likeliest first.");
        routes.MapGet("/people/{id}/duplicates/{other}", GetTwo).Needs(Permission.KeepRegister).WithName("CompareEntries")
            .WithSummary("Two entries side by side.");
        routes.MapPut("/people/{id}/apart/{decision}", PutApart).Needs(Permission.KeepRegister).WithName("KeepApart")
            .WithSummary("Says that two entries are two people.");
        routes.MapPut("/people/{id}/merges/{merge}", PutMerge).Needs(Permission.KeepRegister).WithName("MergePeople")
            .WithSummary("Says that another entry is this person; this one goes on.");
        routes.MapGet("/merges/{id}/built-on", GetBuiltOn).Needs(Permission.KeepRegister).WithName("MergeBuiltOn")
            .WithSummary("What was built on a merge since; empty when it can be undone.");
        routes.MapPut("/merges/{id}/undoing", PutUndoing).Needs(Permission.KeepRegister).WithName("UndoMerge")
            .WithSummary("Takes a merge back.");
    }

    /// <summary>The other of the two.</summary>
    public sealed record OtherBody(Id<Person> Other);

    private static async Task<IResult> GetSuspicions(
        Id<Person>? of, SuspectDuplicates suspect, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await suspect.Run(of, page, actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetTwo(
        Id<Person> id, Id<Person> other, CompareEntries compare, Actor actor, Words words, CancellationToken ct) =>
        (await compare.Run(id, other, actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutApart(
        Id<Person> id, Id<KeptApart> decision, OtherBody body, KeepApart keep, Actor actor, Words words, CancellationToken ct) =>
        (await keep.Run(new(decision, id, body.Other), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutMerge(
        Id<Person> id, Id<PersonMerge> merge, OtherBody body, MergePeople people, Actor actor, Words words, CancellationToken ct) =>
        (await people.Run(new(merge, id, body.Other), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetBuiltOn(Id<PersonMerge> id, UndoMerge undo, Actor actor, Words words, CancellationToken ct) =>
        (await undo.Look(id, actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutUndoing(Id<PersonMerge> id, UndoMerge undo, Actor actor, Words words, CancellationToken ct) =>
        (await undo.Run(new(id), actor, ct)).ToHttp(TypedResults.Ok, words);
}
