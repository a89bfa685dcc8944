using Microsoft.Playwright;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>One way of reading a page: language, letters, contrast.</summary>
internal sealed record Reading(string Language, int Size, string? Contrast)
{
    /// <summary>Both languages, each as the house has it, black on white, and with the largest letters.</summary>
    public static readonly IReadOnlyList<Reading> All =
        [.. ((string[])["zh-CN", "en"]).SelectMany(l => (Reading[])[new(l, 18, null), new(l, 18, "more"), new(l, 30, null)])];

    /// <summary>Those and the elder edition's usual letters.</summary>
    public static IReadOnlyList<Reading> Walked => [.. All, Elder];

    public static readonly Reading Usual = new("zh-CN", 18, null);

    public static readonly Reading Elder = new("zh-CN", 24, null);

    public override string ToString() => $"{Language}-{Size}{(Contrast is null ? "" : "-" + Contrast)}";

    /// <summary>Writes it into a browser the way the house does.</summary>
    public Task Choose(IBrowserContext browser, Uri address) => browser.AddCookiesAsync(
    [
        new() { Name = "shouwang.language", Value = Uri.EscapeDataString($"c={Language}|uic={Language}"), Url = address.ToString() },
        new() { Name = "shouwang.view", Value = $"{Size}-{Contrast}", Url = address.ToString() },
    ]);
}
