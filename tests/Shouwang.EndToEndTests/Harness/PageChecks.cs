using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>What every page of a house must be. A new page joins by having a route; a new house by naming its site.</summary>
[Collection("browser")]
public abstract class PageChecks(ISite site, Chromium chromium, ITestOutputHelper output)
{
    private const int LightBytes = 60 * 1024;

    private static readonly string[] s_rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    [Fact]
    public async Task No_page_breaks_a_rule_of_WCAG_in_any_language_or_theme() =>
        await Everywhere(Reading.All, new() { Width = 1200, Height = 900 }, Axe);

    [Fact]
    public async Task No_page_scrolls_sideways_on_320_px_with_letters_of_twice_the_size() =>
        await Everywhere(
            Reading.All.Where(r => r.Contrast is null), new() { Width = 320, Height = 700 }, page =>
                Ask(page, Looks.SidewaysAtTwiceTheSize));

    [Fact]
    public async Task No_text_is_smaller_than_18_px() =>
        await Everywhere([Reading.Usual, Reading.Elder], new() { Width = 360, Height = 740 }, page => Ask(page, Looks.TextUnder18));

    [Fact]
    public async Task In_the_elder_edition_everything_to_press_is_44_px_and_the_main_things_60() =>
        await Everywhere([Reading.Elder, Reading.All[^1]], new() { Width = 360, Height = 740 }, page => Ask(page, Looks.TargetsTooSmall));

    [Fact]
    public async Task Whatever_has_the_focus_is_seen() =>
        await Everywhere([Reading.Usual, Reading.All[1]], new() { Width = 360, Height = 740 }, async page =>
    {
        await page.Keyboard.PressAsync("Tab");
        return await Ask(page, Looks.FocusNotSeen);
    });

    [Fact]
    public async Task With_forced_colours_everything_keeps_its_edge() =>
        await Everywhere([Reading.Usual], new() { Width = 1200, Height = 900 }, async page =>
    {
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        return await Ask(page, Looks.EdgeLessInForcedColours);
    });

    [Fact]
    public async Task Every_page_has_its_words_one_heading_and_a_title_without_any_script() =>
        await Everywhere([Reading.All[0], Reading.All[3]], new() { Width = 1200, Height = 900 }, async page =>
            await page.EvaluateAsync<string[]>(Looks.WordsMissing, await page.Locator("html").GetAttributeAsync("lang")), script: false);

    [Fact]
    public async Task A_first_visit_to_a_phone_or_public_page_weighs_at_most_60_KB()
    {
        var heavy = new List<string>();
        foreach (var route in PageRoute.Of(site).Where(r => r.IsLight))
        {
            await using var context = await Open(Reading.Usual, new() { Width = 360, Height = 740 }, route, script: true);
            var page = await context.NewPageAsync();
            var wire = await context.NewCDPSessionAsync(page);
            await wire.SendAsync("Network.enable");
            var bytes = 0.0;
            wire.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += e!.Value.GetProperty("encodedDataLength").GetDouble();
            await page.GotoAsync(new Uri(site.Address, route.Path).ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
            output.WriteLine($"{route.Route}: {bytes / 1024:0.0} KB");
            Assert.True(bytes > 1024, $"{route.Route}: nothing was weighed");
            if (bytes > LightBytes) heavy.Add($"{route.Route}: {bytes / 1024:0.0} KB");
        }

        Assert.Empty(heavy);
    }

    [Fact]
    public async Task Every_page_leaves_pictures_to_look_at()
    {
        var folder = Path.Combine(Root(), "artifacts/screens", site.Name);
        Directory.CreateDirectory(folder);
        foreach (var route in PageRoute.Of(site))
        {
            foreach (var (name, reading, width, change) in Pictures.All)
            {
                await using var context = await Open(reading, new() { Width = width, Height = 740 }, route, script: true);
                var page = await context.NewPageAsync();
                await page.GotoAsync(new Uri(site.Address, route.Path).ToString());
                await change(page);
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{route.FileName}.{name}.png"), FullPage = true });
            }
        }
    }

    private async Task Everywhere(
        IEnumerable<Reading> readings, ViewportSize size, Func<IPage, Task<IEnumerable<string>>> look, bool script = true)
    {
        var (wrong, seen) = (new List<string>(), 0);
        var routes = PageRoute.Of(site);
        Assert.NotEmpty(routes);
        foreach (var reading in readings)
        {
            foreach (var group in routes.GroupBy(r => site.RoleFor(r.Route)))
            {
                await using var context = await Open(reading, size, group.First(), script);
                foreach (var route in group)
                {
                    var page = await context.NewPageAsync();
                    var answer = await page.GotoAsync(new Uri(site.Address, route.Path).ToString());
                    if (answer!.Status != 200) wrong.Add($"{route.Route} [{reading}] answers {answer.Status}");
                    wrong.AddRange((await look(page)).Select(w => $"{route.Route} [{reading}] {w}"));
                    await page.CloseAsync();
                    seen++;
                }
            }
        }

        output.WriteLine($"{seen} pages looked at");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private async Task<IBrowserContext> Open(Reading reading, ViewportSize size, PageRoute route, bool script)
    {
        var context = await chromium.Browser.NewContextAsync(
            new() { Locale = reading.Language, ViewportSize = size, JavaScriptEnabled = script });
        if (site.RoleFor(route.Route) is { } role) await site.SignIn(context, role);
        await reading.Choose(context, site.Address);
        return context;
    }

    internal static async Task<IEnumerable<string>> Axe(IPage page) =>
        (await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags(s_rules) })).Violations
            .SelectMany(v => v.Nodes.Take(3).Select(n => $"{v.Id} ({v.Impact}): {n.Html}"));

    private static async Task<IEnumerable<string>> Ask(IPage page, string look) => await page.EvaluateAsync<string[]>(look);

    private static string Root()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            if (File.Exists(Path.Combine(here.FullName, "Shouwang.slnx"))) return here.FullName;
        }

        throw new InvalidOperationException("The tests run inside the repository.");
    }
}
