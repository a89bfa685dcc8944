using Microsoft.Playwright;
using Xunit;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>Each look must see what it looks for: a page with one fault, and the same page without it.</summary>
[Collection("browser")]
public sealed class LooksTests(Chromium chromium)
{
    private const string Style = "<style>*{box-sizing:border-box}body{margin:0;font-size:1.25rem}:focus-visible{outline:3px solid}button,a.b{min-width:60px;min-height:60px;display:inline-block}</style>";

    [Theory]
    [InlineData("<div style='width:330px'>x</div>", "<div style='width:300px'>x</div>")]
    [InlineData("<b style='white-space:nowrap'>一二三四五六七八九十</b>", "<b>一二三四五六七八九十</b>")]
    [InlineData("<table><tr><td style='min-width:400px'>x</td></tr></table>",
        "<div style='overflow-x:auto'><table><tr><td style='min-width:400px'>x</td></tr></table></div>")]
    public async Task What_reaches_past_the_edge_is_seen(string fault, string right) =>
        await Tells(Looks.SidewaysAtTwiceTheSize, fault, right);

    [Theory]
    [InlineData("<p style='font-size:17px'>小</p>", "<p style='font-size:18px'>小</p>")]
    [InlineData("<svg viewBox='0 0 600 60' width='300'><text y='30' font-size='20'>小</text></svg>",
        "<svg viewBox='0 0 600 60' width='600'><text y='30' font-size='20'>小</text></svg>")]
    public async Task Small_text_is_seen_in_pictures_too(string fault, string right) => await Tells(Looks.TextUnder18, fault, right);

    [Theory]
    [InlineData("<button style='min-height:43px;height:43px'>x</button>", "<button>x</button>")]
    [InlineData("<button class='govuk-button' style='min-height:50px;height:50px'>x</button>", "<button class='govuk-button'>x</button>")]
    [InlineData("<a href='#'>x</a>", "<p>A sentence with <a href='#'>x</a> in it.</p>")]
    public async Task Small_targets_are_seen(string fault, string right) => await Tells(Looks.TargetsTooSmall, fault, right);

    [Theory]
    [InlineData("<button style='outline:none'>x</button>", "<button>x</button>")]
    public async Task A_missing_ring_is_seen(string fault, string right) => await Tells(Looks.FocusNotSeen, fault, right);

    [Theory]
    [InlineData("<a class='govuk-button b' style='border:0'>x</a>", "<a class='govuk-button b' style='border:2px solid'>x</a>")]
    public async Task A_missing_edge_is_seen(string fault, string right) => await Tells(Looks.EdgeLessInForcedColours, fault, right);

    [Theory]
    [InlineData("<h1>care.visit.title</h1>", "<h1>探访</h1>")]
    [InlineData("<h1>探访</h1><h1>再来</h1>", "<h1>探访</h1>")]
    [InlineData("<h1>探访</h1><table><tr><td>register.value.LivingSituation.</td></tr></table>", "<h1>探访</h1><p>e.g. today.</p>")]
    public async Task A_code_instead_of_words_and_a_second_heading_are_seen(string fault, string right) =>
        await Tells(Looks.WordsMissing, fault, right, "zh-CN");

    [Theory]
    [InlineData(PageLook.Everything, "label", "<input>")]
    [InlineData(PageLook.Everything, "color-contrast", "<p style='color:#999'>xxxxx</p>")]
    [InlineData(PageLook.Colours, "color-contrast", "<p style='color:#999'>xxxxx</p>")]
    [InlineData(PageLook.Colours, "link-in-text-block", "<p>xxxxx <a href='#' style='color:#111;text-decoration:none'>x</a> xxxxx</p>")]
    [InlineData(PageLook.Sizes, "target-size", "<style>a {display:block;height:9px}</style><a href='#'>x</a><a href='#'>y</a>")]
    [InlineData(PageLook.Sizes, "scrollable-region-focusable", "<div style='height:40px;overflow:auto'><p style='height:900px'>x</div>")]
    public async Task Axe_sees_what_it_is_asked_for(string rules, string rule, string fault)
    {
        var page = await Page($"<main><h1>x</h1>{fault}</main>");

        Assert.Contains(await PageLook.Axe(page, rules), w => w.StartsWith(rule + " ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_in_another_reading_only_is_seen_where_its_answer_is_taken_over()
    {
        var page = await Page("<main><h1>x</h1><p>xxxxx</p></main>");
        Assert.Empty(await PageLook.Axe(page, PageLook.Colours));

        await Served.Read(Answer("<main><h1>x</h1><p style='color:#999'>xxxxx</p></main>"))!.ShowIn(page);

        Assert.Contains(await PageLook.Axe(page, PageLook.Colours), w => w.StartsWith("color-contrast ", StringComparison.Ordinal));
        Assert.Equal(("en", "more"),
            (await page.Locator("html").GetAttributeAsync("lang"), await page.Locator("html").GetAttributeAsync("data-contrast")));
    }

    [Theory]
    [InlineData("<script src='/x.js'></script>")]
    [InlineData("<input autofocus>")]
    public void An_answer_that_only_opening_does_justice_to_is_never_taken_over(string part) => Assert.Null(Served.Read(Answer(part)));

    private static string Answer(string body) =>
        $"<!DOCTYPE html><html lang=\"en\" data-contrast=\"more\"><head><title>x</title></head><body>{body}</body></html>";

    private async Task Tells(string look, string fault, string right, object? given = null)
    {
        foreach (var (html, isRight) in new[] { (fault, false), (right, true) })
        {
            var page = await Page(html);
            await page.Keyboard.PressAsync("Tab");
            var wrong = await page.EvaluateAsync<string[]>(look, given);
            Assert.True(isRight == (wrong.Length == 0), $"{html}: {string.Join("; ", wrong)}");
            await page.Context.CloseAsync();
        }
    }

    private async Task<IPage> Page(string html)
    {
        var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 320, Height = 700 } });
        await PageLook.LoadAxe(context);
        var page = await context.NewPageAsync();
        await page.SetContentAsync($"<!doctype html><html lang=zh-CN><title>x</title>{Style}<body>{html}");
        return page;
    }
}
