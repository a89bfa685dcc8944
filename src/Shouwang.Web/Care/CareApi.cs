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
        api.MapGet("/due-visits", GetDue).WithName("DueVisits").WithSummary("Whom to look in on today.").WithTags("Care")
            .Needs(Permission.ViewVisits);
        api.MapGet("/family", GetFamily).WithName("FamilySheet").WithSummary("What a relative sees of their elders, as each agreed.")
            .WithTags("Care").Needs(Permission.ViewKin);
        api.MapGet("/visits", GetVisits).WithName("ListVisits").WithSummary("Visits of a period, newest first.").WithTags("Care")
            .Needs(Permission.ViewVisits);
        api.MapPut("/visits/{id}", PutVisit).WithName("RecordVisit").WithSummary("Writes down a visit.").WithTags("Care")
            .Needs(Permission.RecordVisits);
        api.MapGet("/visits/{id}", GetVisit).WithName("VisitSheet").WithSummary("One visit with everything around it.").WithTags("Care")
            .Needs(Permission.ViewVisits);
        api.MapPut("/visits/{id}/corrections/{correction}", PutCorrection).WithName("CorrectVisit")
            .WithSummary("Puts a visit right by a new, linked one.").WithTags("Care").Needs(Permission.RecordVisits);
        api.MapPut("/visits/{id}/remarks/{look}", PutLook).WithName("ReadRemarks")
            .WithSummary("Reads the remarks of a visit for a stated purpose; the look is recorded.").WithTags("Care")
            .Needs(Permission.ViewVisits);
        api.MapGet("/services", GetServices).WithName("OfferedItems").WithSummary("What helpers do for elders here.").WithTags("Care")
            .Needs(Permission.ViewVisits);
        api.MapPut("/visits/{id}/verification", PutVerification).WithName("VerifyVisit").WithSummary("Confirms that a visit took place.")
            .WithTags("Care").Needs(Permission.VerifyVisits);
    }

    /// <summary>A visit as a client sends it.</summary>
    public sealed record VisitBody(
        Id<Person> Elder, Id<Person> Volunteer, DateTimeOffset StartedAt, DateTimeOffset EndedAt, VisitWay Way, VisitOutcome Outcome,
        IReadOnlyList<ServiceItems> Items, Condition Condition)
    {
        /// <summary>Others of the household visited on the same call.</summary>
        public IReadOnlyList<Id<Person>> Others { get; init; } = [];

        public string? Remarks { get; init; }

        public IReadOnlyList<VitalSign> Readings { get; init; } = [];

        internal VisitReport Report => new(Way, Outcome, Items.Aggregate(ServiceItems.None, (all, one) => all | one), Condition);
    }

    /// <summary>Why remarks are looked at.</summary>
    public sealed record LookBody(RevealPurpose Purpose);

    /// <summary>A confirmation as a client sends it.</summary>
    /// <param name="Id">Made by the client: sending it again confirms once.</param>
    public sealed record VerificationBody(Id<Visit> Id, VerificationWay How)
    {
        /// <summary>The name of whoever said so, where another writes it down.</summary>
        public string? Witness { get; init; }
    }

    private static async Task<IResult> GetElders(MyElders elders, Actor actor, Words words, CancellationToken ct) =>
        (await elders.Run(actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> GetFamily(FamilySheet family, Actor actor, Words words, CancellationToken ct) =>
        (await family.Run(actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> GetDue(DueVisits due, Actor actor, Words words, CancellationToken ct) =>
        (await due.Run(actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> GetVisits(
        [AsParameters] VisitFilter filter, ListVisits visits, Actor actor, Words words, CancellationToken ct) =>
        (await visits.Run(new(filter.From, filter.To, filter.State, filter.Page ?? 1), actor, ct))
            .ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutVisit(
        Id<Visit> id, VisitBody body, RecordVisit record, Actor actor, Words words, CancellationToken ct)
    {
        var command = new RecordVisit.Command(id, body.Elder, body.Volunteer, body.StartedAt, body.EndedAt, body.Report)
        {
            Others = body.Others, Remarks = body.Remarks, Readings = body.Readings,
        };
        return (await record.Run(command, actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
    }

    private static async Task<IResult> PutCorrection(
        Id<Visit> id, Id<Visit> correction, VisitBody body, CorrectVisit correct, Actor actor, Words words, CancellationToken ct)
    {
        var told = new ToldCall([body.Elder, .. body.Others], body.Volunteer, body.StartedAt, body.EndedAt, body.Report)
        {
            Remarks = body.Remarks, Readings = body.Readings,
        };
        return (await correct.Run(new(correction, id, told), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
    }

    private static async Task<IResult> GetVisit(Id<Visit> id, VisitSheet sheet, Actor actor, Words words, CancellationToken ct) =>
        (await sheet.Run(id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutLook(
        Id<Visit> id, Guid look, LookBody body, ReadRemarks remarks, Actor actor, Words words, CancellationToken ct) =>
        (await remarks.Run(new(look, id, body.Purpose), actor, ct)).ToHttp(text => TypedResults.Ok(new { remarks = text }), words);

    private static IResult GetServices(OfferedItems services, Actor actor, Words words) =>
        services.Run(actor).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutVerification(
        Id<Visit> id, VerificationBody body, VerifyVisit verify, Actor actor, Words words, CancellationToken ct) =>
        (await verify.Run(new(body.Id.Value, id, body.How) { Witness = body.Witness }, actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);

    /// <summary>Which visits a list shows.</summary>
    public sealed record VisitFilter(DateOnly From, DateOnly To, VisitState? State, int? Page);
}
