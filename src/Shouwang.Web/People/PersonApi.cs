using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.People;

/// <summary>One person's entry over HTTP.</summary>
public static class PersonApi
{
    /// <summary>For a person to read: on many lines, Chinese as Chinese.</summary>
    private static readonly JsonSerializerOptions s_readable =
        new(HouseJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void MapPerson(this IEndpointRouteBuilder api)
    {
        api.MapGet("/people/{id}", GetPerson).WithName("ShowPerson").WithSummary("One person, masked, with what holds today.")
            .WithTags("People").Needs(Permission.ViewPeople);
        api.MapPut("/people/{id}", PutPerson).WithName("EnterPerson").WithSummary("Enters one person by hand.")
            .WithTags("People").Needs(Permission.KeepRegister);
        api.MapPut("/people/{id}/corrections/{correction}", PutCorrection).WithName("CorrectPerson")
            .WithSummary("Puts right name, sex, birthday, ID number or roles.").WithTags("People").Needs(Permission.KeepRegister);
        api.MapGet("/people/{id}/facts/{kind}", GetFacts).WithName("FactHistory")
            .WithSummary("Everything ever learned of one kind.").WithTags("People").Needs(Permission.ViewPeople);
        api.MapPut("/people/{id}/lessons/{lesson}", PutLesson).WithName("LearnFact").WithSummary("Writes down what was learned.")
            .WithTags("People").Needs(Permission.KeepRegister);
        api.MapPut("/people/{id}/fact-lines/{line}/corrections/{correction}", PutFactCorrection).WithName("CorrectFact")
            .WithSummary("Puts a fact right, or takes it back when nothing is stated.").WithTags("People").Needs(Permission.KeepRegister);
        api.MapPut("/people/{id}/photos/{photo}", PutPhoto).WithName("PutPhoto").WithSummary("Keeps a photo of a person who agreed to it.")
            .WithTags("People").Needs(Permission.KeepRegister).Accepts<byte[]>("image/jpeg", "image/png", "application/octet-stream");
        api.MapPut("/people/{id}/photo-removals/{removal}", PutRemoval).WithName("RemovePhoto").WithSummary("Erases a person's photo.")
            .WithTags("People").Needs(Permission.KeepRegister);
        api.MapPut("/people/{id}/looks/{look}", PutLook).WithName("RevealField")
            .WithSummary("Shows one sensitive field for a stated purpose; the look is recorded.").WithTags("People")
            .Needs(Permission.RevealPeople);
        api.MapGet("/people/{id}/looks", GetLooks).WithName("WhoLooked").WithSummary("Who looked at sensitive fields, and why.")
            .WithTags("People").Needs(Permission.ViewPeople);
        api.MapPut("/people/{id}/files/{file}", PutFile).WithName("PersonFile")
            .WithSummary("Everything held about a person, because the person asked; the look is recorded.").WithTags("People")
            .Needs(Permission.ViewPeople);
        api.MapGet("/people/{id}/files/{file}", GetFile).WithName("DownloadPersonFile")
            .WithSummary("The same as a file; with the id of a look that was recorded, under that look.").WithTags("People")
            .WithMetadata(new EndsWithFreshIdAttribute()).Needs(Permission.ViewPeople);
    }

    /// <summary>A person as a client enters them.</summary>
    public sealed record PersonBody(
        AreaCode Village, string Name, Sex Sex, DateOnly? Born, string? IdNumber, IReadOnlyList<PersonRoles> Roles, string Group);

    /// <summary>Who a person really is.</summary>
    public sealed record IdentityBody(string Name, Sex Sex, DateOnly? Born, string? IdNumber, IReadOnlyList<PersonRoles> Roles);

    /// <summary>Which field, and why.</summary>
    public sealed record LookBody(SensitiveField Field, RevealPurpose Purpose);

    /// <summary>What was really so; null when nothing was.</summary>
    public sealed record FactCorrectionBody(FactStated? Stated);

    private static async Task<IResult> GetPerson(Id<Person> id, ShowPerson show, Actor actor, Words words, CancellationToken ct) =>
        (await show.Run(id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutPerson(
        Id<Person> id, PersonBody body, EnterPerson enter, Actor actor, Words words, CancellationToken ct)
    {
        var identity = new Identity(body.Name, body.Sex, body.Born, body.IdNumber);
        return (await enter.Run(new(id, body.Village, identity, All(body.Roles), body.Group), actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);
    }

    private static async Task<IResult> PutCorrection(
        Id<Person> id, Id<CorrectPerson> correction, IdentityBody body, CorrectPerson correct, Actor actor, Words words,
        CancellationToken ct)
    {
        var identity = new Identity(body.Name, body.Sex, body.Born, body.IdNumber);
        return (await correct.Run(new(correction.Value, id, identity, All(body.Roles)), actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);
    }

    private static async Task<IResult> GetFacts(
        Id<Person> id, FactKind kind, FactHistory history, Actor actor, Words words, CancellationToken ct) =>
        (await history.Run(id, kind, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutLesson(
        Id<Person> id, Id<LearnFact> lesson, FactStated body, LearnFact learn, Actor actor, Words words, CancellationToken ct) =>
        (await learn.Run(new(lesson.Value, id, body), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutFactCorrection(
        Id<Person> id, int line, Id<CorrectFact> correction, FactCorrectionBody body, CorrectFact correct, Actor actor, Words words,
        CancellationToken ct) =>
        (await correct.Run(new(correction.Value, id, line, body.Stated), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutPhoto(
        Id<Person> id, Id<PersonPhoto> photo, HttpRequest request, PutPhoto put, Actor actor, Words words, CancellationToken ct) =>
        (await put.Run(await Application.People.PutPhoto.Read(photo, id, request.Body, ct), actor, ct))
            .ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutRemoval(
        Id<Person> id, Id<RemovePhoto> removal, RemovePhoto remove, Actor actor, Words words, CancellationToken ct) =>
        (await remove.Run(new(removal.Value, id), actor, ct)).ToHttp(receipt => TypedResults.Ok(receipt), words);

    private static async Task<IResult> PutLook(
        Id<Person> id, Id<SensitiveLook> look, LookBody body, RevealField reveal, Actor actor, Words words, CancellationToken ct) =>
        (await reveal.Run(new(look.Value, id, body.Field, body.Purpose), actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> PutFile(
        Id<Person> id, Id<SensitiveLook> file, PersonFile files, Actor actor, Words words, CancellationToken ct) =>
        (await files.Run(file.Value, id, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static async Task<IResult> GetFile(
        Id<Person> id, Id<SensitiveLook> file, PersonFile files, Actor actor, Words words, CancellationToken ct) =>
        (await files.Run(file.Value, id, actor, ct)).ToHttp(
            view => TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(view, s_readable), "application/json", "person.json"), words);

    private static async Task<IResult> GetLooks(
        Id<Person> id, WhoLooked looked, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await looked.Run(id, page, actor, ct)).ToHttp(view => TypedResults.Ok(view), words);

    private static PersonRoles All(IReadOnlyList<PersonRoles> roles) => roles.Aggregate(PersonRoles.None, (all, one) => all | one);
}
