using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.People;

/// <summary>Consents, mandates and departures over HTTP.</summary>
public static class ConsentApi
{
    public static void MapConsents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/people/{id}/consents", GetConsents).WithName("ConsentsOf")
            .WithSummary("What a person agreed to, and who may act for them.").WithTags("People").Needs(Permission.ViewPeople);
        api.MapPut("/people/{id}/consents/{consent}", PutConsent).WithName("GiveConsent")
            .WithSummary("Writes down that a person agreed to one purpose.").WithTags("People").Needs(Permission.KeepRegister);
        api.MapPut("/consents/{id}/withdrawals/{withdrawal}", PutWithdrawal).WithName("WithdrawConsent")
            .WithSummary("Takes a consent back.").WithTags("People").Needs(Permission.ViewPeople);
        api.MapPut("/people/{id}/mandates/{mandate}", PutMandate).WithName("GiveMandate")
            .WithSummary("Lets someone act for a person in some matters until a day.").WithTags("People").Needs(Permission.KeepRegister);
        api.MapPut("/mandates/{id}/endings/{ending}", PutEnding).WithName("EndMandate").WithSummary("Ends a mandate from today on.")
            .WithTags("People").Needs(Permission.KeepRegister);
        api.MapPut("/people/{id}/departures/{departure}", PutDeparture).WithName("RecordDeparture")
            .WithSummary("Writes down that someone died or moved away.").WithTags("People").Needs(Permission.KeepRegister);
        api.MapPut("/departures/{id}/undoings/{undoing}", PutUndoing).WithName("UndoDeparture")
            .WithSummary("Takes a death or a move back.").WithTags("People").Needs(Permission.KeepRegister);
    }

    /// <summary>A death or a move as a client sends it.</summary>
    public sealed record DepartureBody(DepartureKind Kind, DateOnly Day);

    private static async Task<IResult> GetConsents(Id<Person> id, ConsentsOf consents, Actor actor, Words words, CancellationToken ct) =>
        (await consents.Run(id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutConsent(
        Id<Person> id, Id<Consent> consent, ConsentGiven body, GiveConsent give, Actor actor, Words words, CancellationToken ct) =>
        (await give.Run(new(consent, id, body), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutWithdrawal(
        Id<Consent> id, Id<WithdrawConsent> withdrawal, Id<Person>? onBehalf, WithdrawConsent withdraw, Actor actor, Words words,
        CancellationToken ct) =>
        (await withdraw.Run(new(withdrawal.Value, id) { OnBehalf = onBehalf }, actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutMandate(
        Id<Person> id, Id<Mandate> mandate, MandateBody body, GiveMandate give, Actor actor, Words words, CancellationToken ct)
    {
        var matters = body.Matters.Aggregate(MandateMatters.None, (all, one) => all | one);
        return (await give.Run(new(mandate, id, new(body.Agent, matters, body.From, body.Until)), actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);
    }

    /// <summary>A mandate as a client sends it.</summary>
    public sealed record MandateBody(Id<Person> Agent, IReadOnlyList<MandateMatters> Matters, DateOnly From, DateOnly Until);

    private static async Task<IResult> PutEnding(
        Id<Mandate> id, Id<EndMandate> ending, EndMandate end, Actor actor, Words words, CancellationToken ct) =>
        (await end.Run(new(ending.Value, id), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutDeparture(
        Id<Person> id, Id<Departure> departure, DepartureBody body, RecordDeparture record, Actor actor, Words words,
        CancellationToken ct) =>
        (await record.Run(new(departure, id, body.Kind, body.Day), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutUndoing(
        Id<Departure> id, Id<UndoDeparture> undoing, UndoDeparture undo, Actor actor, Words words, CancellationToken ct) =>
        (await undo.Run(new(undoing.Value, id), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);
}
