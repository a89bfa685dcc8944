using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;
using Shouwang.Web.Components;

namespace Shouwang.Web.Care;

/// <summary>Emergencies and signature lists over HTTP.</summary>
public static class IncidentsApi
{
    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/incidents", GetIncidents).WithName("ListIncidents").WithSummary("Open emergencies.").WithTags("Care")
            .Needs(Permission.ViewVisits);
        api.MapGet("/incidents/{id}", GetIncident).WithName("IncidentSheet").WithSummary("The emergency sheet of an elder.")
            .WithTags("Care").Needs(Permission.ViewVisits);
        api.MapPut("/elders/{elder}/incidents/{command}", PutIncident).WithName("OpenIncident")
            .WithSummary("Reports an emergency: 200 when its sheet is open, 202 when the call is out and kept, and the sheet follows.")
            .WithTags("Care").Needs(Permission.AnswerIncidents).WithMetadata(new InNeedAttribute());
        api.MapGet("/alarms", GetAlarms).WithName("HearAlarms")
            .WithSummary("Open alarms; waits up to \"wait\" seconds for one that is not in the version \"seen\"; the newest \"rows\".")
            .WithTags("Care")
            .Needs(Permission.AnswerIncidents).WithMetadata(new InNeedAttribute(isQuiet: true));
        api.MapPut("/incidents/{id}/steps/{step}", PutStep).WithName("NoteIncident").WithSummary("Writes down what was done.")
            .WithTags("Care").Needs(Permission.AnswerIncidents);
        api.MapPut("/incidents/{id}/calls/{look}", PutCall).WithName("CallContact")
            .WithSummary("Shows the phone number of a relative; the look is recorded.").WithTags("Care").Needs(Permission.AnswerIncidents);
        api.MapPut("/incidents/{id}/closings/{closing}", PutClosing).WithName("CloseIncident").WithSummary("Says how it ended.")
            .WithTags("Care").Needs(Permission.AnswerIncidents);
        api.MapGet("/signature-lists/{month}", GetSignatures).WithName("SignatureList")
            .WithSummary("Visits of a month that wait for a signature.").WithTags("Care").Needs(Permission.VerifyVisits);
        api.MapPut("/signature-lists/{month}/saves/{save}", PutSignatures).WithName("VerifyList")
            .WithSummary("Confirms the visits on a signed paper list.").WithTags("Care").Needs(Permission.VerifyVisits);
    }

    /// <summary>A call that is kept and out: the sheet it will have unless the elder has an open one, and how many others have it on a
    /// screen.</summary>
    public sealed record CallReceipt(Id<Incident> Id, int ShownTo);

    /// <summary>What was done.</summary>
    public sealed record StepBody(IncidentEvent What);

    /// <summary>Who is called.</summary>
    public sealed record CallBody(Id<Person> Contact);

    /// <summary>How it ended.</summary>
    public sealed record ClosingBody(IncidentResult Result);

    /// <summary>The visits with a signature.</summary>
    public sealed record SignaturesBody(IReadOnlyList<Id<Visit>> Visits);

    private static async Task<IResult> GetIncidents(
        ListIncidents incidents, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await incidents.Run(page, actor, ct)).ToHttp(rows => TypedResults.Ok(rows), words);

    private static async Task<IResult> GetIncident(Id<Incident> id, IncidentSheet sheet, Actor actor, Words words, CancellationToken ct) =>
        (await sheet.Run(id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutIncident(
        Id<Person> elder, Guid command, RaiseAlarm raise, Actor actor, Words words, CancellationToken ct) =>
        (await raise.Run(new(command, elder), actor, ct)).ToHttp(
            receipt => receipt.IsStored
                ? TypedResults.Ok(new OpenIncident.Receipt(receipt.Id))
                : TypedResults.Accepted((string?)null, new CallReceipt(receipt.Id, receipt.ShownTo)),
            words);

    /// <summary>A house that closes lets nobody wait.</summary>
    private static async Task<IResult> GetAlarms(
        HearAlarms hear, Actor actor, Words words, IHostApplicationLifetime house, CancellationToken ct, long seen = 0, int wait = 0,
        int rows = HearAlarms.OnScreen)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(ct, house.ApplicationStopping);
        return (await hear.Run(new(seen, TimeSpan.FromSeconds(Math.Clamp(wait, 0, 60)), rows), actor, closing.Token))
            .ToHttp(view => TypedResults.Ok(view), words);
    }

    private static async Task<IResult> PutStep(
        Id<Incident> id, Guid step, StepBody body, NoteIncident note, Actor actor, Words words, CancellationToken ct) =>
        (await note.Run(new(step, id, body.What), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutCall(
        Id<Incident> id, Guid look, CallBody body, CallContact call, Actor actor, Words words, CancellationToken ct) =>
        (await call.Run(new(look, id, body.Contact), actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutClosing(
        Id<Incident> id, Guid closing, ClosingBody body, CloseIncident close, Actor actor, Words words, CancellationToken ct) =>
        (await close.Run(new(closing, id, body.Result), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> GetSignatures(
        string month, SignatureList list, Actor actor, Words words, CancellationToken ct) => WrittenDay.MonthOf(month) is { } known
        ? (await list.Run(new(known), actor, ct)).ToHttp(view => TypedResults.Ok(view), words)
        : CommonRefusals.BadInput.On("month").ToProblem(words);

    private static async Task<IResult> PutSignatures(
        string month, Guid save, SignaturesBody body, VerifyList verify, Actor actor, Words words, CancellationToken ct) =>
        WrittenDay.MonthOf(month) is null ? CommonRefusals.BadInput.On("month").ToProblem(words)
        : (await verify.Run(new(save, body.Visits), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
}
