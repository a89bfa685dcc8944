using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.Care;

/// <summary>Visits over HTTP.</summary>
public static class CareApi
{
    public static void MapCare(this IEndpointRouteBuilder api)
    {
        api.MapGet("/elders", GetElders).WithName("MyElders").WithSummary("The elders the caller looks after or belongs to.")
            .WithTags("Care").Needs(Permission.ViewPairs);
        api.MapGet("/visits", GetVisits).WithName("ListVisits").WithSummary("Visits of a period, newest first.").WithTags("Care")
            .Needs(Permission.ViewVisits);
        api.MapPut("/visits/{id}", PutVisit).WithName("RecordVisit").WithSummary("Writes down a visit.").WithTags("Care")
            .Needs(Permission.RecordVisits);
        api.MapPut("/visits/{id}/verification", PutVerification).WithName("VerifyVisit").WithSummary("Confirms that a visit took place.")
            .WithTags("Care").Needs(Permission.VerifyVisits);
    }

    /// <summary>A visit as a client sends it.</summary>
    public sealed record VisitBody(
        Id<Person> Elder, Id<Person> Volunteer, DateTimeOffset StartedAt, DateTimeOffset EndedAt, VisitWay Way, VisitOutcome Outcome,
        IReadOnlyList<ServiceItems> Items, Condition Condition);

    /// <summary>A confirmation as a client sends it.</summary>
    /// <param name="Id">Made by the client: sending it again confirms once.</param>
    public sealed record VerificationBody(Id<Visit> Id, VerificationWay How);

    private static async Task<IResult> GetElders(MyElders elders, Actor actor, Words words, CancellationToken ct) =>
        (await elders.Run(actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> GetVisits(
        [AsParameters] VisitFilter filter, ListVisits visits, Actor actor, Words words, CancellationToken ct) =>
        (await visits.Run(new(filter.From, filter.To, filter.State, filter.Page ?? 1), actor, ct))
            .ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutVisit(
        Id<Visit> id, VisitBody body, RecordVisit record, Actor actor, Words words, CancellationToken ct)
    {
        var items = body.Items.Aggregate(ServiceItems.None, (all, one) => all | one);
        var command = new RecordVisit.Command(
            id, body.Elder, body.Volunteer, body.StartedAt, body.EndedAt, new(body.Way, body.Outcome, items, body.Condition));
        return (await record.Run(command, actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
    }

    private static async Task<IResult> PutVerification(
        Id<Visit> id, VerificationBody body, VerifyVisit verify, Actor actor, Words words, CancellationToken ct) =>
        (await verify.Run(new(body.Id.Value, id, body.How), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    /// <summary>Which visits a list shows.</summary>
    public sealed record VisitFilter(DateOnly From, DateOnly To, VisitState? State, int? Page);
}
