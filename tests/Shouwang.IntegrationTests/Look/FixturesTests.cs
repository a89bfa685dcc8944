using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Look;

public sealed class FixturesTests(ITestOutputHelper output)
{
    public static TheoryData<string> Components => [.. Adopted.All.Keys];

    [Theory, MemberData(nameof(Components))]
    public async Task A_component_draws_what_its_published_fixtures_say_but_for_the_differences_we_chose(string component)
    {
        var different = new List<string>();
        foreach (var fixture in Fixture.Of(component))
        {
            var (drawn, expected) = (PlainHtml.Of(await Draw(fixture)), PlainHtml.Of(fixture.Html));
            if (drawn == expected) continue;
            different.Add(fixture.Name);
            if (!Differences.All.ContainsKey((component, fixture.Name)))
                output.WriteLine($"--- {fixture}\n{FirstDifference(expected, drawn)}");
        }

        Assert.Equal(Differences.All.Keys.Where(d => d.Component == component).Select(d => d.Fixture).Order(), different.Order());
    }

    [Fact]
    public async Task Nineteen_of_twenty_published_fixtures_of_the_adopted_components_are_met()
    {
        var (met, all) = (0, 0);
        foreach (var fixture in Adopted.All.Keys.SelectMany(Fixture.Of))
        {
            all++;
            if (PlainHtml.Of(await Draw(fixture)) == PlainHtml.Of(fixture.Html)) met++;
        }

        output.WriteLine($"{met} of {all} fixtures of {Adopted.All.Count} components");
        Assert.InRange(all, 400, 1000);
        Assert.True(met >= 0.95 * all, $"{met} of {all}");
    }

    [Theory]
    [InlineData("<p class=\"a b\">x</p>", "<p  class='b a'>\n x </p>", true)]
    [InlineData("<input checked disabled>", "<input disabled=\"\" checked />", true)]
    [InlineData("<p>a &amp; b</p>", "<p>a & b</p>", true)]
    [InlineData("<p class=\"a\">x</p>", "<p class=\"a b\">x</p>", false)]
    [InlineData("<p>x</p>", "<p>y</p>", false)]
    [InlineData("<p>x</p><b></b>", "<p>x<b></b></p>", false)]
    [InlineData("<p id=\"a\">x</p>", "<p>x</p>", false)]
    public void Plain_html_is_equal_where_a_browser_sees_no_difference_and_only_there(string one, string other, bool equal) =>
        Assert.Equal(equal, PlainHtml.Of(one) == PlainHtml.Of(other));

    private static async Task<string> Draw(Fixture fixture)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        await using var services = new ServiceCollection().AddSingleton<Words>().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var (type, of) = Adopted.All[fixture.Component];
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(type, ParameterView.FromDictionary(of(fixture.Options)))).ToHtmlString());
    }

    private static string FirstDifference(string expected, string drawn)
    {
        var (wanted, got) = (expected.Split('\n'), drawn.Split('\n'));
        var at = Enumerable.Range(0, Math.Max(wanted.Length, got.Length))
            .First(i => wanted.ElementAtOrDefault(i) != got.ElementAtOrDefault(i));
        return $"expected {wanted.ElementAtOrDefault(at)}\ndrawn    {got.ElementAtOrDefault(at)}";
    }
}
