using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>What a house answered when a page was asked for, in the parts a browser can take over without opening the page anew.</summary>
/// <param name="Root">The attributes of the html element: language, letters, contrast.</param>
/// <param name="Head">Everything else that stands before the body.</param>
/// <param name="Body">What stands in the body.</param>
internal sealed partial record Served(string Root, string Head, string Body)
{
    private const string TakeOver = """
        ([root, body]) => {
          const page = document.documentElement, given = new DOMParser().parseFromString(`<html${root}>`, 'text/html').documentElement;
          for (const a of [...page.attributes]) page.removeAttribute(a.name);
          for (const a of given.attributes) page.setAttribute(a.name, a.value);
          document.body.innerHTML = body;
          for (const a of document.getAnimations()) a.finish();
          scrollTo(0, 0);
        }
        """;

    /// <summary>Reads an answer; nothing where it has another shape, a script or a field that takes the focus, all of which only opening
    /// does justice to.</summary>
    public static Served? Read(string html) =>
        Shape().Match(html) is { Success: true } page && !OnlyOpened().IsMatch(html)
            ? new(page.Groups["root"].Value, page.Groups["doctype"].Value + page.Groups["head"].Value, page.Groups["body"].Value) : null;

    /// <summary>Shows this answer in a browser that has opened the same page in another reading: one with the same head, thus the same
    /// styles. The window stays, and with it the rules of axe, whose loading takes longer than asking them.</summary>
    public Task ShowIn(IPage page) => page.EvaluateAsync(TakeOver, new[] { Root, Body });

    [GeneratedRegex("^(?<doctype>.*?)<html(?<root>[^>]*)>(?<head>.*)<body>(?<body>.*)</body>\\s*</html>\\s*$", RegexOptions.Singleline)]
    private static partial Regex Shape();

    [GeneratedRegex("<script|autofocus", RegexOptions.IgnoreCase)]
    private static partial Regex OnlyOpened();
}
