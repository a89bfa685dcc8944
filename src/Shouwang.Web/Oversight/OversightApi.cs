using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Oversight;
using Shouwang.Web.Common;

namespace Shouwang.Web.Oversight;

/// <summary>What those who watch the house itself read: the logs and the outbox. 监督</summary>
internal static class OversightApi
{
    public static void MapOversight(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("Oversight");
        routes.MapGet("/audit", GetAudit).Needs(Permission.ViewAudit).WithName("AuditLog").WithSummary("Who did what, where and when.");
        routes.MapGet("/security-events", GetSecurity).Needs(Permission.ViewSecurity).WithName("SecurityLog")
            .WithSummary("Refused and failed attempts.");
        routes.MapGet("/outbox", GetOutbox).Needs(Permission.ViewOutbox).WithName("OutboxState")
            .WithSummary("What waits, failed or was given up.");
        routes.MapPut("/outbox/{message}/{reader}/tries/{id}", PutTry).Needs(Permission.RetryOutbox).WithName("RetryDelivery")
            .WithSummary("Try a delivery once more.");
    }

    private static async Task<IResult> GetAudit(AuditLog log, Actor actor, Words words, CancellationToken ct, long? before = null) =>
        (await log.Run(before, actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetSecurity(SecurityLog log, Actor actor, Words words, CancellationToken ct, long? before = null) =>
        (await log.Run(before, actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetOutbox(OutboxState outbox, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await outbox.Run(page, actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutTry(
        Guid message, string reader, Guid id, RetryDelivery retry, Actor actor, Words words, CancellationToken ct) =>
        (await retry.Run(new(id, message, reader), actor, ct)).ToHttp(TypedResults.Ok, words);
}
