using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>A month of paper signatures on one screen.</summary>
public sealed partial class SignatureTests
{
    private const int Elders = 40, Volunteers = 14, Visits = 1200, Exceptions = 24;

    // What a cadre does: opens the page, ticks each exception, saves. Everything else is comparing paper and screen.
    private const int InteractionsAllowed = 1 + Exceptions + 1;

    [Theory, EachDatabase]
    public async Task A_month_of_1200_visits_costs_a_cadre_two_clicks_and_one_tick_for_each_missing_signature(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        house.Clock.SetUtcNow(new(2026, 4, 3, 9, 0, 0, TimeSpan.FromHours(8)));
        await Fill(house);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));

        var (page, antiforgery) = await Open(house, "/visits/signatures", cadre);
        var boxes = Box().Matches(page).Select(m => m.Groups["id"].Value).ToList();
        Assert.Equal(Visits, boxes.Count);
        var saves = Form().Count(page);
        var missing = boxes.Where((_, i) => i % (Visits / Exceptions) == 0).ToList();
        Assert.Equal(InteractionsAllowed, 1 + missing.Count + saves);

        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.Found, await Save(house, page, $"{cadre}; {antiforgery}", missing));
        TestContext.Current.TestOutputHelper?.WriteLine($"{database}: {Visits - Exceptions} visits in {watch.ElapsedMilliseconds} ms");

        var left = await house.Get<Workspace>().Read(Actor.System(AreaCode.Nation), db =>
            db.Visits.Where(v => v.State == VisitState.Recorded).Select(v => v.Id).ToListAsync());
        Assert.Equal(missing.Order(), left.Select(id => id.ToString()).Order());
        (page, _) = await Open(house, "/visits/signatures", cadre);
        Assert.Equal(Exceptions, Box().Count(page));
    }

    [Theory, EachDatabase]
    public async Task The_same_list_twelve_times_at_once_confirms_each_visit_once(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        _ = (await day.Record(day.Call(120, 100))).Value;
        _ = (await day.Record(day.Call(60, 20) with { Others = [day.Husband.Id] })).Value;
        var cadre = day.Village.As(await day.Village.With("赵主任", PersonRoles.Official), Role.VillageCadre);
        var command = new VerifyList.Command(day.NewVisit().Value, [.. (await day.Visits()).Select(v => v.Id)]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => day.Village.Get<VerifyList>().Run(command, cadre, default)));

        Assert.All(answers, a => Assert.Equal((3, 0), (a.Value.Verified, a.Value.Before)));
        Assert.All(
            await day.Visits(), v => Assert.Equal((VerificationWay.PaperList, cadre.Person), (v.VerifiedHow!.Value, v.VerifiedBy!.Value)));
        var again = await day.Village.Get<VerifyList>().Run(command with { CommandId = day.NewVisit().Value }, cadre, default);
        Assert.Equal((0, 3), (again.Value.Verified, again.Value.Before));
        Assert.Equal(3, await day.Village.Get<Workspace>().Read(day.Village.House, db => db.Outbox.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task Nobody_confirms_their_own_visits_by_a_list_and_none_are_confirmed_with_them(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        _ = (await day.Record(day.Call(120, 100))).Value;
        var self = day.Volunteer with { Role = Role.VillageCadre, Reach = Reach.Area };

        Assert.Empty((await day.Village.Get<SignatureList>().Run(new(day.Village.Today), self, default)).Value.Sheets);
        var ids = (await day.Visits()).Select(v => v.Id).ToList();
        var own = await day.Village.Get<VerifyList>().Run(new(day.NewVisit().Value, ids), self, default);

        Assert.Equal("care.own-visit", own.Refusal?.Code);
        Assert.All(await day.Visits(), v => Assert.Equal(VisitState.Recorded, v.State));
    }

    [Theory, EachDatabase]
    public async Task The_backlog_tells_how_old_what_waits_has_become(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        foreach (var days in new[] { 2, 10, 20, 25 })
            _ = (await day.Record(day.Call((days * 1440) + 30, days * 1440))).Value;
        var cadre = day.Village.As(await day.Village.With("赵主任", PersonRoles.Official), Role.VillageCadre);

        var view = (await day.Village.Get<SignatureList>().Run(new(day.Village.Today), cadre, default)).Value;

        Assert.Equal(new(1, 1, 2, 0), view.Backlog);
        Assert.Equal((2, "张秀英"), (view.Rows, Assert.Single(view.Sheets).Name));
    }

    [Theory, EachDatabase]
    public async Task Whoever_writes_down_anothers_word_says_whose(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var visit = (await day.Record(day.Call(120, 100))).Value.Id;
        var cadre = day.Village.As(await day.Village.With("赵主任", PersonRoles.Official), Role.VillageCadre);
        var verify = day.Village.Get<VerifyVisit>();
        var command = new VerifyVisit.Command(day.NewVisit().Value, visit, VerificationWay.Elder);

        Assert.Equal("care.witness-needed", (await verify.Run(command, cadre, default)).Refusal?.Code);
        _ = (await verify.Run(command with { Witness = "李大娘" }, cadre, default)).Value;

        var proof = (await day.Village.Get<VisitSheet>().Run(visit, cadre, default)).Value.Proof!;
        Assert.Equal(("赵主任", "李大娘", VerificationWay.Elder), (proof.ByName, proof.Witness, proof.How));
    }

    /// <summary>A village's March: every volunteer goes from door to door.</summary>
    private static async Task Fill(OpenHouse house)
    {
        var elders = Enumerable.Range(0, Elders).Select(_ => house.NewPerson(Village.X, PersonRoles.Elder)).ToList();
        var volunteers = Enumerable.Range(0, Volunteers).Select(_ => house.NewPerson(Village.X, PersonRoles.Volunteer)).ToList();
        var visits = Enumerable.Range(0, Visits).Select(i =>
        {
            var day = new DateOnly(2026, 3, 1).AddDays(i / Elders);
            var (elder, start) = (elders[i % Elders], Days.At(day, new(8, 0)).AddMinutes(i % Elders * 15));
            var call = new Call(volunteers[i % Volunteers].Id, [elder.Id], start, start.AddMinutes(14));
            var id = Id<Visit>.New(house.Clock);
            return Visit.Record(
                new(id, call.Volunteer, call.EndedAt, _ => id), call, CareDay.Well,
                new Dictionary<Id<Person>, Seat> { [elder.Id] = new(Village.X, null) }, new(720, ServiceItems.Visit, 7)).Value[0];
        });
        await house.Add([.. elders, .. volunteers, .. visits]);
    }

    private static async Task<(string Page, string Antiforgery)> Open(OpenHouse house, string path, string cookie)
    {
        using var answer = await house.Send(HttpMethod.Get, path, cookie);
        answer.EnsureSuccessStatusCode();
        var set = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [];
        var antiforgery = set.FirstOrDefault(c => c.Contains("Antiforgery", StringComparison.Ordinal))?.Split(';')[0] ?? "";
        return (await answer.Content.ReadAsStringAsync(), antiforgery);
    }

    private static async Task<HttpStatusCode> Save(OpenHouse house, string page, string cookies, IEnumerable<string> missing)
    {
        var fields = Hidden().Matches(page).Select(m => KeyValuePair.Create(m.Groups["name"].Value, m.Groups["value"].Value))
            .Where(f => f.Key is "_handler" or "__RequestVerificationToken" || f.Key.StartsWith("Input.", StringComparison.Ordinal))
            .Concat(missing.Select(m => KeyValuePair.Create("Missing", m)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/visits/signatures") { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Cookie", cookies);
        using var answer = await house.Client.SendAsync(request);
        return answer.StatusCode;
    }

    [GeneratedRegex("""<input[^>]*type="checkbox"[^>]*name="Missing" value="(?<id>[^"]+)"|<input[^>]*type="checkbox" id="(?<id>[^"]+)" name="Missing" """)]
    private static partial Regex Box();

    [GeneratedRegex("<form[^>]*method=\"post\"[^>]*>\\s*<input type=\"hidden\" name=\"_handler\" value=\"signatures\"")]
    private static partial Regex Form();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" """)]
    private static partial Regex Hidden();
}
