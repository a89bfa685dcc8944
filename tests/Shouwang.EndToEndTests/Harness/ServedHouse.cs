using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.People;
using Shouwang.Application.SignIn;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Web;
using Shouwang.Web.Common;
using Shouwang.Web.Layout;
using Shouwang.Web.Look;
using Xunit;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>The whole house with the demo county in it, served on a free port of this machine, with one sign-in for each role.</summary>
public sealed class ServedHouse(DemoHouse demo) : ISite, IAsyncLifetime
{
    private static readonly AreaCode s_county = new(990101_000_000);
    private static readonly Role[] s_byTaste =
    [
        Role.VillageCadre, Role.Volunteer, Role.TownshipOfficer, Role.CountyOfficer, Role.Auditor, Role.PointManager, Role.Family,
        Role.SystemAdministrator, Role.SecurityAdministrator, Role.VillageDoctor, Role.CareWorker,
    ];

    private readonly ConcurrentDictionary<string, Task<string>> _sessions = [];
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _folder = Directory.CreateTempSubdirectory("shouwang-served-").FullName;
    private WebApplication? _app;

    public string Name => "house";

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    /// <summary>The house's own pages; those of the look alone are walked through in a house of their own.</summary>
    public EndpointDataSource Endpoints => new DefaultEndpointDataSource(
        new CompositeEndpointDataSource(((IEndpointRouteBuilder)_app!).DataSources).Endpoints
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.Namespace != typeof(GalleryPage).Namespace));

    /// <summary>A page that changes its layout with the role is looked at in each kind of hand, the front page by everyone.</summary>
    public IReadOnlyList<string?> ReadersOf(RouteEndpoint page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (Access.IsPublic(page)) return [null];
        var needs = page.Metadata.GetMetadata<NeedsAttribute>()!;
        var admitted = s_byTaste.Where(needs.Admits).ToList();
        if (page.RoutePattern.RawText == "/today") return [.. admitted.Select(r => r.ToString())];
        var layout = page.Metadata.GetMetadata<ComponentTypeMetadata>()!.Type.GetCustomAttribute<LayoutAttribute>()?.LayoutType;
        Role[] hands = layout == typeof(RoleLayout) ? [Role.Volunteer, Role.Family, Role.VillageCadre]
            : layout == typeof(PhoneLayout) ? [Role.Volunteer] : [];
        var readers = hands.Where(admitted.Contains).ToList();
        return [.. (readers.Count > 0 ? readers : admitted.Take(1)).Select(r => r.ToString())];
    }

    public string? ValueOf(string route, string parameter, string? reader) =>
        _values.GetValueOrDefault($"{route}:{parameter}") ?? _values.GetValueOrDefault(parameter);

    public async Task SignIn(IBrowserContext browser, string role)
    {
        ArgumentNullException.ThrowIfNull(browser);
        var session = await _sessions.GetOrAdd(role, SessionOf);
        var parts = session.Split('=', 2);
        await browser.AddCookiesAsync([new() { Name = parts[0], Value = parts[1], Url = Address.ToString() }]);
    }

    public async ValueTask InitializeAsync()
    {
        await demo.MoveInto(_folder);
        _app = ShouwangHost.Build(new HouseSite(_folder), new("http://127.0.0.1:0", TimeProvider.System, IsDemo: true));
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
        await FindValues();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Records that the roles of the demonstration see: the elder whom both the volunteer and the relative know.</summary>
    private async Task FindValues()
    {
        var house = Actor.System(s_county);
        var work = Services.GetRequiredService<Workspace>();
        var relative = await work.Read(house, async db => (await db.Posts.SingleAsync(p => p.Role == Role.Family)).Person);
        var volunteer = await work.Read(house, async db => (await db.Posts.SingleAsync(p => p.Role == Role.Volunteer)).Person);
        var elder = await work.Read(house, async db => (await db.Relations.FirstAsync(
            r => r.Relative == relative && db.Pairs.Any(p => p.Elder == r.Elder && p.Volunteer == volunteer))).Elder);
        var point = await work.Read(house, db => db.Places.OrderBy(p => p.Name).FirstAsync(p => p.Kind == PlaceKind.Point));
        var pair = await work.Read(house, db => db.Pairs.FirstAsync(p => p.Elder == elder && p.State == PairState.Active));
        var visits = await work.Read(house, db => db.Visits.Where(v => v.Elder == elder && v.Volunteer == volunteer).ToListAsync());
        var ids = visits.Select(v => v.Id.Value).ToArray();
        var visit = await work.Read(house, async db => (await db.Credits.FirstAsync(c => ids.Contains(c.Visit))).Visit);
        await Services.GetRequiredService<AuditSealer>().Seal(CancellationToken.None);
        var entry = await work.Read(house, async db => (await db.SealLinks.FirstAsync(s => s.Kind == SealKind.Transaction)).Subject);
        var household = await work.Read(house, db => db.People.Where(p => p.Id == elder).Select(p => p.Household).SingleAsync());
        await Leave(elder, volunteer, point.Area);
        foreach (var (name, value) in new (string, object?)[]
        {
            ("Elder", elder), ("Person", elder), ("Point", point.Id), ("Place", point.Id), ("Pair", pair.Id), ("Visit", visit),
            ("Month", $"{Days.Of(TimeProvider.System.GetUtcNow()):yyyy-MM}"), ("Area", point.Area), ("Code", "common.forbidden"),
            ("Volunteer", volunteer), ("Other", volunteer), ("Entry", entry), ("Village", point.Area),
            ("Household", household), ("Kind", nameof(FactKind.Living)),
            ("/people/{Person}/hours:Person", volunteer), ("/people/{Person}/hours/passbook:Person", volunteer),
            ("Transaction", DerivedId.Of(visit, Application.TimeBank.Reasons.VisitCredited)),
        })
        {
            _values[name] = value!.ToString()!;
        }
    }

    /// <summary>What is open on a busy day and not in the demonstration: a roster handed in, one taken in, a duty, an incident; and the
    /// elder's word that relatives may see it.</summary>
    private async Task Leave(Id<Person> elder, Id<Person> volunteer, AreaCode village)
    {
        var now = TimeProvider.System.GetUtcNow();
        var upload = new RosterUpload(Id<RosterUpload>.New(TimeProvider.System), village, "digest", volunteer, now);
        upload.Hold(Services.GetRequiredService<RosterVault>().Seal(
            upload, await File.ReadAllBytesAsync(Path.Combine(PageChecks.Root(), "samples/x-village.xlsx"))));
        var import = new RosterImport(Id<RosterImport>.New(TimeProvider.System), village, new(0, 0, 0, 0, 0, 0), volunteer, now);
        var turn = new DutyTurn(DutyRung.Pair, volunteer, now.AddDays(1));
        var duty = Duty.Open(Id<Duty>.New(TimeProvider.System), village, new(DutyKind.OverdueVisit, elder), turn, now);
        var incident = Incident.Open(Id<Incident>.New(TimeProvider.System), village, elder, null, new(volunteer, now));
        var (one, other) = (Someone(village), Someone(village));
        var merge = PersonMerge.Of(Id<PersonMerge>.New(TimeProvider.System), one, other, volunteer, now).Value;
        _ = await Services.GetRequiredService<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(Actor.System(s_county));
                unit.Answer(Guid.NewGuid());
                var agreed = Consent.Give(
                    Id<Consent>.New(TimeProvider.System), await unit.Db.People.SingleAsync(p => p.Id == elder),
                    new(ConsentPurpose.FamilyView, ConsentMethod.Signed, null), now).Value;
                unit.Db.AddRange(upload, import, duty, incident, one, other, merge, agreed);
                await unit.Save(CancellationToken.None);
                return new(true, true);
            },
            CancellationToken.None);
        _values["Merge"] = $"{merge.Id}";
        _values["Duty"] = $"{duty.Id}";
        _values["Incident"] = $"{incident.Id}";
        _values["/people/import/{Id}:Id"] = $"{upload.Id}";
        _values["/people/imports/{Id}:Id"] = $"{import.Id}";
    }

    private Person Someone(AreaCode village)
    {
        var person = new Person(Id<Person>.New(TimeProvider.System), village, PersonNames.Of("示例"), Sex.Female, new(1950, 1, 1));
        person.Seal(Services.GetRequiredService<PersonVault>().Seal(person.Id, new(null, null, null)));
        return person;
    }

    private async Task<string> SessionOf(string role)
    {
        var name = DemoSignIns.All.Single(d => d.Role.ToString() == role).Name;
        using var http = new HttpClient { BaseAddress = Address };
        using var answer = await http.PutAsJsonAsync(
            $"/api/v1/sessions/{Id<Person>.New(TimeProvider.System)}", new { name, password = DemoSignIns.Password });
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("shouwang.session", StringComparison.Ordinal)).Split(';')[0];
    }
}

/// <summary>Every page of the product, in the hands of those it is made for.</summary>
public sealed class HouseChecks(ServedHouse site, Chromium chromium, ITestOutputHelper output) : PageChecks(site, chromium, output),
    IClassFixture<ServedHouse>;
