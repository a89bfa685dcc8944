using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Web.Common;

namespace Shouwang.Web.SignIn;

/// <summary>Signing in, one's own desk, and the accounts of an area. 登录与账号</summary>
internal static class SignInApi
{
    public static void MapSignIn(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("SignIn");
        routes.MapPut("/sessions/{id}", PutSession).Public().WithName("StartSession")
            .WithSummary("Sign in; the answer sets the session's cookie.");
        routes.MapPut("/slips/{id}", PutSlip).Public().WithName("RedeemSlip").WithSummary("Set a password with a printed slip.");
        routes.MapGet("/me", GetMe).Needs().WithName("MyDesk").WithSummary("One's own posts and sessions.");
        routes.MapPut("/me/post/{id}", PutPost).Needs().WithName("SwitchPost").WithSummary("Work in another of one's posts.");
        routes.MapPut("/me/password/{id}", PutPassword).Needs().WithName("ChangePassword").WithSummary("Give oneself another password.");
        routes.MapPut("/me/second-factor/{id}", PutFactor).Needs().WithMetadata(new BeforeFactorAttribute()).WithName("EnrolFactor")
            .WithSummary("Tie an authenticator program to one's own account.");
        routes.MapPut("/accounts/{account}/factor-clearings/{id}", PutClearing).Needs(Permission.ResetPasswords).WithName("ClearFactor")
            .WithSummary("Take the second factor off an account.");
        routes.MapDelete("/sessions/{id}", DeleteSession).Needs().WithName("RevokeSession").WithSummary("End a session.");
        routes.MapGet("/accounts", GetAccounts).Needs(Permission.ManageAccounts, Permission.ResetPasswords).WithName("AccountsOfArea")
            .WithSummary("The accounts of the area.");
        routes.MapPut("/accounts/{id}", PutAccount).Needs(Permission.ManageAccounts).WithName("CreateAccount")
            .WithSummary("Give a person an account with a first post.");
        routes.MapPut("/code-sheets/{id}", PutCodes).Needs(Permission.ManageAccounts).WithName("IssueCodes")
            .WithSummary("Accounts and one-time codes for volunteers or relatives who have none.");
        routes.MapPut("/accounts/{account}/slips/{id}", PutAccountSlip).Needs(Permission.ResetPasswords).WithName("IssueSlip")
            .WithSummary("Print a slip that sets a new password.");
        routes.MapPut("/accounts/{account}/posts/{id}", PutAccountPost).Needs(Permission.ManageAccounts).WithName("GrantPost")
            .WithSummary("Give another post.");
        routes.MapDelete("/posts/{id}", DeletePost).Needs(Permission.ManageAccounts).WithName("EndPost").WithSummary("Take a post back.");
    }

    /// <summary>What someone signs in with.</summary>
    public sealed record SessionBody(string Name, string Password, bool OnPhone = false, string? Code = null);

    /// <summary>A slip and the password it sets.</summary>
    public sealed record SlipBody(string Name, string Slip, string NewPassword);

    /// <summary>The code an authenticator program shows.</summary>
    public sealed record FactorBody(string Code);

    /// <summary>The post to work in.</summary>
    public sealed record PostBody(Id<Post> Post);

    /// <summary>The old password and the new one.</summary>
    public sealed record PasswordBody(string Password, string NewPassword);

    /// <summary>A new account: a person of the register or a newcomer, and their first post.</summary>
    public sealed record AccountBody(Id<Person>? Person, Newcomer? Newcomer, string? Phone, Role Role, AreaCode Area, Id<Place>? Point);

    /// <summary>For whom a sheet of codes is.</summary>
    public sealed record CodesBody(Role Role);

    /// <summary>A post that is given.</summary>
    public sealed record GivenBody(Role Role, AreaCode Area, Id<Place>? Point);

    private static async Task<IResult> PutSession(
        Id<SignInSession> id, SessionBody body, StartSession start, HttpContext http, Words words, CancellationToken ct)
    {
        var started = await start.Run(new(id.Value, body.Name, body.Password, body.OnPhone) { Code = body.Code }, ct);
        if (started.IsOk(out var receipt, out _)) await SessionCookie.Give(http, receipt.Session, receipt.OnPhone);
        return started.ToHttp(TypedResults.Ok, words);
    }

    private static async Task<IResult> PutSlip(Guid id, SlipBody body, RedeemSlip redeem, Words words, CancellationToken ct) =>
        (await redeem.Run(new(id, body.Name, body.Slip, body.NewPassword), ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetMe(MyDesk desk, Actor actor, CancellationToken ct) => TypedResults.Ok(await desk.Run(actor, ct));

    private static async Task<IResult> PutPost(
        Guid id, PostBody body, SwitchPost change, ActorSource source, Words words, CancellationToken ct) =>
        (await change.Run(new(id, source.SignedIn!.Session, body.Post), source.Actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutPassword(
        Guid id, PasswordBody body, ChangePassword change, ActorSource source, Words words, CancellationToken ct) =>
        (await change.Run(new(id, source.SignedIn!.Session, body.Password, body.NewPassword), source.Actor, ct))
            .ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutFactor(
        Guid id, FactorBody body, EnrolFactor enrol, Actor actor, Words words, CancellationToken ct) =>
        (await enrol.Run(new(id, body.Code), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutClearing(
        Guid account, Guid id, ClearFactor clear, Actor actor, Words words, CancellationToken ct) =>
        (await clear.Run(new(id, account), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> DeleteSession(Guid id, RevokeSession revoke, Actor actor, Words words, CancellationToken ct) =>
        (await revoke.Run(new(id), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> GetAccounts(AccountsOfArea accounts, Actor actor, Words words, CancellationToken ct, int page = 1) =>
        (await accounts.Run(page, actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutAccount(
        Guid id, AccountBody body, CreateAccount create, Actor actor, Words words, CancellationToken ct)
    {
        var command = new CreateAccount.Command(id, body.Person, body.Newcomer, body.Phone, new(body.Role, new(body.Area, body.Point)));
        return (await create.Run(command, actor, ct)).ToHttp(TypedResults.Ok, words);
    }

    private static async Task<IResult> PutCodes(
        Guid id, CodesBody body, IssueCodes issue, Actor actor, Words words, CancellationToken ct) =>
        (await issue.Run(new(id, body.Role), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutAccountSlip(
        Guid account, Guid id, IssueSlip issue, Actor actor, Words words, CancellationToken ct) =>
        (await issue.Run(new(id, account), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> PutAccountPost(
        Guid account, Id<Post> id, GivenBody body, GrantPost grant, Actor actor, Words words, CancellationToken ct) =>
        (await grant.Run(new(id, account, new(body.Role, new(body.Area, body.Point))), actor, ct)).ToHttp(TypedResults.Ok, words);

    private static async Task<IResult> DeletePost(Id<Post> id, EndPost end, Actor actor, Words words, CancellationToken ct) =>
        (await end.Run(new(id), actor, ct)).ToHttp(TypedResults.Ok, words);
}
