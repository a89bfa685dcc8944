using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Places;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Web.Common;

namespace Shouwang.Web.Places;

/// <summary>Mutual-aid points over HTTP.</summary>
public static class PlacesApi
{
    public static void MapPlaces(this IEndpointRouteBuilder api)
    {
        api.MapGet("/points", GetPoints).WithName("ListPoints").WithSummary("Mutual-aid points and what each lacks.").WithTags("Places")
            .Needs(Permission.ViewPlaces);
        api.MapGet("/places/{id}", GetPlace).WithName("ShowPlace").WithSummary("One place, its members and what it lacks.")
            .WithTags("Places").Needs(Permission.ViewPlaces);
        api.MapPut("/places/{id}", PutPlace).WithName("CreatePlace").WithSummary("Sets up a place in a village.").WithTags("Places")
            .Needs(Permission.KeepPlaces);
        api.MapPut("/places/{id}/arrangements/{arrangement}", PutArrangement).WithName("ArrangePlace")
            .WithSummary("Changes what a place is like, or closes it.").WithTags("Places").Needs(Permission.KeepPlaces);
        api.MapPut("/places/{id}/members/{move}", PutMember).WithName("MoveMember")
            .WithSummary("Lets a person belong to a place from a day on.").WithTags("Places").Needs(Permission.KeepPlaces);
        api.MapPut("/places/{id}/endings/{ending}", PutEnding).WithName("EndMembership").WithSummary("Ends a membership on a day.")
            .WithTags("Places").Needs(Permission.KeepPlaces);
    }

    /// <summary>A new place as a client sends it.</summary>
    public sealed record PlaceBody(AreaCode Village, PlaceKind Kind, string Name, IReadOnlyList<OpeningDays>? OpenOn, string? Household)
    {
        /// <summary>Somebody of the household that gives its rooms, instead of its number.</summary>
        public Id<Person>? HostedBy { get; init; }
    }

    /// <summary>What a place is like from now on.</summary>
    public sealed record ArrangementBody(string Name, IReadOnlyList<OpeningDays>? OpenOn, string? Household, DateOnly? ClosedOn)
    {
        /// <summary>Somebody of the household that gives its rooms, instead of its number.</summary>
        public Id<Person>? HostedBy { get; init; }
    }

    /// <summary>Who belongs in which part, from or until a day.</summary>
    public sealed record MemberBody(Id<Person> Person, MemberPart Part, DateOnly Day);

    private static async Task<IResult> GetPlace(Id<Place> id, ShowPlace show, Actor actor, Words words, CancellationToken ct) =>
        (await show.Run(id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutPlace(
        Id<Place> id, PlaceBody body, CreatePlace create, Actor actor, Words words, CancellationToken ct) =>
        (await create.Run(new(id, body.Village, body.Kind, Arranged(body.Name, body.OpenOn, body.Household, body.HostedBy)), actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutArrangement(
        Id<Place> id, Id<ArrangePlace> arrangement, ArrangementBody body, ArrangePlace arrange, Actor actor, Words words,
        CancellationToken ct) =>
        (await arrange.Run(
            new(arrangement.Value, id, Arranged(body.Name, body.OpenOn, body.Household, body.HostedBy), body.ClosedOn), actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutMember(
        Id<Place> id, Id<MoveMember> move, MemberBody body, MoveMember member, Actor actor, Words words, CancellationToken ct) =>
        (await member.Run(new(move.Value, id, body.Person, body.Part, body.Day), actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutEnding(
        Id<Place> id, Id<EndMembership> ending, MemberBody body, EndMembership end, Actor actor, Words words, CancellationToken ct) =>
        (await end.Run(new(ending.Value, id, body.Person, body.Part, body.Day), actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static PlaceArranged Arranged(string name, IReadOnlyList<OpeningDays>? days, string? household, Id<Person>? hostedBy) =>
        new(name, All(days), household) { HostedBy = hostedBy };

    private static OpeningDays All(IReadOnlyList<OpeningDays>? days) => (days ?? []).Aggregate(OpeningDays.None, (all, one) => all | one);

    private static async Task<IResult> GetPoints(ListPoints points, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await points.Run(page, actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);
}
