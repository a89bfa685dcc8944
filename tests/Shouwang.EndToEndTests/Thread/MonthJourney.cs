using System.Diagnostics;
using Microsoft.Playwright;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.EndToEndTests.Harness;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.EndToEndTests.Thread;

/// <summary>A month as four people live it: the cadre imports and pairs and closes, the volunteer goes, the daughter says so, the township
/// takes the statement.</summary>
[Collection("browser")]
public sealed class MonthJourney(MonthHouse house, Chromium chromium) : IClassFixture<MonthHouse>
{
    private const int TapsAllowed = 3;

    /// <summary>The name the volunteer signs in with.</summary>
    private string _helper = "";

    private static readonly string s_roster = Path.Combine(PageChecks.Root(), "samples/x-village.xlsx");

    [Fact]
    public async Task A_month_from_the_roster_to_the_statement_the_township_takes()
    {
        var watch = Stopwatch.StartNew();
        await ImportAndPair();
        var (volunteer, relative, elder) = await house.Cast();
        _helper = await house.HandOut(volunteer, Role.Volunteer);
        var visited = await Visit(_helper, $"{elder}");
        await Confirm(await house.HandOut(relative, Role.Family), visited);
        await Prove(volunteer);
        house.LetTheMonthEnd();
        await Close();
        await Take(visited);
        TestContext.Current.TestOutputHelper?.WriteLine($"The month took {watch.Elapsed.TotalSeconds:0.0} s.");
    }

    private async Task ImportAndPair()
    {
        await using var desk = await Open(1200);
        var office = await SignIn(desk, "CADRE");
        await office.GotoAsync("/people/import");
        await office.Locator("input[type=file]").SetInputFilesAsync(s_roster);
        await office.Locator("main form button[type=submit]").First.ClickAsync();
        await Expect(office.Locator(".facts")).ToContainTextAsync("132", new() { Timeout = 60_000 });
        await office.Locator("main form button[type=submit]").Last.ClickAsync();
        await Expect(office.Locator(".govuk-notification-banner--success")).ToBeVisibleAsync(new() { Timeout = 60_000 });

        await office.GotoAsync("/pairs");
        await office.Locator("button[value=propose]").ClickAsync();
        await office.Locator("button[value=accept]").ClickAsync();
        await Expect(office.Locator("button[value=accept]")).ToHaveCountAsync(0);
        Assert.True(int.Parse(await office.Locator(".facts dd").First.InnerTextAsync(), null) > 50);
    }

    /// <summary>"Visited, all well" on a phone; returns the elder's name.</summary>
    private async Task<string> Visit(string name, string elder)
    {
        await using var hand = await Open(360);
        var phone = await SignIn(hand, name);
        await phone.GotoAsync("/today");
        await Keep(phone, "volunteer");

        var taps = 0;
        await Tap(phone.Locator($"a[href='/elders/{elder}/visit']").First);
        var visited = (await phone.Locator("h1").InnerTextAsync()).Split('，', '（', ' ', '：').MaxBy(part => part.Length)!;
        await Tap(phone.Locator("main form button.button--wide"));
        await Expect(phone.Locator(".govuk-notification-banner--success")).ToBeVisibleAsync();
        Assert.True(taps <= TapsAllowed, $"{taps} taps");
        return visited;

        async Task Tap(ILocator where)
        {
            taps++;
            await where.ClickAsync();
        }
    }

    private async Task Confirm(string name, string visited)
    {
        await using var hand = await Open(360);
        var phone = await SignIn(hand, name);
        await phone.GotoAsync("/today");
        await Expect(phone.Locator(".work__row").First).ToBeVisibleAsync();
        await phone.Locator("a[href='/visits?state=open']").ClickAsync();
        await Expect(phone.Locator("main")).ToContainTextAsync(visited[..1]);
        await phone.Locator(".work__row form button").First.ClickAsync();
        await Expect(phone.Locator(".work__row form button")).ToHaveCountAsync(0);
    }

    /// <summary>The square on the volunteer's passbook leads a stranger with a camera to the proof that the entry is in the sealed
    /// book.</summary>
    private async Task Prove(Id<Person> volunteer)
    {
        await using var hand = await Open(1200);
        var book = await SignIn(hand, _helper);
        var square = book.Locator(".proof .qr");
        for (var looks = 0; looks < 20 && await square.CountAsync() == 0; looks++)
        {
            if (looks > 0) await Task.Delay(500, TestContext.Current.CancellationToken);
            await book.GotoAsync($"/people/{volunteer}/hours/passbook");
        }

        var said = await Square.Read(await square.ScreenshotAsync());
        Assert.StartsWith($"{house.Address}seal/", said, StringComparison.Ordinal);
        await using var stranger = await Open(360);
        var page = await stranger.NewPageAsync();
        await page.GotoAsync(said);
        await Expect(page.Locator("main ol samp")).Not.ToHaveCountAsync(0);
    }

    private async Task Close()
    {
        await using var desk = await Open(1200);
        var office = await SignIn(desk, "CADRE");
        await office.GotoAsync("/statements");
        await office.Locator("main a[href^='/villages/']").First.ClickAsync();
        await office.Locator("button[value=submit]").ClickAsync();
        await Expect(office.Locator("button[value=submit]")).ToHaveCountAsync(0);
    }

    private async Task Take(string visited)
    {
        await using var desk = await Open(1200);
        var office = await SignIn(desk, "TOWNSHIP");
        await office.GotoAsync("/statements");
        await office.Locator(".work__row a").First.ClickAsync();
        await Expect(office.Locator("h1")).ToContainTextAsync($"{house.Month:yyyy-MM}");
        await Expect(office.Locator("main")).ToContainTextAsync(visited[..1]);
        await office.Locator("button[value=accept]").ClickAsync();
        await Expect(office.Locator("button[value=accept]")).ToHaveCountAsync(0);
        await Expect(office.Locator(".origin").First).ToBeVisibleAsync();
        await Keep(office, "statement");
    }

    /// <summary>Keeps a picture for the readmes, where a folder for it is named.</summary>
    private static async Task Keep(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SHOUWANG_SCREENS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    }

    private Task<IBrowserContext> Open(int width) => chromium.Browser.NewContextAsync(new()
    {
        BaseURL = house.Address.ToString(), Locale = "zh-CN", ViewportSize = new() { Width = width, Height = 800 },
    });

    private static async Task<IPage> SignIn(IBrowserContext context, string name)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("input[name='Input.Name']").FillAsync(name);
        await page.Locator("input[name='Input.Password']").FillAsync(DemoSignIns.Password);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        return page;
    }
}
