using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>One walk through every page of a house in every reading: each page is opened once a reading and looked at for everything, so
/// that many checks cost little more than one.</summary>
internal sealed class PageWalk
{
    private const int Height = 900;
    private static readonly ConcurrentDictionary<ISite, PageWalk> s_walks = [];

    private readonly ISite _site;
    private readonly IBrowser _browser;
    private readonly Lazy<Task> _walked;
    private readonly ConcurrentBag<(string Look, string Wrong)> _wrong = [];
    private readonly ConcurrentBag<string> _looked = [];

    private PageWalk(ISite site, IBrowser browser) => (_site, _browser, _walked) = (site, browser, new(Walk));

    /// <summary>The walk through a house; taken once for all its tests.</summary>
    public static PageWalk Through(ISite site, IBrowser browser) => s_walks.GetOrAdd(site, s => new(s, browser));

    /// <summary>What was wrong under one look, and how many pages were looked at.</summary>
    public async Task<(IReadOnlyList<string> Wrong, int Pages)> Found(string look)
    {
        await _walked.Value;
        return ([.. _wrong.Where(w => w.Look == look).Select(w => w.Wrong).Order(StringComparer.Ordinal)], _looked.Count(l => l == look));
    }

    /// <summary>A browser of one reader, signed in, reading in one way.</summary>
    public static async Task<IBrowserContext> Open(ISite site, IBrowser browser, Reading reading, string? reader, bool script = true)
    {
        var context = await browser.NewContextAsync(new()
        {
            Locale = reading.Language, ViewportSize = new() { Width = 1200, Height = Height }, JavaScriptEnabled = script,
        });
        if (reader is not null) await site.SignIn(context, reader);
        await reading.Choose(context, site.Address);
        return context;
    }

    private async Task Walk()
    {
        var groups = from reading in Reading.Walked
                     from group_ in PageRoute.Of(_site).GroupBy(r => r.Reader)
                     from script in new[] { true, false }
                     where script || PageLook.Words.In(reading)
                     select (reading, Pages: group_.ToList(), script);
        var workers = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) };
        await Parallel.ForEachAsync(groups, workers, async (g, _) => await Walk(g.reading, g.Pages, g.script));
    }

    private async Task Walk(Reading reading, List<PageRoute> pages, bool script)
    {
        await using var context = await Open(_site, _browser, reading, pages[0].Reader, script);
        var looks = script ? PageLook.All.Where(l => l.In(reading)).ToList() : [PageLook.Words];
        if (looks.Exists(l => l.Name == PageLook.Wcag)) await PageLook.LoadAxe(context);
        var page = await context.NewPageAsync();
        foreach (var route in pages) await Look(page, route, reading, looks);
    }

    private async Task Look(IPage page, PageRoute route, Reading reading, List<PageLook> looks)
    {
        _looked.Add(PageLook.Answer);
        try
        {
            var answer = await page.GotoAsync(new Uri(_site.Address, route.Path).ToString());
            if (answer!.Status != 200) _wrong.Add((PageLook.Answer, $"{route} [{reading}] answers {answer.Status}"));
        }
        catch (PlaywrightException broken)
        {
            _wrong.Add((PageLook.Answer, $"{route} [{reading}] {broken.Message}"));
            return;
        }

        foreach (var look in looks)
        {
            await page.SetViewportSizeAsync(look.Width, Height);
            foreach (var wrong in await look.Look(page)) _wrong.Add((look.Name, $"{route} [{reading}] {wrong}"));
            _looked.Add(look.Name);
        }
    }
}
