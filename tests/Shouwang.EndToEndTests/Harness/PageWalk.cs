using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>One walk through every page of a house in every reading: each page is asked for once a reading and looked at for everything, so
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

    /// <summary>Pages are taken a few at a time, so that no worker is left with a long way when the others are done.</summary>
    private const int AtATime = 10;

    private async Task Walk()
    {
        var walks = from readings in Reading.Walked.GroupBy(r => r.Language)
                    from readers in PageRoute.Of(_site).GroupBy(r => r.Reader)
                    from pages in readers.Chunk(AtATime)
                    from script in new[] { true, false }
                    select (Readings: readings.Where(r => script || PageLook.Words.In(r)).ToList(), pages, script);
        var workers = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) };
        await Parallel.ForEachAsync(walks, workers, async (w, _) => await Walk(w.Readings, w.pages, w.script));
    }

    private async Task Walk(List<Reading> readings, PageRoute[] pages, bool script)
    {
        await using var context = await Open(_site, _browser, readings[0], pages[0].Reader, script);
        if (script) await PageLook.LoadAxe(context);
        var page = await context.NewPageAsync();
        foreach (var route in pages)
        {
            Served? before = null;
            foreach (var reading in readings)
            {
                if (readings.Count > 1) await reading.Choose(context, _site.Address);
                before = await Look(page, route, reading, script ? null : PageLook.Words, before);
            }
        }
    }

    /// <summary>Looks at a page in one reading, and says what it saw.</summary>
    private async Task<Served?> Look(IPage page, PageRoute route, Reading reading, PageLook? only, Served? before)
    {
        _looked.Add(PageLook.Answer);
        Served? seen;
        try
        {
            (var status, seen) = await Show(page, new Uri(_site.Address, route.Path).ToString(), before);
            if (status != 200) _wrong.Add((PageLook.Answer, $"{route} [{reading}] answers {status}"));
        }
        catch (PlaywrightException broken)
        {
            _wrong.Add((PageLook.Answer, $"{route} [{reading}] {broken.Message}"));
            return null;
        }

        foreach (var look in only is null ? PageLook.All.Where(l => l.In(reading)) : [only])
        {
            if (page.ViewportSize!.Width != look.Width) await page.SetViewportSizeAsync(look.Width, Height);
            foreach (var wrong in await look.Look(page, reading)) _wrong.Add((look.Name, $"{route} [{reading}] {wrong}"));
            _looked.Add(look.Name);
        }

        return seen;
    }

    /// <summary>Asks the house for a page in the reading that was chosen. A browser that shows it in another one takes the answer over
    /// where it can; else it opens the page.</summary>
    private async Task<(int Status, Served? Page)> Show(IPage page, string address, Served? before)
    {
        if (before is not null)
        {
            await using var told = await page.Context.APIRequest.GetAsync(address);
            if (Served.Read(await told.TextAsync()) is { } served && served.Head == before.Head)
            {
                await served.ShowIn(page);
                return (told.Status, served);
            }
        }

        var answer = await page.GotoAsync(address);
        return (answer!.Status, Served.Read(await answer.TextAsync()));
    }
}
