using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.People;

/// <summary>Relatives, households and helpers over HTTP.</summary>
public static class RelationApi
{
    public static void MapRelations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/people/{id}/relatives", GetRelatives).WithName("RelativesOf")
            .WithSummary("Who belongs to a person, those to call first in their order.").WithTags("People").Needs(Permission.ViewPeople);
        api.MapPut("/people/{id}/relatives/{relation}", PutRelative).WithName("RelatePeople").WithSummary("Writes down a relative.")
            .WithTags("People").Needs(Permission.KeepRegister);
        api.MapPut("/relations/{id}/places/{order}", PutOrder).WithName("OrderContact")
            .WithSummary("Puts a relative at a place among the emergency contacts; 0 takes them off.").WithTags("People")
            .Needs(Permission.KeepRegister);
        api.MapPut("/relations/{id}/endings/{ending}", PutEnding).WithName("EndRelation").WithSummary("Ends a relation.")
            .WithTags("People").Needs(Permission.KeepRegister);
        api.MapPut("/relations/{id}/links/{link}", PutLink).WithName("LinkRelative")
            .WithSummary("Gives a relative an account that sees the elder, and answers the slip to print.").WithTags("People")
            .Needs(Permission.ManageAccounts);
        api.MapGet("/households/{id}", GetHousehold).WithName("ShowHousehold").WithSummary("Who lives under one roof.")
            .WithTags("People").Needs(Permission.ViewPeople);
        api.MapGet("/helpers", GetHelpers).WithName("WhoHelps")
            .WithSummary("Those who help, and whose insurance or health check runs out.").WithTags("People").Needs(Permission.ViewPeople);
    }

    /// <summary>A relative as a client sends it: someone known, or someone new.</summary>
    public sealed record RelativeBody(Id<Person>? Relative, string? Name, string? Phone, RelationKind Kind, int Contact);

    /// <summary>The place among the contacts.</summary>
    public sealed record OrderBody(int Place);

    private static async Task<IResult> GetRelatives(Id<Person> id, RelativesOf relatives, Actor actor, Words words, CancellationToken ct) =>
        (await relatives.Run(id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutRelative(
        Id<Person> id, Id<Relation> relation, RelativeBody body, RelatePeople relate, Actor actor, Words words, CancellationToken ct)
    {
        var stranger = body.Relative is null ? new NewRelative(body.Name ?? "", body.Phone) : null;
        return (await relate.Run(new(relation, id, body.Relative, stranger, body.Kind, body.Contact), actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);
    }

    private static async Task<IResult> PutOrder(
        Id<Relation> id, Id<OrderContact> order, OrderBody body, OrderContact contact, Actor actor, Words words, CancellationToken ct) =>
        (await contact.Run(new(order.Value, id, body.Place), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutEnding(
        Id<Relation> id, Id<EndRelation> ending, EndRelation end, Actor actor, Words words, CancellationToken ct) =>
        (await end.Run(new(ending.Value, id), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutLink(
        Id<Relation> id, Id<LinkRelative> link, LinkRelative relative, Actor actor, Words words, CancellationToken ct) =>
        (await relative.Run(new(link.Value, id), actor, ct)).ToHttp(slip => TypedResults.Ok(slip), words);

    private static async Task<IResult> GetHousehold(
        Id<Household> id, ShowHousehold show, Actor actor, Words words, CancellationToken ct) =>
        (await show.Run(id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> GetHelpers(WhoHelps helpers, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await helpers.Run(page, actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);
}
