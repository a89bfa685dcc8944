using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Web;
using Xunit;

namespace Shouwang.EndToEndTests.Thread;

/// <summary>A house with the county's areas, its officials and nobody else yet, on the last day of a month; its clock can be set on.
/// </summary>
public sealed class MonthHouse : IAsyncLifetime
{
    private static readonly AreaCode s_village = new(990101_100_201);

    private readonly string _folder = Directory.CreateTempSubdirectory("shouwang-month-").FullName;
    private readonly SetOnClock _clock = new();
    private WebApplication? _app;

    public Uri Address { get; private set; } = null!;

    /// <summary>The month that is lived through.</summary>
    public DateOnly Month { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var today = Days.Of(TimeProvider.System.GetUtcNow());
        Month = new(today.Year, today.Month, 1);
        _clock.SetTo(Days.At(Month.AddMonths(1).AddDays(-1), new(10, 0)));
        _app = ShouwangHost.Build(new HouseSite(_folder), new("http://127.0.0.1:0", _clock, IsDemo: true));
        await _app.Services.GetRequiredService<Store>().Prepare(CancellationToken.None);
        await SampleFiles.ImportAreas(_app.Services, CancellationToken.None);
        var nobody = new DemoSignIns.Cast(new Dictionary<Role, Id<Person>>(), null);
        _ = (await _app.Services.GetRequiredService<DemoSignIns>().Run(
            new(NewId(), nobody), Actor.System(s_village.At(AreaLevel.County)), CancellationToken.None)).Value;
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Two days on, it is the next month.</summary>
    public void LetTheMonthEnd() => _clock.SetTo(Days.At(Month.AddMonths(1).AddDays(1), new(9, 0)));

    /// <summary>A paired volunteer and a relative of one of their elders, neither with an account yet.</summary>
    public Task<(Id<Person> Volunteer, Id<Person> Relative, Id<Person> Elder)> Cast() =>
        _app!.Services.GetRequiredService<Workspace>().Read(Actor.System(s_village), async db =>
        {
            var found = await (
                from pair in db.Pairs
                where pair.State == PairState.Active
                join relation in db.Relations on pair.Elder equals relation.Elder
                where relation.Relative != pair.Volunteer
                where !db.Posts.Any(p => p.Person == pair.Volunteer || p.Person == relation.Relative)
                orderby pair.Id, relation.Id
                select new { pair.Volunteer, relation.Relative, pair.Elder }).FirstAsync();
            return (found.Volunteer, found.Relative, found.Elder);
        });

    /// <summary>The cadre hands out a slip, and its owner sets a password with it. Returns the name to sign in with.</summary>
    public async Task<string> HandOut(Id<Person> person, Role role)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = Address };
        using var session = await http.PutAsJsonAsync(
            $"/api/v1/sessions/{NewId()}", new { name = "CADRE", password = DemoSignIns.Password });
        http.DefaultRequestHeaders.Add("Cookie", session.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        var slip = await Put(
            http, $"/api/v1/accounts/{NewId()}", new { person = person.Value, role = role.ToString(), area = s_village.ToString() });
        var (name, code) = (slip.GetProperty("name").GetString()!, slip.GetProperty("code").GetString()!);
        await Put(http, $"/api/v1/slips/{NewId()}", new { name, slip = code, newPassword = DemoSignIns.Password });
        return name;
    }

    private Guid NewId() => Id<Person>.New(_clock).Value;

    private static async Task<JsonElement> Put(HttpClient http, string path, object body)
    {
        using var answer = await http.PutAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>A clock that runs as clocks do and can be set on.</summary>
    private sealed class SetOnClock : TimeProvider
    {
        private TimeSpan _ahead;

        public void SetTo(DateTimeOffset moment) => _ahead = moment - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
    }
}
