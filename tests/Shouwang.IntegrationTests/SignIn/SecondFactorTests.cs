using System.Net.Http.Json;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.SignIn;

public sealed class SecondFactorTests
{
    private static readonly Application.SignIn.Workplace s_village = new(Village.X);

    /// <summary>A county without a package of its own: the national rule holds, and officers need a second factor.</summary>
    private static readonly AreaCode s_strict = new(990102_000_000);

    [Theory, EachDatabase]
    public async Task Once_enrolled_a_sign_in_needs_the_code_and_each_code_counts_once(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.Someone(Role.VillageCadre, s_village);
        var secret = await Enrol(house, cadre);

        Assert.Equal("signin.code-needed", await CodeOf(await TrySignIn(house, cadre, null)));
        Assert.Equal("signin.code-wrong", await CodeOf(await TrySignIn(house, cadre, Now(house, secret))));
        house.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = Now(house, secret);
        Assert.Equal(200, (int)(await TrySignIn(house, cadre, code)).StatusCode);
        Assert.Equal("signin.code-wrong", await CodeOf(await TrySignIn(house, cadre, code)));
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("signin.code-wrong", await CodeOf(await TrySignIn(house, cadre, code)));
    }

    [Theory, EachDatabase]
    public async Task Guessing_codes_with_the_right_password_is_locked_like_guessing_passwords(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.Someone(Role.VillageCadre, s_village);
        var secret = await Enrol(house, cadre);

        var answers = new List<int>();
        for (var i = 0; i < 12; i++) answers.Add((int)(await TrySignIn(house, cadre, $"{i:000000}")).StatusCode);

        Assert.Equal([400, 429], answers.Distinct());
        Assert.Equal(10, answers.Count(a => a == 400));
        house.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(200, (int)(await TrySignIn(house, cadre, Now(house, secret))).StatusCode);
    }

    [Theory, EachDatabase]
    public async Task Where_the_rule_asks_for_it_an_officer_can_do_nothing_but_enrol(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var officer = await house.Someone(Role.CountyOfficer, new(s_strict));
        var volunteer = await house.SignIn(await house.Someone(Role.Volunteer, new(s_strict)));
        var cookie = await house.SignIn(officer);

        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/api/v1/me", volunteer));
        Assert.Equal(403, await house.StatusOf(HttpMethod.Get, "/api/v1/accounts", cookie));
        using (var page = await house.Send(HttpMethod.Get, "/accounts", cookie))
        {
            Assert.Equal("/me/second-factor", page.Headers.Location?.OriginalString);
        }

        using (var page = await house.Send(HttpMethod.Get, "/me/second-factor", cookie))
        {
            var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("<svg", html, StringComparison.Ordinal);
            var drawing = html[html.IndexOf("<svg", StringComparison.Ordinal)..html.IndexOf("</svg", StringComparison.Ordinal)];
            Assert.DoesNotContain(officer.Person.Name, drawing, StringComparison.Ordinal);
        }

        await Enrol(house, officer, cookie);
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/api/v1/accounts", cookie));
    }

    [Theory, EachDatabase]
    public async Task A_lost_phone_is_put_right_in_person_and_ends_the_sessions(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, s_village));
        var helper = await house.Someone(Role.Volunteer, s_village);
        var cookie = await house.SignIn(helper);
        await Enrol(house, helper, cookie);

        Assert.Equal(403, await house.StatusOf(HttpMethod.Put, Clearing(house, helper), cookie));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Put, Clearing(house, helper), cadre));
        Assert.Equal(401, await house.StatusOf(HttpMethod.Get, "/api/v1/me", cookie));
        Assert.Equal(200, (int)(await TrySignIn(house, helper, null)).StatusCode);
        Assert.Equal(409, await house.StatusOf(HttpMethod.Put, Clearing(house, helper), cadre));
    }

    [Theory, EachDatabase]
    public async Task The_secret_is_stored_sealed(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var secret = await Enrol(house, await house.Someone(Role.VillageCadre, s_village));
        await using var connection = await database.Open(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT \"Value\" FROM signin_token WHERE \"Name\" = 'factor'";
        var stored = Convert.FromBase64String((string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);

        Assert.DoesNotContain(Convert.ToHexString(secret), Convert.ToHexString(stored), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(secret), System.Text.Encoding.UTF8.GetString(stored), StringComparison.Ordinal);
    }

    private static string Clearing(OpenHouse house, Bearer bearer) =>
        $"/api/v1/accounts/{bearer.Account.Id}/factor-clearings/{house.NewId()}";

    private static string Now(OpenHouse house, byte[] secret) => OneTimeCode.Of(secret, OneTimeCode.StepAt(house.Clock.GetUtcNow()));

    /// <summary>Enrols and returns the secret; the code of this step is used up by it.</summary>
    private static async Task<byte[]> Enrol(OpenHouse house, Bearer bearer, string? cookie = null)
    {
        cookie ??= await house.SignIn(bearer);
        var id = house.NewId();
        var secret = house.Get<FactorDesk>().SecretOf(id);
        var body = new { code = Now(house, secret) };
        Assert.Equal(400, await house.StatusOf(HttpMethod.Put, $"/api/v1/me/second-factor/{house.NewId()}", cookie, body));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Put, $"/api/v1/me/second-factor/{id}", cookie, body));
        return secret;
    }

    private static Task<HttpResponseMessage> TrySignIn(OpenHouse house, Bearer bearer, string? code) => house.Send(
        HttpMethod.Put, $"/api/v1/sessions/{house.NewId()}", null,
        new { name = bearer.SignInName, password = OpenHouse.Password, code });

    private static async Task<string?> CodeOf(HttpResponseMessage answer)
    {
        using (answer)
        {
            var said = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            return said.TryGetProperty("code", out var code) ? code.GetString() : null;
        }
    }
}
