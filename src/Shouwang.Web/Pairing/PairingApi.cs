using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Web.Common;

namespace Shouwang.Web.Pairing;

/// <summary>Pairs over HTTP.</summary>
public static class PairingApi
{
    public static void MapPairing(this IEndpointRouteBuilder api)
    {
        api.MapGet("/pairs", GetPairs).WithName("ListPairs").WithSummary("Pairs and elders without one.").WithTags("Pairing")
            .Needs(Permission.ViewPairs);
        api.MapPut("/pair-proposals/{id}", PutProposal).WithName("ProposePairs").WithSummary("Proposes who is paired with whom.")
            .WithTags("Pairing").Needs(Permission.ProposePairs);
        api.MapPut("/pair-acceptances/{id}", PutAcceptance).WithName("AcceptPairs").WithSummary("Makes proposed pairs standing pairs.")
            .WithTags("Pairing").Needs(Permission.AcceptPairs);
    }

    /// <param name="Area">Village, township or county.</param>
    public sealed record ProposalBody(AreaCode Area);

    /// <param name="Pairs">The pairs accepted; left out, all that are proposed in the area.</param>
    public sealed record AcceptanceBody(AreaCode Area, IReadOnlyList<Id<Pair>>? Pairs);

    private static async Task<IResult> GetPairs(ListPairs pairs, Actor actor, Words words, CancellationToken ct) =>
        (await pairs.Run(actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutProposal(
        Id<ProposePairs> id, ProposalBody body, ProposePairs propose, Actor actor, Words words, CancellationToken ct) =>
        (await propose.Run(new(id, body.Area), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutAcceptance(
        Id<AcceptPairs> id, AcceptanceBody body, AcceptPairs accept, Actor actor, Words words, CancellationToken ct) =>
        (await accept.Run(new(id, body.Area, body.Pairs), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
}
