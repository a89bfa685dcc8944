using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>What every page of a house must be. A new page joins by having a route; a new house by naming its site.</summary>
[Collection("browser")]
public abstract class PageChecks(ISite site, Chromium chromium, ITestOutputHelper output)
{
    private const int LightBytes = 60 * 1024;

    [Fact]
    public Task Every_page_opens_for_whom_it_is_made() => Nothing(PageLook.Answer);

    [Fact]
    public Task No_page_breaks_a_rule_of_WCAG_in_any_language_or_theme() => Nothing(PageLook.Wcag);

    [Fact]
    public Task No_page_scrolls_sideways_on_320_px_with_letters_of_twice_the_size() => Nothing(PageLook.Sideways);

    [Fact]
    public Task No_text_is_smaller_than_18_px() => Nothing(PageLook.Text);

    [Fact]
    public Task In_the_elder_edition_everything_to_press_is_44_px_and_the_main_things_60() => Nothing(PageLook.Target);

    [Fact]
    public Task Whatever_has_the_focus_is_seen() => Nothing(PageLook.Focus);

    [Fact]
    public Task With_forced_colours_everything_keeps_its_edge() => Nothing(PageLook.Forced);

    [Fact]
    public Task Every_page_has_its_words_one_heading_and_a_title_without_any_script() => Nothing(PageLook.Word);

    [Fact]
    public async Task A_first_visit_to_a_phone_or_public_page_weighs_at_most_60_KB()
    {
        var heavy = new ConcurrentBag<string>();

        // Each waits half a second until nothing comes any more: the next ones can be opened meanwhile.
        var together = new ParallelOptions { MaxDegreeOfParallelism = 4 };
        await Parallel.ForEachAsync(PageRoute.Of(site).Where(r => r.IsLight), together, async (route, _) =>
        {
            var bytes = await Weigh(route);
            output.WriteLine($"{route}: {bytes / 1024:0.0} KB");
            Assert.True(bytes > 1024, $"{route}: nothing was weighed");
            if (bytes > LightBytes) heavy.Add($"{route}: {bytes / 1024:0.0} KB");
        });

        Assert.Empty(heavy);
    }

    /// <summary>For people's eyes, on request: <c>dotnet test --project tests/Shouwang.EndToEndTests --explicit only</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Every_page_leaves_pictures_to_look_at()
    {
        var folder = Path.Combine(Root(), "artifacts/screens", site.Name);
        Directory.CreateDirectory(folder);
        foreach (var route in PageRoute.Of(site))
        {
            foreach (var (name, reading, width, change) in Pictures.All)
            {
                await using var context = await PageWalk.Open(site, chromium.Browser, reading, route.Reader);
                var page = await context.NewPageAsync();
                await page.SetViewportSizeAsync(width, 740);
                await page.GotoAsync(new Uri(site.Address, route.Path).ToString());
                await change(page);
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{route.FileName}.{name}.png"), FullPage = true });
            }
        }
    }

    /// <summary>How many bytes come over the wire when a browser that knows nothing opens a page.</summary>
    private async Task<double> Weigh(PageRoute route)
    {
        await using var context = await PageWalk.Open(site, chromium.Browser, Reading.Usual, route.Reader);
        var page = await context.NewPageAsync();
        var wire = await context.NewCDPSessionAsync(page);
        await wire.SendAsync("Network.enable");
        var bytes = 0.0;
        wire.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += e!.Value.GetProperty("encodedDataLength").GetDouble();
        await page.GotoAsync(new Uri(site.Address, route.Path).ToString(), new() { WaitUntil = WaitUntilState.Load });

        // A page that listens for alarms is never idle.
        await page.WaitForTimeoutAsync(500);
        return bytes;
    }

    private async Task Nothing(string look)
    {
        var (wrong, pages) = await PageWalk.Through(site, chromium.Browser).Found(look);
        output.WriteLine($"{pages} pages looked at");
        Assert.NotEqual(0, pages);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Where the repository lies.</summary>
    internal static string Root()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            if (File.Exists(Path.Combine(here.FullName, "Shouwang.slnx"))) return here.FullName;
        }

        throw new InvalidOperationException("The tests run inside the repository.");
    }
}
