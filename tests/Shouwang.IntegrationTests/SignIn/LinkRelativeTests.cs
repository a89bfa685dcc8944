using System.Net.Http.Json;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.SignIn;

/// <summary>A child who lives far away is let in by a slip that the cadre prints.</summary>
public sealed class LinkRelativeTests
{
    [Theory, EachDatabase]
    public async Task A_relative_signs_in_with_the_printed_slip_and_sees_the_elder_alone(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (cadre, relation) = await Related(house, RelationKind.Child);
        var stranger = house.NewPerson(Village.X, PersonRoles.Elder);
        await house.Add(stranger);

        var link = $"/api/v1/relations/{relation.Id}/links/{house.NewId()}";
        var slip = await Read(await house.Send(HttpMethod.Put, link, cadre));
        Assert.Equal(slip.GetRawText(), (await Read(await house.Send(HttpMethod.Put, link, cadre))).GetRawText());
        var (name, code) = (slip.GetProperty("name").GetString()!, slip.GetProperty("code").GetString()!);
        Assert.Equal(200, await house.StatusOf(HttpMethod.Put, $"/api/v1/slips/{house.NewId()}", null,
            new { name, slip = code, newPassword = "a fresh word 9" }));
        using var answer = await house.TrySignIn(name, "a fresh word 9");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("shouwang.session", StringComparison.Ordinal));

        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, $"/api/v1/people/{relation.Elder}", cookie.Split(';')[0]));
        Assert.Equal(404, await house.StatusOf(HttpMethod.Get, $"/api/v1/people/{stranger.Id}", cookie.Split(';')[0]));
    }

    [Theory, EachDatabase]
    public async Task A_neighbour_is_no_kin_and_nobody_gets_two_accounts(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (cadre, neighbour) = await Related(house, RelationKind.Neighbour);
        var (_, child) = await Related(house, RelationKind.Child);

        Assert.Equal("signin.not-kin", await Code(house, cadre, neighbour));
        Assert.Null(await Code(house, cadre, child));
        Assert.Equal("signin.has-account", await Code(house, cadre, child));
    }

    [Theory, EachDatabase]
    public async Task A_relation_that_ended_or_lies_elsewhere_links_nobody(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (cadre, relation) = await Related(house, RelationKind.Child);
        var beside = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.Beside)));
        var (_, ended) = await Related(house, RelationKind.Child, house.Today);

        Assert.Equal("people.relation-not-found", await Code(house, beside, relation));
        Assert.Equal("people.relation-not-found", await Code(house, cadre, ended));
    }

    private static async Task<(string Cadre, Relation Relation)> Related(OpenHouse house, RelationKind kind, DateOnly? ended = null)
    {
        var (elder, relative) = (house.NewPerson(Village.X, PersonRoles.Elder), house.NewPerson(Village.X, PersonRoles.Family));
        var relation = new Relation(Id<Relation>.New(house.Clock), Village.X, elder.Id, relative.Id, kind);
        if (ended is { } day) _ = relation.End(day).Value;
        await house.Add(elder, relative, relation);
        return (await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X))), relation);
    }

    private static async Task<string?> Code(OpenHouse house, string cadre, Relation relation)
    {
        using var answer = await house.Send(HttpMethod.Put, $"/api/v1/relations/{relation.Id}/links/{house.NewId()}", cadre);
        var type = (await Read(answer)).TryGetProperty("type", out var said) ? said.GetString() : null;
        return type?["/problems/".Length..];
    }

    private static async Task<JsonElement> Read(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
}
