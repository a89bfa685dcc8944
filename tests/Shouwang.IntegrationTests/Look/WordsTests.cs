using System.Globalization;
using System.Text.RegularExpressions;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Look;

public sealed partial class WordsTests
{
    [Fact]
    public void Every_module_says_the_same_codes_in_both_languages()
    {
        var (chinese, english) = (Codes("zh-CN"), Codes("en"));

        Assert.NotEmpty(chinese);
        Assert.Equal(chinese, english);
    }

    [Fact]
    public void No_code_belongs_to_two_modules() =>
        Assert.Empty(Words.Stored("zh-CN").GroupBy(w => w.Code).Where(g => g.Select(w => w.Module).Distinct().Count() > 1)
            .Select(g => g.Key));

    [Fact]
    public void A_sentence_names_the_same_facts_in_both_languages()
    {
        var english = Words.Stored("en").ToDictionary(w => w.Code, w => Facts(w.Said));

        Assert.Empty(Words.Stored("zh-CN").Where(w => !Facts(w.Said).SequenceEqual(english[w.Code])).Select(w => w.Code));
    }

    [Fact]
    public void No_sentence_is_empty_and_chinese_ones_are_chinese()
    {
        Assert.Empty(Words.Stored("en").Where(w => string.IsNullOrWhiteSpace(w.Said)).Select(w => w.Code));
        Assert.Empty(Words.Stored("zh-CN").Where(w => !Han().IsMatch(w.Said)).Select(w => $"{w.Code}: {w.Said}"));
        Assert.Empty(Words.Stored("en").Where(w => Han().IsMatch(w.Said)).Select(w => $"{w.Code}: {w.Said}"));
    }

    [Fact]
    public void Every_code_a_page_asks_for_has_words()
    {
        var known = new Words().All("zh-CN");
        var asked = Sources("*.razor").Concat(Sources("*.cs"))
            .SelectMany(f => Asked().Matches(File.ReadAllText(f)).Select(m => (File: Path.GetFileName(f), Code: m.Groups["code"].Value)));

        Assert.Empty(asked.Where(a => !known.ContainsKey(a.Code)).Select(a => $"{a.File}: {a.Code}").Distinct());
    }

    [Fact]
    public void Every_act_that_the_audit_log_keeps_has_words()
    {
        var known = new Words().All("zh-CN");
        var acts = typeof(ICommand).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(ICommand)))
            .Select(type => $"audit.{AuditRows.NameOf(type)}").Distinct().Order().ToList();

        Assert.Contains("audit.Care.RecordVisit", acts);
        Assert.Empty(acts.Except(known.Keys));
    }

    [Fact]
    public void A_code_without_words_answers_with_itself() => Assert.Equal("look.nobody-wrote-this", new Words()["look.nobody-wrote-this"]);

    [Theory]
    [InlineData("zh-CN", "第 7 页")]
    [InlineData("en", "Page 7")]
    [InlineData("en-GB", "Page 7")]
    [InlineData("fr", "第 7 页")]
    public void Facts_are_written_in_by_name_in_the_readers_language(string culture, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

        Assert.Equal(expected, new Words()["look.pages.page", ("number", 7)]);
        Assert.Equal(expected, new Words().Of(new Refusal("look.pages.page").With("number", 7L)));
    }

    [Fact]
    public void A_fact_that_was_not_given_stays_visible_as_its_name()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

        Assert.Equal("Page {number}", new Words()["look.pages.page", ("other", 7)]);
    }

    [Theory]
    [InlineData("zh-CN", 2026, "2026")]
    [InlineData("zh-CN", 12345, "12,345")]
    [InlineData("en", -12345, "-12,345")]
    public void Numbers_are_grouped_from_five_digits_on(string culture, int number, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

        Assert.Equal(expected, Spoken.Of(number));
    }

    [Theory]
    [InlineData(2026, 11, 23, "十月十五")]
    [InlineData(2026, 2, 17, "正月初一")]
    [InlineData(2026, 2, 16, "腊月廿九")]
    [InlineData(2025, 7, 25, "闰六月初一")]
    [InlineData(2025, 6, 25, "六月初一")]
    [InlineData(2023, 1, 31, "正月初十")]
    [InlineData(2024, 2, 29, "正月二十")]
    [InlineData(1850, 1, 1, "")]
    public void The_traditional_calendar_names_its_days(int year, int month, int day, string expected) =>
        Assert.Equal(expected, Spoken.LunarDay(new DateOnly(year, month, day)));

    [Theory]
    [InlineData("zh-CN", 30, "30 分")]
    [InlineData("zh-CN", -30, "−30 分")]
    [InlineData("zh-CN", 0, "0 分")]
    [InlineData("zh-CN", 60, "1 小时 0 分")]
    [InlineData("zh-CN", -95, "−1 小时 35 分")]
    [InlineData("en", -30, "−30 min")]
    [InlineData("en", 125, "2 h 5 min")]
    public void Hours_are_said_with_one_sign_and_below_an_hour_in_minutes(string culture, int minutes, string expected)
    {
        CultureInfo.CurrentUICulture = new(culture);

        Assert.Equal(expected, new Words().Time(minutes));
        Assert.Equal(minutes < 0 ? expected : $"+{expected}", new Words().SignedTime(minutes));
    }

    [Fact]
    public void A_moment_is_told_in_the_villages_own_zone()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");

        Assert.Equal("2026年11月24日 00:30", Spoken.Of(new DateTimeOffset(2026, 11, 23, 16, 30, 0, TimeSpan.Zero)));
    }

    private static List<string> Codes(string language) =>
        [.. Words.Stored(language).Select(w => $"{w.Module}: {w.Code}").Order(StringComparer.Ordinal)];

    private static List<string> Facts(string said) =>
        [.. Named().Matches(said).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Sources(string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Shouwang.Web"), pattern, SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"\bWords\[""(?<code>[a-z0-9.-]+)""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\{[A-Za-z]+\}")]
    private static partial Regex Named();

    [GeneratedRegex(@"[\u4e00-\u9fff]")]
    private static partial Regex Han();
}
