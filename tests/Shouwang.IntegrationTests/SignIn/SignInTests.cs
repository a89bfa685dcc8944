using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.SignIn;

public sealed class SignInTests
{
    private static readonly Workplace s_village = new(Village.X);

    [Theory, EachDatabase]
    public async Task A_revoked_session_is_answered_no_more_from_the_next_request_on(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.Someone(Role.VillageCadre, s_village);
        var (lost, kept) = (await house.SignIn(cadre), await house.SignIn(cadre));
        var sessions = (await Json(house, "/api/v1/me", kept)).GetProperty("sessions").EnumerateArray()
            .Select(s => s.GetProperty("id").GetGuid()).ToList();
        Assert.Equal(2, sessions.Count);

        foreach (var session in sessions.Where(s => s != sessions[0]))
        {
            Assert.Equal(200, await house.StatusOf(HttpMethod.Delete, $"/api/v1/sessions/{session}", kept));
        }

        int[] statuses = [await house.StatusOf(HttpMethod.Get, "/api/v1/me", lost),
            await house.StatusOf(HttpMethod.Get, "/api/v1/me", kept)];
        Assert.Equal([200, 401], statuses.Order());
    }

    [Theory, EachDatabase]
    public async Task Of_thirty_wrong_passwords_at_once_ten_are_checked_and_the_right_one_waits_for_the_window(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.Someone(Role.VillageCadre, s_village);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => house.TrySignIn(cadre.SignInName, $"wrong guess {i}")));

        Assert.Equal(10, answers.Count(a => (int)a.StatusCode == 400));
        Assert.Equal(20, answers.Count(a => (int)a.StatusCode == 429));
        Assert.Equal(429, (int)(await house.TrySignIn(cadre.SignInName, OpenHouse.Password)).StatusCode);
        house.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(200, (int)(await house.TrySignIn(cadre.SignInName, OpenHouse.Password)).StatusCode);
        await using var db = house.Get<Store>().Read();
        db.Look(Actor.System(AreaCode.Nation));
        var events = await db.SecurityEvents.GroupBy(e => e.Code)
            .ToDictionaryAsync(g => g.Key, g => g.Count(), TestContext.Current.CancellationToken);
        Assert.Equal(10, events["signin.no-match"]);
        Assert.Equal(1, events["signin.locked"]);
    }

    [Theory, EachDatabase]
    public async Task A_slip_sets_a_password_once_and_not_after_a_day(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, s_village));
        var helper = await house.Someone(Role.Volunteer, s_village);
        var helperCookie = await house.SignIn(helper);

        var slip = await Print(house, cadre, helper);
        Assert.Equal(200, await Redeem(house, helper, slip, "another word 9"));
        Assert.Equal(400, await Redeem(house, helper, slip, "a third word 9"));
        Assert.Equal(401, await house.StatusOf(HttpMethod.Get, "/api/v1/me", helperCookie));
        Assert.Equal(400, (int)(await house.TrySignIn(helper.SignInName, OpenHouse.Password)).StatusCode);
        Assert.Equal(200, (int)(await house.TrySignIn(helper.SignInName, "another word 9")).StatusCode);

        var late = await Print(house, cadre, helper);
        house.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(400, await Redeem(house, helper, late, "a third word 9"));
    }

    [Theory, EachDatabase]
    public async Task The_same_slip_is_printed_when_the_cadre_presses_twice(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, s_village));
        var body = new { newcomer = new { name = "示新人", sex = "Male", born = "1980-05-01" }, role = "Volunteer",
            area = Village.X.ToString() };
        var path = $"/api/v1/accounts/{house.NewId()}";

        var first = await Read(await house.Send(HttpMethod.Put, path, cadre, body));
        var second = await Read(await house.Send(HttpMethod.Put, path, cadre, body));

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(9, first.GetProperty("name").GetString()!.Length);
        Assert.Equal(2, (await Json(house, "/api/v1/accounts", cadre)).GetProperty("lines").GetArrayLength());
    }

    [Theory, EachDatabase]
    public async Task Nobody_is_both_auditor_and_administrator_and_nobody_gives_a_post_above_their_own(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var county = Village.X.At(AreaLevel.County);
        var admin = await house.SignIn(await house.Someone(Role.SystemAdministrator, new(county)));
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, s_village));
        var auditor = await house.Someone(Role.Auditor, new(county));
        var helper = await house.Someone(Role.Volunteer, s_village);

        Assert.Equal("signin.posts-clash", await Grant(house, admin, auditor, "SecurityAdministrator", county));
        Assert.Equal("signin.not-grantable", await Grant(house, cadre, helper, "TownshipOfficer", Village.X));
        Assert.Equal("common.not-found", await Grant(house, cadre, auditor, "Volunteer", Village.X));
        Assert.Null(await Grant(house, cadre, helper, "Family", Village.X));
    }

    [Theory, EachDatabase]
    public async Task A_session_ends_when_its_post_ends_and_when_it_has_rested_too_long(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, s_village));
        var helper = await house.Someone(Role.Volunteer, s_village);
        var cookie = await house.SignIn(helper);

        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/api/v1/me", cookie));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Delete, $"/api/v1/posts/{helper.Post.Id}", cadre));
        Assert.Equal(401, await house.StatusOf(HttpMethod.Get, "/api/v1/me", cookie));

        house.Clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/api/v1/me", cadre));
        house.Clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/api/v1/me", cadre));
        house.Clock.Advance(TimeSpan.FromHours(13));
        Assert.Equal(401, await house.StatusOf(HttpMethod.Get, "/api/v1/me", cadre));
    }

    [Theory, EachDatabase]
    public async Task The_sign_in_name_is_nowhere_in_the_database_in_plain_form(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var bearer = await house.Someone(Role.VillageCadre, s_village);
        _ = await house.SignIn(bearer);
        await using var connection = await database.Open(TestContext.Current.CancellationToken);
        foreach (var (table, column) in new[] { ("signin_account", "UserName"), ("signin_account", "NormalizedUserName"),
            ("audit_entry", "Answered"), ("audit_entry", "Asked") })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM {table} WHERE \"{column}\" LIKE '%{bearer.SignInName}%'";
            Assert.Equal(0L, Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken),
                System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Theory, EachDatabase]
    public async Task A_form_signs_in_and_a_refused_one_says_why_with_the_same_status(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var bearer = await house.Someone(Role.VillageCadre, s_village);

        using var wrong = await Post(house, bearer.SignInName, "not the password");
        using var right = await Post(house, bearer.SignInName, OpenHouse.Password);

        Assert.Equal(400, (int)wrong.StatusCode);
        Assert.Contains("登录名或密码不对。", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(302, (int)right.StatusCode);
        Assert.EndsWith("/audit", right.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> Post(OpenHouse house, string name, string password)
    {
        using var page = await house.Send(HttpMethod.Get, "/sign-in?return=/audit", null);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var fields = System.Text.RegularExpressions.Regex.Matches(html, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
            .Where(m => m.Groups[1].Value is "_handler" or "__RequestVerificationToken" or "Input.Id")
            .ToDictionary(m => m.Groups[1].Value, m => System.Net.WebUtility.HtmlDecode(m.Groups[2].Value));
        fields["Input.Name"] = name;
        fields["Input.Password"] = password;
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "/sign-in?return=/audit") { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Cookie", string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0])));
        return await house.Client.SendAsync(request);
    }

    private static async Task<string> Print(OpenHouse house, string cadre, Bearer helper) =>
        (await Read(await house.Send(HttpMethod.Put, $"/api/v1/accounts/{helper.Account.Id}/slips/{house.NewId()}", cadre)))
            .GetProperty("code").GetString()!;

    private static Task<int> Redeem(OpenHouse house, Bearer bearer, string slip, string newPassword) =>
        house.StatusOf(HttpMethod.Put, $"/api/v1/slips/{house.NewId()}", null, new { name = bearer.SignInName, slip, newPassword });

    private static async Task<string?> Grant(OpenHouse house, string cookie, Bearer bearer, string role, AreaCode area)
    {
        var path = $"/api/v1/accounts/{bearer.Account.Id}/posts/{house.NewId()}";
        var answer = await Read(await house.Send(HttpMethod.Put, path, cookie, new { role, area = area.ToString() }));
        return answer.TryGetProperty("code", out var code) ? code.GetString() : null;
    }

    private static async Task<JsonElement> Json(OpenHouse house, string path, string cookie) =>
        await Read(await house.Send(HttpMethod.Get, path, cookie));

    private static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        using (answer) return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
