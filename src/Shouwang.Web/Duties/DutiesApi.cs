using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Duties;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.Duties;

/// <summary>Duties over HTTP.</summary>
public static class DutiesApi
{
    public static void MapDuties(this IEndpointRouteBuilder api)
    {
        api.MapGet("/duties", GetDuties).WithName("MyDuties").WithSummary("The open duties the caller holds or stands in for.")
            .WithTags("Duties").Needs(Permission.HoldDuties);
        api.MapGet("/duties/all", GetAll).WithName("AllDuties").WithSummary("Every open duty, for those who assign them.")
            .WithTags("Duties").Needs(Permission.AssignDuties);
        api.MapGet("/duties/by-area", GetByArea).WithName("DutiesByArea").WithSummary("How many duties are open in each village.")
            .WithTags("Duties").Needs(Permission.AssignDuties);
        api.MapGet("/duties/{id}", GetDuty).WithName("DutySheet").WithSummary("One duty with everything that happened to it.")
            .WithTags("Duties").Needs(Permission.HoldDuties);
        api.MapPut("/duties/{id}/completions/{completion}", PutCompletion).WithName("FinishDuty").WithSummary("Says that a duty is done.")
            .WithTags("Duties").Needs(Permission.HoldDuties);
        api.MapPut("/duties/{id}/hand-overs/{handOver}", PutHandOver).WithName("HandOverDuty")
            .WithSummary("Gives a duty to another helper.").WithTags("Duties").Needs(Permission.HoldDuties);
        api.MapPut("/stand-ins/{id}", PutStandIn).WithName("NameStandIn").WithSummary("Names who acts for somebody while they are away.")
            .WithTags("Duties").Needs(Permission.HoldDuties);
    }

    /// <summary>To whom a duty is given.</summary>
    public sealed record HandOverBody(Id<Person> To);

    /// <summary>Who acts for whom, from which day; the last day is the one before the day back.</summary>
    public sealed record StandInBody(Id<Person> Away, Id<Person> Acts, DateOnly From, DateOnly? To);

    private static async Task<IResult> GetDuties(MyDuties duties, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await duties.Run(new(Page: page), actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> GetAll(MyDuties duties, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await duties.Run(new(All: true, page), actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> GetByArea(DutiesByArea duties, Actor actor, Words words, CancellationToken ct) =>
        (await duties.Run(actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> GetDuty(Id<Duty> id, DutySheet sheet, Actor actor, Words words, CancellationToken ct) =>
        (await sheet.Run(id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutCompletion(
        Id<Duty> id, Guid completion, FinishDuty finish, Actor actor, Words words, CancellationToken ct) =>
        (await finish.Run(new(completion, id), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutHandOver(
        Id<Duty> id, Guid handOver, HandOverBody body, HandOverDuty hand, Actor actor, Words words, CancellationToken ct) =>
        (await hand.Run(new(handOver, id, body.To), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutStandIn(
        Id<StandIn> id, StandInBody body, NameStandIn name, Actor actor, Words words, CancellationToken ct) =>
        (await name.Run(new(id, body.Away, body.Acts, new(body.From, body.To)), actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);
}
