using Microsoft.Playwright;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>The ways a page is looked at by a person before it is let go: narrow, wide, large, black on white, on paper.</summary>
internal static class Pictures
{
    public static readonly IReadOnlyList<(string Name, Reading Reading, int Width, Func<IPage, Task> Change)> All =
    [
        ("360", Reading.Usual, 360, _ => Task.CompletedTask),
        ("1200", Reading.Usual, 1200, _ => Task.CompletedTask),
        ("1200-en", Reading.Usual with { Language = "en" }, 1200, _ => Task.CompletedTask),
        ("360-contrast", Reading.Usual with { Contrast = "more" }, 360, _ => Task.CompletedTask),
        ("360-elder", Reading.Elder, 360, _ => Task.CompletedTask),
        ("320-200-percent", Reading.Usual, 320, page => page.EvaluateAsync("document.documentElement.style.fontSize = '225%'")),
        ("forced", Reading.Usual, 1200, page => page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active })),
        ("print", Reading.Usual, 794, page => page.EmulateMediaAsync(new() { Media = Media.Print })),
    ];
}
