using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>One thing a page is looked at for: in which readings, on how large a screen, and what is wrong then.</summary>
internal sealed record PageLook(
    string Name, int Width, Func<Reading, bool> In, Func<IPage, Reading, Task<IEnumerable<string>>> Look)
{
    public const string Wcag = "WCAG", Forced = "forced colours", Text = "text size", Target = "target size", Focus = "focus",
        Sideways = "sideways", Word = "words", Answer = "answer";

    private static readonly Lazy<string> s_axe = new(() => new BundledAxeScriptProvider().GetScript());

    /// <summary>All rules that are asked of a page.</summary>
    public const string Everything =
        "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }";

    /// <summary>What colours decide: a page has the same elements in every theme and size, so the rest need not be asked again.</summary>
    public const string Colours = "{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }";

    /// <summary>What the size of letters decides.</summary>
    public const string Sizes = "{ type: 'rule', values: ['target-size', 'scrollable-region-focusable'] }";

    /// <summary>In the order in which one opened page bears them: the last one changes its letters.</summary>
    public static readonly IReadOnlyList<PageLook> All =
    [
        new(Wcag, 1200, r => r is { Size: 18, Contrast: null }, (page, _) => Axe(page, Everything)),
        new(Wcag, 1200, r => r.Contrast is not null, (page, _) => Axe(page, Colours)),
        new(Wcag, 1200, r => r.Size == 30, (page, _) => Axe(page, Sizes)),
        new(Forced, 1200, r => r == Reading.Usual, (page, _) => InForcedColours(page)),
        new(Text, 360, r => r == Reading.Usual || r == Reading.Elder, (page, _) => Ask(page, Looks.TextUnder18)),
        new(Target, 360, r => r == Reading.Elder || r == Reading.All[^1], (page, _) => Ask(page, Looks.TargetsTooSmall)),
        new(Focus, 360, r => r == Reading.Usual || r == Reading.All[1], (page, _) => AfterAKey(page)),
        new(Sideways, 320, r => Reading.All.Contains(r) && r.Contrast is null, (page, _) => Ask(page, Looks.SidewaysAtTwiceTheSize)),
    ];

    /// <summary>Asked of a page that runs no script at all.</summary>
    public static readonly PageLook Words = new(
        Word, 1200, r => r == Reading.All[0] || r == Reading.All[3], async (page, reading) =>
            await page.EvaluateAsync<string[]>(Looks.WordsMissing, reading.Language));

    /// <summary>Gives every page of a browser the rules to come, before its own script: compiled once, where handing half a megabyte to
    /// each opened page took longer than asking the rules.</summary>
    public static Task LoadAxe(IBrowserContext browser) => browser.AddInitScriptAsync(s_axe.Value);

    /// <summary>Run in the page itself: the package's own way opens a second tab for every page. Needs <see cref="LoadAxe"/>.</summary>
    public static async Task<IEnumerable<string>> Axe(IPage page, string rules) =>
        await page.EvaluateAsync<string[]>(
            $$"""
            async () => (await axe.run({ runOnly: {{rules}}, resultTypes: ['violations'] })).violations
              .flatMap(v => v.nodes.slice(0, 3).map(n => `${v.id} (${v.impact}): ${n.html}`))
            """);

    private static async Task<IEnumerable<string>> InForcedColours(IPage page)
    {
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        var wrong = await Ask(page, Looks.EdgeLessInForcedColours);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
        return wrong;
    }

    private static async Task<IEnumerable<string>> AfterAKey(IPage page)
    {
        await page.Keyboard.PressAsync("Tab");
        return await Ask(page, Looks.FocusNotSeen);
    }

    private static async Task<IEnumerable<string>> Ask(IPage page, string look) => await page.EvaluateAsync<string[]>(look);
}
