using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>How to ask one endpoint for a record at a position: the path, and the body where it takes one.</summary>
internal sealed record Asked(string Path, object? Body = null);

/// <summary>What the matrix must know of an endpoint that takes route values or a body; all others join without one.</summary>
/// <param name="Ask">Makes a fresh record at the position and says how to ask for it.</param>
/// <param name="Admits">Who gets an answer at a position, where it is not simply: has the permission and sees the record.</param>
internal sealed partial record Recipe(Func<World, Role, Position, Task<Asked>> Ask, Func<Role, Position, bool>? Admits = null)
{
    /// <summary>By the endpoint's name. A new endpoint with route values or a body gets a line here.</summary>
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new[]
        {
            OfTheHouse(), OfTheThread(), OfTheMonth(), OfTheLedger(), OfPools(), OfTheRegister(), OfRosters(), OfPlaces(), OfConsents(),
            OfAreas(), OfDuplicates(), OfPhotos(), CareRecipes.All, DutiesRecipes.All, IncidentRecipes.All,
            WarningRecipes.All,
        }
        .SelectMany(part => part).ToDictionary(r => r.Key, r => r.Value);

    private static IReadOnlyDictionary<string, Recipe> OfTheHouse() => new Dictionary<string, Recipe>
    {
        ["StartSession"] = new((w, r, p) => Done($"/api/v1/sessions/{w.House.NewId()}", new { name = "NOBODY", password = "wrong" })),
        ["RedeemSlip"] = new((w, r, p) =>
            Done($"/api/v1/slips/{w.House.NewId()}", new { name = "NOBODY", slip = "AAAA", newPassword = "long enough 1" })),
        ["SwitchPost"] = new(
            (w, r, p) => Done($"/api/v1/me/post/{w.House.NewId()}", new { post = w.Subject(r, p).Post.Id.Value }), (r, p) =>
                p == Position.Self),
        ["ChangePassword"] = new(
            (w, r, p) => Done($"/api/v1/me/password/{w.House.NewId()}",
                new { password = Infrastructure.OpenHouse.Password, newPassword = "1" })),
        ["RevokeSession"] = new(NewSession, (r, p) =>
            p == Position.Self || (Roles.Allows(r, Permission.ResetPasswords) && World.Sees(r, p))),
        ["CreateAccount"] = new((w, r, p) => Done(
            $"/api/v1/accounts/{w.House.NewId()}",
            new { newcomer = new { name = "示新人", sex = "Male", born = "1980-05-01" }, role = "Volunteer", area = World.AreaOf(p)
                .ToString() })),
        ["IssueSlip"] = new((w, r, p) => Done($"/api/v1/accounts/{w.Subject(r, p).Account.Id}/slips/{w.House.NewId()}")),
        ["IssueCodes"] = new((w, r, p) => Done($"/api/v1/code-sheets/{w.House.NewId()}", new { role = "Volunteer" }), (_, _) => true),
        ["EnrolFactor"] = new((w, r, p) => Done($"/api/v1/me/second-factor/{w.House.NewId()}", new { code = "000000" }), (_, _) => true),
        ["ClearFactor"] = new((w, r, p) => Done($"/api/v1/accounts/{w.Subject(r, p).Account.Id}/factor-clearings/{w.House.NewId()}")),
        ["GrantPost"] = new((w, r, p) => Done(
            $"/api/v1/accounts/{w.Subject(r, p).Account.Id}/posts/{w.House.NewId()}",
                new { role = "Family", area = World.Home.ToString() })),
        ["EndPost"] = new(NewPost),
        ["RetryDelivery"] = new(NewDelivery),
        ["/problems/{Code}"] = new((_, _, _) => Done("/problems/common.forbidden")),
    };

    private static Task<Asked> Done(string path, object? body = null) => Task.FromResult(new Asked(path, body));

    private static async Task<Asked> NewSession(World world, Role role, Position position)
    {
        var (bearer, id) = (world.Subject(role, position), world.House.NewId());
        await world.House.Add(new SignInSession(id, bearer.Account, bearer.Post, false, world.House.Clock.GetUtcNow()));
        return new($"/api/v1/sessions/{id}");
    }

    private static async Task<Asked> NewPost(World world, Role role, Position position)
    {
        var post = new Post(Id<Post>.New(world.House.Clock), world.Subject(role, position)
            .Person.Id, Role.Volunteer, new(World.AreaOf(position)), world.House.Today);
        await world.House.Add(post);
        return new($"/api/v1/posts/{post.Id}");
    }

    private static async Task<Asked> NewDelivery(World world, Role role, Position position)
    {
        var (message, clock) = (world.House.NewId(), world.House.Clock);
        _ = await world.House.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                var row = new OutboxMessage
                {
                    Id = message, Stream = message, Event = VisitVerified.Name, Body = "{}", Area = World.AreaOf(position),
                        At = clock.GetUtcNow(),
                };
                await unit.Books.Send(row, ["timebank.on-visit-verified"], CancellationToken.None);
                return new(true, true);
            },
            CancellationToken.None);
        return new($"/api/v1/outbox/{message}/timebank.on-visit-verified/tries/{world.House.NewId()}");
    }
}
