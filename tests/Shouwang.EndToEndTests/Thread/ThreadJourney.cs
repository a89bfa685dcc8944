using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.EndToEndTests.Harness;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.EndToEndTests.Thread;

/// <summary>The thread of the main job in a browser: the cadre's roster and pairs, a volunteer's visit on a phone, a daughter's word, the
/// hours, the township's statement.</summary>
[Collection("browser")]
public sealed class ThreadJourney(ServedHouse house, Chromium chromium) : IClassFixture<ServedHouse>
{
    private static readonly string s_roster = Path.Combine(PageChecks.Root(), "samples/x-village.xlsx");

    [Fact]
    public async Task A_visit_on_a_phone_becomes_hours_and_a_line_in_the_months_statement()
    {
        var elder = house.ValueOf("", "Elder", null);
        await using var hand = await Open(360);
        var phone = await SignIn(hand, "VOLUNTEER");
        await Expect(phone.Locator("h1")).ToBeVisibleAsync();
        var before = await Balance(phone);

        await phone.GotoAsync("/today");
        await phone.Locator($"a[href='/elders/{elder}/visit']").First.ClickAsync();
        var visited = (await phone.Locator("h1").InnerTextAsync()).Split('，', '（', ' ').ToHashSet();
        await phone.Locator("main form button.button--wide").ClickAsync();
        await Expect(phone.Locator(".govuk-notification-banner--success")).ToBeVisibleAsync();

        await Confirm();
        await Until(async () => await Balance(phone) != before);

        await using var desk = await Open(1200);
        var office = await SignIn(desk, "TOWNSHIP");
        var statement = office.Locator("a[href^='/points/'][href*='/statements/']");
        await Expect(statement.First).ToBeVisibleAsync();
        var told = new List<string>();
        foreach (var href in await statement.EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))"))
        {
            await office.GotoAsync(href);
            told.Add(await office.Locator("main").InnerTextAsync());
        }

        Assert.Contains(told, t => t.Split('\n', '\t').Any(visited.Contains));
    }

    [Fact]
    public async Task The_cadre_sees_what_a_roster_would_change_and_who_is_paired_with_whom()
    {
        await using var desk = await Open(1200);
        var office = await SignIn(desk, "CADRE");
        await office.GotoAsync("/people/import");
        await office.Locator("input[type=file]").SetInputFilesAsync(s_roster);
        await office.Locator("main form button[type=submit]").First.ClickAsync();
        await Expect(office.Locator(".facts")).ToContainTextAsync("132", new() { Timeout = 60_000 });

        await office.GotoAsync("/pairs");
        await Expect(office.Locator(".work__row").First).ToBeVisibleAsync();
        Assert.True(await office.Locator(".work__row").CountAsync() >= 50);
    }

    [Fact]
    public async Task A_call_for_help_stands_on_the_cadres_open_page_until_somebody_is_on_the_way()
    {
        await using var desk = await Open(1200);
        var office = await SignIn(desk, "CADRE");
        await office.GotoAsync("/people");
        await using var hand = await Open(360);
        var phone = await SignIn(hand, "VOLUNTEER");

        // For an elder who has no emergency yet.
        var open = await house.Services.GetRequiredService<Workspace>().Read(Actor.System(AreaCode.Nation), db => db.Incidents
            .Where(i => i.ClosedAt == null).Select(i => i.Elder).ToListAsync(TestContext.Current.CancellationToken));
        await phone.GotoAsync("/emergency");
        var others = string.Concat(open.Select(elder => $":not([href*='{elder}'])"));
        await phone.Locator($"main a[href$='/emergency']{others}").First.ClickAsync();
        var name = (await phone.Locator("h1").InnerTextAsync()).Split('：')[1];
        await Expect(office.Locator("[data-alarms]")).Not.ToContainTextAsync(name);
        await phone.Locator("main form button").ClickAsync();
        await Expect(phone).ToHaveURLAsync(new Regex("opened=1|out=true"));

        var alarm = office.Locator("[data-alarms] li").Filter(new() { HasText = name });
        await Expect(alarm).ToBeVisibleAsync();
        Assert.StartsWith("⚠ ", await office.TitleAsync(), StringComparison.Ordinal);
        await alarm.Locator("a").ClickAsync();
        await office.Locator("form:has(input[name='_handler'][value='coming']) button").ClickAsync();
        await Expect(office.Locator("[data-alarms]")).Not.ToContainTextAsync(name, new() { Timeout = 15_000 });
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_words_and_opens_nothing()
    {
        await using var hand = await Open(360);
        var page = await SignIn(hand, "MANAGER", "not the password");

        await Expect(page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await page.GotoAsync("/today");
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
    }

    /// <summary>The relative opens what waits for a word and says that somebody came.</summary>
    private async Task Confirm()
    {
        await using var hand = await Open(360);
        var phone = await SignIn(hand, "FAMILY");
        await phone.GotoAsync("/visits?state=open");
        var rows = phone.Locator(".work__row");
        var waiting = await rows.CountAsync();
        await rows.First.Locator("form button").ClickAsync();
        await Expect(rows).ToHaveCountAsync(waiting - 1);
    }

    private static async Task<string> Balance(IPage phone)
    {
        await phone.GotoAsync("/hours");
        return await phone.Locator(".facts dd").First.InnerTextAsync();
    }

    private static async Task Until(Func<Task<bool>> isSo)
    {
        for (var tries = 0; tries < 40; tries++)
        {
            if (await isSo()) return;
            await Task.Delay(250);
        }

        Assert.Fail("The hours did not arrive within ten seconds.");
    }

    private Task<IBrowserContext> Open(int width) => chromium.Browser.NewContextAsync(new()
    {
        BaseURL = house.Address.ToString(), Locale = "zh-CN", ViewportSize = new() { Width = width, Height = 800 },
    });

    private static async Task<IPage> SignIn(IBrowserContext context, string name, string password = DemoSignIns.Password)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("input[name='Input.Name']").FillAsync(name);
        await page.Locator("input[name='Input.Password']").FillAsync(password);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        return page;
    }
}
