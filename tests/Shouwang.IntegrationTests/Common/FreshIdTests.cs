using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>Nobody takes the place of what will follow from something else: the id of something new is freshly made.</summary>
public sealed class FreshIdTests
{
    private static readonly (int, string?) s_notFresh = (400, "common.id-not-fresh");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_volunteer_cannot_sit_where_the_credit_of_a_visit_or_its_correction_will_stand(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (cookie, from, to) = await Two(house);
        var visit = Id<Visit>.New(house.Clock).Value;
        Guid[] squatted =
        [
            DerivedId.Of(visit, Reasons.VisitCorrected), DerivedId.Of(visit, Reasons.VisitCredited),
            DerivedId.Of(visit, "timebank.on-visit-verified"),
        ];
        foreach (var id in squatted)
        {
            var gift = new { from = $"{from.Id}", to = $"{to.Id}", minutes = 1 };
            var (password, nobody) = (new { password = "a", newPassword = "b" }, new { name = "NOBODY", password = "x" });
            Assert.Equal(s_notFresh, await Said(house, $"/api/v1/transfers/{id}", cookie, gift));
            Assert.Equal(s_notFresh, await Said(house, $"/api/v1/holds/{id}", cookie, gift));
            Assert.Equal(s_notFresh, await Said(house, $"/api/v1/holds/{house.NewId()}/payment", cookie, new { id, minutes = 1 }));
            Assert.Equal(s_notFresh, await Said(house, $"/api/v1/me/password/{id}", cookie, password));
            Assert.Equal(s_notFresh, await Said(house, $"/api/v1/slips/{id}", null, new { name = "X", slip = "A", newPassword = "b" }));
            Assert.Equal(400, (await Said(house, $"/api/v1/sessions/{id}", null, nobody)).Status);
        }

        var written = await house.Get<Workspace>().Read(
            Actor.System(Village.X), db => db.Transactions.CountAsync(t => t.Reason != "test.given", Ct));
        Assert.Equal(0, written);
    }

    [Theory, EachDatabase]
    public async Task The_id_hidden_in_a_form_is_freshly_made_too(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (cookie, from, _) = await Two(house);
        var form = await PageForm.Open(house, "/me", "password", cookie);
        var filled = new Dictionary<string, string>
        {
            ["Change.Password"] = OpenHouse.Password, ["Change.NewPassword"] = "another threshold 4711",
        };
        using (var squatting = await form.Send(house, new(filled) { ["Change.Id"] = $"{DerivedId.Of(from.Id.Value, "x")}" }))
            Assert.Equal(400, (int)squatting.StatusCode);

        using var done = await form.Send(house, filled);
        Assert.True((int)done.StatusCode < 400, $"{done.StatusCode}");
    }

    [Theory, EachDatabase]
    public async Task What_follows_from_something_is_named_in_an_address_as_before(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cookie = await house.SignIn(await house.Someone(Role.CountyOfficer, new(Village.X.At(AreaLevel.County))));
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        var entry = DerivedId.Of(house.NewId(), Reasons.VisitCredited);

        Assert.Equal(404, await house.StatusOf(HttpMethod.Get, $"/api/v1/ledger/transactions/{entry}", cookie));
        Assert.Equal(
            (404, "ledger.transaction-not-found"),
            await Said(house, $"/api/v1/ledger/reversals/{house.NewId()}", cookie, new { transaction = entry, reason = "WrongAmount" }));

        // One address that is only read ends with the id of a look the reader made.
        Assert.Equal(400, await house.StatusOf(HttpMethod.Get, $"/api/v1/people/{house.NewId()}/files/{entry}", cadre));
    }

    /// <summary>So that an endpoint of tomorrow falls under the rule, or says here why it need not.</summary>
    [Theory, EachDatabase]
    public async Task Every_put_has_its_own_id_at_the_end_of_its_address_or_in_its_body(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Postgres) return;
        await using var house = await OpenHouse.On(database);

        // The acts whose own ids follow from the records they are about.
        string[] following = ["TakeRoster", "UndoImport", "UndoMerge"];
        var puts = house.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("PUT") == true).ToList();
        var without = puts.Where(e => FreshIds.LastOf(e) is null && !TakesBodyWithId(e))
            .Select(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName);

        Assert.True(puts.Count > 70, $"{puts.Count}");
        Assert.Equal(following, without.Order());
    }

    private static bool TakesBodyWithId(RouteEndpoint put) =>
        put.Metadata.GetMetadata<MethodInfo>()!.GetParameters().Any(p => FreshIds.IdOf(p.ParameterType) is not null);

    private static async Task<(int Status, string? Code)> Said(OpenHouse house, string path, string? cookie, object body)
    {
        using var answer = await house.Send(HttpMethod.Put, path, cookie, body);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        return ((int)answer.StatusCode, problem.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    /// <summary>A volunteer with hours, signed in, and a relative.</summary>
    private static async Task<(string Cookie, Person From, Person To)> Two(OpenHouse house)
    {
        var giver = await house.Someone(Role.Volunteer, new(Village.X), PersonRoles.Volunteer);
        var relative = house.NewPerson(Village.X, PersonRoles.Volunteer);
        await house.Add(relative);
        await house.Add(new Relation(Id<Relation>.New(house.Clock), Village.X, giver.Person.Id, relative.Id, RelationKind.Child));
        await house.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(Actor.System(Village.X));
                foreach (var (person, minutes) in new[] { (giver.Person, 100), (relative, 1) })
                {
                    var (bank, own) = (AccountKey.OfOutside(Book.Hours, Village.X), AccountKey.OfPerson(Book.Hours, person.Id, Village.X));
                    var all = await unit.Books.Take(Ct, bank, own);
                    var slip = new Slip(Id<Transaction>.New(house.Clock), Village.X, "test.given", unit.Now);
                    _ = (await unit.Post(slip, all[bank], all[own], minutes, Ct)).Value;
                }

                return new(true, true);
            },
            Ct);
        return (await house.SignIn(giver), giver.Person, relative);
    }
}
