using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;
using static Shouwang.IntegrationTests.Infrastructure.PageForm;

namespace Shouwang.IntegrationTests.Care;

/// <summary>A call for help is heard at once by those who answer it, and kept, whatever the database does.</summary>
public sealed class AlarmTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_call_opens_the_sheet_and_is_heard_by_who_answers_there_and_by_nobody_else(TestDatabase database)
    {
        await using var home = await Home.On(database);
        var seen = (await home.Hear(home.Cadre)).Version;
        var waiting = home.Hear(home.Cadre, seen, wait: 20);

        using var answer = await home.Call(home.House.NewId());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var incident = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString();
        var heard = Assert.Single((await waiting.WaitAsync(TimeSpan.FromSeconds(10), Ct)).Alarms);
        Assert.Equal((incident, "李桂兰", "溪口村", "张秀英"), (heard.Incident, heard.ElderName, heard.PlaceName, heard.ByName));
        Assert.Single((await home.Hear(home.Helper)).Alarms);
        Assert.Empty((await home.Hear(home.CadreBeside)).Alarms);
        Assert.Empty((await home.Hear(home.HelperOfOthers)).Alarms);
        Assert.Equal(403, await home.House.StatusOf(HttpMethod.Get, "/api/v1/alarms", home.Auditor));
    }

    [Theory, EachDatabase]
    public async Task While_nothing_can_be_stored_a_call_is_out_and_kept_and_afterwards_it_is_stored_once(TestDatabase database)
    {
        await using var home = await Home.On(database);
        home.Disk.IsAway = true;
        home.House.Clock.Advance(TimeSpan.FromMinutes(1));
        _ = await home.Hear(home.Cadre);
        var (id, calledAt) = (home.House.NewId(), home.House.Clock.GetUtcNow());

        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var kept = await home.Call(id);
            Assert.Equal(HttpStatusCode.Accepted, kept.StatusCode);
            Assert.Equal(1, (await kept.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("shownTo").GetInt32());
        }

        var heard = Assert.Single((await home.Hear(home.Cadre)).Alarms);
        Assert.Equal((null, "李桂兰"), (heard.Incident, heard.ElderName));
        await Assert.ThrowsAsync<StorageUnavailable>(() => home.Watch.Settle(Ct));

        home.Disk.IsAway = false;
        home.House.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(1, await home.Watch.Settle(Ct));
        Assert.Equal(0, await home.Watch.Settle(Ct));

        var stored = await home.House.Get<Workspace>().Read(Actor.System(AreaCode.Nation), db => db.Incidents.SingleAsync(Ct));
        Assert.Equal((calledAt, home.HelperPerson.Id), (stored.OpenedAt, stored.Steps[0].By));
        Assert.Equal(stored.Id.ToString(), Assert.Single((await home.Hear(home.Cadre)).Alarms).Incident);
        using var again = await home.Call(id);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory, EachDatabase]
    public async Task Where_storing_hangs_the_call_is_out_after_its_patience(TestDatabase database)
    {
        await using var home = await Home.On(database);
        home.Disk.Hangs = true;
        var calling = home.Call(home.House.NewId());
        for (var i = 0; i < 100 && !calling.IsCompleted; i++)
        {
            home.House.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(50, Ct);
        }

        using var kept = await calling;
        Assert.Equal(HttpStatusCode.Accepted, kept.StatusCode);
        Assert.Single(home.House.Get<AlarmJournal>().Waiting);
    }

    [Theory, EachDatabase]
    public async Task A_call_that_waits_survives_the_process_and_goes_out_again_from_the_next(TestDatabase database)
    {
        await using (var home = await Home.On(database))
        {
            home.Disk.IsAway = true;
            using var kept = await home.Call(home.House.NewId());
            Assert.Equal(HttpStatusCode.Accepted, kept.StatusCode);
        }

        await using var next = await OpenHouse.On(database);
        next.Get<AlarmJournal>().Open();
        Assert.Single(next.Get<AlarmJournal>().Waiting);
        Assert.Equal(1, await next.Get<AlarmWatch>().Settle(Ct));
        Assert.Equal(1, await next.Get<Workspace>().Read(Actor.System(AreaCode.Nation), db => db.Incidents.CountAsync(Ct)));
        Assert.Empty(next.Get<AlarmJournal>().Waiting);
    }

    [Theory, EachDatabase]
    public async Task For_whom_one_may_not_call_nothing_is_kept_and_nothing_goes_out(TestDatabase database)
    {
        await using var home = await Home.On(database);
        using (var refused = await home.Call(home.House.NewId(), home.Stranger, home.HelperOfOthers))
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        home.Disk.IsAway = true;

        foreach (var (elder, cookie) in new[]
        {
            (home.Elder, home.HelperOfOthers), (home.Stranger, home.Helper), (home.Elder, home.CadreBeside),
        })
        {
            using var answer = await home.Call(home.House.NewId(), elder, cookie);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }

        Assert.Empty(home.House.Get<AlarmJournal>().Waiting);
        Assert.Empty((await home.Hear(home.Cadre)).Alarms);
    }

    [Theory, EachDatabase]
    public async Task What_was_found_on_a_visit_is_heard_at_the_next_look_and_ends_with_its_sheet(TestDatabase database)
    {
        await using var home = await Home.On(database);
        var incident = Incident.Open(
            Id<Incident>.New(home.House.Clock), Village.X, home.Elder.Id, null, new(home.HelperPerson.Id, home.House.Clock.GetUtcNow()));
        await home.House.Add(incident);
        Assert.Empty((await home.Hear(home.Cadre)).Alarms);

        await home.Watch.Look(Ct);
        Assert.Equal(incident.Id.ToString(), Assert.Single((await home.Hear(home.Cadre)).Alarms).Incident);

        using (var closed = await home.House.Send(
            HttpMethod.Put, $"/api/v1/incidents/{incident.Id}/closings/{home.House.NewId()}", home.Cadre, new { result = "Settled" }))
            Assert.Equal(HttpStatusCode.OK, closed.StatusCode);
        await home.Watch.Look(Ct);
        Assert.Empty((await home.Hear(home.Cadre)).Alarms);
    }

    [Theory, EachDatabase]
    public async Task While_the_database_is_away_the_pages_that_call_for_help_open_and_the_others_lead_there(TestDatabase database)
    {
        await using var home = await Home.On(database);
        home.Disk.IsAway = true;

        using var today = await home.House.Send(HttpMethod.Get, "/today", home.Helper);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, today.StatusCode);
        Assert.Contains("href=\"/emergency\"", await today.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        var list = await Page(home.House, "/emergency", home.Helper);
        Assert.Contains($"/elders/{home.Elder.Id}/emergency", list, StringComparison.Ordinal);
        Assert.DoesNotContain($"{home.Stranger.Id}", list, StringComparison.Ordinal);
        Assert.Contains($"{home.Stranger.Id}", await Page(home.House, "/emergency", home.Cadre), StringComparison.Ordinal);

        var form = await PageForm.Open(home.House, $"/elders/{home.Elder.Id}/emergency", "emergency", home.Helper);
        using var sent = await form.Send(home.House, []);
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var told = await Page(home.House, sent.Headers.Location!.OriginalString, home.Helper);
        foreach (var said in new[] { "李桂兰：报警已经发出", "现在没有人开着屏幕。请马上打电话给村干部。", "href=\"tel:120\"" })
            Assert.Contains(said, told, StringComparison.Ordinal);

        // Whoever was not signed in lately is not known without the database.
        home.House.Clock.Advance(home.House.Get<SignInRules>().AlarmGrace);
        Assert.Equal(503, await home.House.StatusOf(HttpMethod.Get, "/emergency", home.Helper));
    }

    [Theory, EachDatabase]
    public async Task Whoever_was_revoked_or_lost_the_post_is_not_remembered_for_the_time_without_the_database(TestDatabase database)
    {
        await using var home = await Home.On(database);
        foreach (var path in new[] { "sessions", "posts" })
        {
            var officer = await home.House.Someone(Role.VillageCadre, new(Village.X));
            var cookie = await home.House.SignIn(officer);
            Assert.Equal(200, await home.House.StatusOf(HttpMethod.Get, "/emergency", cookie));
            var session = await home.House.Get<Workspace>().Read(Actor.System(AreaCode.Nation), db => db.SignInSessions
                .Where(s => s.Person == officer.Person.Id).Select(s => s.Id).SingleAsync(Ct));
            var end = path == "posts" ? $"/api/v1/posts/{officer.Post.Id}" : $"/api/v1/sessions/{session}";
            Assert.Equal(200, await home.House.StatusOf(HttpMethod.Delete, end, home.Township));

            await home.House.Get<SessionBook>().Review(Ct);
            home.Disk.IsAway = true;
            Assert.Equal(503, await home.House.StatusOf(HttpMethod.Get, "/emergency", cookie));
            Assert.Equal(200, await home.House.StatusOf(HttpMethod.Get, "/emergency", home.Cadre));
            home.Disk.IsAway = false;
        }
    }

    [Theory, EachDatabase]
    public async Task Of_many_alarms_at_once_a_screen_shows_the_newest_and_who_asks_hears_each(TestDatabase database)
    {
        await using var home = await Home.On(database);
        var board = home.House.Get<AlarmBoard>();
        for (var i = 0; i < 25; i++)
        {
            board.Raise(new(
                Id<Incident>.New(home.House.Clock), home.Elder.Id, home.Elder.Area, home.Elder.Id, home.House.Clock.GetUtcNow(), false));
        }

        var (shown, all) = (await home.Hear(home.Cadre), await home.Hear(home.Cadre, rows: 200));
        Assert.Equal((20, 5), (shown.Alarms.Count, shown.More));
        Assert.Equal((25, 0), (all.Alarms.Count, all.More));
    }

    [Theory, EachDatabase]
    public async Task That_nothing_can_be_stored_is_told_after_ten_seconds_and_ends_with_the_first_that_can(TestDatabase database)
    {
        await using var home = await Home.On(database);
        var began = home.House.Clock.GetUtcNow();
        home.Disk.IsFull = true;
        for (var second = 0; second <= 10; second++)
        {
            using var kept = await home.Call(home.House.NewId());
            await home.Watch.LookAtTheBooks(Ct);
            Assert.Equal(second < 10 ? null : began, (await home.Hear(home.Cadre)).StuckSince);
            home.House.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        home.Disk.IsFull = false;
        await home.Watch.LookAtTheBooks(Ct);
        Assert.NotNull((await home.Hear(home.Cadre)).StuckSince);
        Assert.Equal(11, await home.Watch.Settle(Ct));
        await home.Watch.LookAtTheBooks(Ct);
        Assert.Null((await home.Hear(home.Cadre)).StuckSince);
        Assert.Single((await home.Hear(home.Cadre)).Alarms);
    }

    [Theory, EachDatabase]
    public async Task An_open_page_that_listens_keeps_nobody_signed_in(TestDatabase database)
    {
        await using var home = await Home.On(database);
        var idle = home.House.Get<SignInRules>().IdleLimit(onPhone: false);
        for (var rested = TimeSpan.Zero; rested < idle; rested += idle / 4)
        {
            home.House.Clock.Advance(idle / 4);
            _ = await home.House.StatusOf(HttpMethod.Get, "/api/v1/alarms", home.Cadre);
        }

        Assert.Equal(401, await home.House.StatusOf(HttpMethod.Get, "/api/v1/alarms", home.Cadre));
    }

    /// <summary>An elder and her helper, the cadres of her village and of the next, and a disk that can be away.</summary>
    private sealed class Home : IAsyncDisposable
    {
        public required OpenHouse House { get; init; }

        public required FullDisk Disk { get; init; }

        public required Person Elder { get; init; }

        public required Person Stranger { get; init; }

        public required Person HelperPerson { get; init; }

        public required string Helper { get; init; }

        public required string HelperOfOthers { get; init; }

        public required string Cadre { get; init; }

        public required string Township { get; init; }

        public required string CadreBeside { get; init; }

        public required string Auditor { get; init; }

        public AlarmWatch Watch => House.Get<AlarmWatch>();

        public static async Task<Home> On(TestDatabase database)
        {
            var disk = new FullDisk();
            var house = await OpenHouse.On(database, services => services.AddSingleton<Store>(
                s => new ThinStore(Village.SiteOf(database).OpenStore(s.GetRequiredService<TimeProvider>()), disk)));
            var (elder, stranger) = (house.NewPerson(Village.X, PersonRoles.Elder, "李桂兰"), house.NewPerson(Village.X, PersonRoles.Elder));
            var helper = house.NewPerson(Village.X, PersonRoles.Volunteer, "张秀英");
            var pair = new Pair(Id<Pair>.New(house.Clock), Village.X, elder.Id, helper.Id, null);
            _ = pair.Accept(house.Today).Value;
            await house.Add(
                Domain.Areas.Area.Enter(Village.X, "溪口村", new(2020, 1, 1)).Value, elder, stranger, helper, pair);
            var home = new Home
            {
                House = house, Disk = disk, Elder = elder, Stranger = stranger, HelperPerson = helper,
                Helper = await house.SignIn(await house.Employ(helper, Role.Volunteer, new(Village.X))),
                HelperOfOthers = await house.SignIn(await house.Someone(Role.Volunteer, new(Village.X), PersonRoles.Volunteer)),
                Cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X))),
                Township = await house.SignIn(await house.Someone(Role.TownshipOfficer, new(Village.X.Parent))),
                CadreBeside = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.Beside))),
                Auditor = await house.SignIn(await house.Someone(Role.Auditor, new(Village.X))),
            };
            await house.Get<AlarmRoll>().Read(Ct);

            // Everyone has been seen once, as on any day.
            foreach (var cookie in new[] { home.Helper, home.HelperOfOthers, home.Cadre, home.CadreBeside })
                Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/emergency", cookie));
            return home;
        }

        public Task<HttpResponseMessage> Call(Guid id, Person? elder = null, string? cookie = null) =>
            House.Send(HttpMethod.Put, $"/api/v1/elders/{(elder ?? Elder).Id}/incidents/{id}", cookie ?? Helper);

        public async Task<Heard> Hear(string cookie, long seen = 0, int wait = 0, int rows = HearAlarms.OnScreen)
        {
            using var answer = await House.Send(HttpMethod.Get, $"/api/v1/alarms?seen={seen}&wait={wait}&rows={rows}", cookie);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync<Heard>(Ct))!;
        }

        public ValueTask DisposeAsync() => House.DisposeAsync();
    }

    private sealed record Heard(long Version, IReadOnlyList<HeardAlarm> Alarms, int More, DateTimeOffset? StuckSince);

    private sealed record HeardAlarm(string? Incident, string ElderName, string PlaceName, string ByName, DateTimeOffset At);
}
