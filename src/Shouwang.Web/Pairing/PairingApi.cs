using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Web.Common;

namespace Shouwang.Web.Pairing;

/// <summary>Pairs over HTTP.</summary>
public static class PairingApi
{
    public static void MapPairing(this IEndpointRouteBuilder api)
    {
        api.MapGet("/pairs", GetPairs).WithName("ListPairs").WithSummary("Pairs and elders without one.").WithTags("Pairing")
            .Needs(Permission.ViewPairs);
        api.MapGet("/pairs/{id}", GetPair).WithName("PairSheet").WithSummary("One pair with its consents.").WithTags("Pairing")
            .Needs(Permission.ViewPairs);
        api.MapPut("/pair-proposals/{id}", PutProposal).WithName("ProposePairs").WithSummary("Proposes who is paired with whom.")
            .WithTags("Pairing").Needs(Permission.ProposePairs);
        api.MapPut("/pair-acceptances/{id}", PutAcceptance).WithName("AcceptPairs").WithSummary("Makes proposed pairs standing pairs.")
            .WithTags("Pairing").Needs(Permission.AcceptPairs);
        api.MapPut("/pairs/{id}", PutPair).WithName("PairByHand").WithSummary("Makes two people a pair by hand.").WithTags("Pairing")
            .Needs(Permission.AcceptPairs);
        api.MapPut("/pairs/{id}/answer", PutAnswer).WithName("AnswerPair").WithSummary("Writes down what one side of a pair said.")
            .WithTags("Pairing").Needs(Permission.AcceptPairs);
        api.MapPut("/pairs/{id}/understudy", PutUnderstudy).WithName("NameUnderstudy").WithSummary("Names who goes when the volunteer cannot.")
            .WithTags("Pairing").Needs(Permission.AcceptPairs);
    }

    /// <param name="Area">Village, township or county.</param>
    /// <param name="Point">Only the elders of this point.</param>
    /// <param name="Anew">Asks anew about elders who have a pair already.</param>
    public sealed record ProposalBody(AreaCode Area, Id<Place>? Point, bool Anew);

    /// <param name="Pairs">The pairs accepted; left out, all that are proposed in the area.</param>
    /// <param name="Since">The day since which they look after each other; left out, today.</param>
    public sealed record AcceptanceBody(AreaCode Area, IReadOnlyList<Id<Pair>>? Pairs, DateOnly? Since = null);

    public sealed record PairBody(Id<Person> Elder, Id<Person> Volunteer);

    /// <param name="Id">Made by the client: sending it again answers once.</param>
    public sealed record AnswerBody(Guid Id, PairSide Side, PairAnswer Answer, ConsentWay? How)
    {
        /// <summary>Who speaks in the place of that side; null for the person.</summary>
        public Id<Person>? OnBehalf { get; init; }

        /// <summary>The day they agreed; left out, today.</summary>
        public DateOnly? On { get; init; }

        /// <summary>Who was there when they agreed; left out, whoever asks.</summary>
        public Id<Person>? Witness { get; init; }
    }

    /// <param name="Id">Made by the client: sending it again names once.</param>
    public sealed record UnderstudyBody(Guid Id, Id<Person> Understudy);

    private static async Task<IResult> GetPairs(
        int? page, int? waitingPage, bool? onlyProposed, ListPairs pairs, Actor actor, Words words, CancellationToken ct) =>
        (await pairs.Run(new(page ?? 1, waitingPage ?? 1, onlyProposed ?? false), actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> GetPair(Id<Pair> id, PairSheet pair, Actor actor, Words words, CancellationToken ct) =>
        (await pair.Run(id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutPair(
        Id<Pair> id, PairBody body, PairByHand pair, Actor actor, Words words, CancellationToken ct) =>
        (await pair.Run(new(id, body.Elder, body.Volunteer), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutProposal(
        Id<ProposePairs> id, ProposalBody body, ProposePairs propose, Actor actor, Words words, CancellationToken ct) =>
        (await propose.Run(new(id, body.Area) { Point = body.Point, Anew = body.Anew }, actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutAcceptance(
        Id<AcceptPairs> id, AcceptanceBody body, AcceptPairs accept, Actor actor, Words words, CancellationToken ct) =>
        (await accept.Run(new(id, body.Area, body.Pairs) { Since = body.Since }, actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutAnswer(
        Id<Pair> id, AnswerBody body, AnswerPair answer, Actor actor, Words words, CancellationToken ct) =>
        (await answer.Run(
            new(body.Id, id, body.Side, body.Answer, body.How) { OnBehalf = body.OnBehalf, On = body.On, Witness = body.Witness },
            actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutUnderstudy(
        Id<Pair> id, UnderstudyBody body, NameUnderstudy name, Actor actor, Words words, CancellationToken ct) =>
        (await name.Run(new(body.Id, id, body.Understudy), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
}
