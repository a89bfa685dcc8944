using Shouwang.Application.Rules;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;
using Xunit;

namespace Shouwang.Tests.Rules;

public sealed class RuleFilesTests
{
    private const string Head = "package: county\nversion: 1\narea: \"990102\"\ntitle: County\nvalid-from: 2026-01-01\nparameters:\n";

    [Theory]
    [InlineData("  points.min-elders: { value: 61, unit: elders, FOUND }", 7, "rules.outside-bounds")]
    [InlineData("  points.min-elders: { value: ten, unit: elders, FOUND }", 7, "rules.bad-value")]
    [InlineData("  points.min-elders: { value: \"10\", unit: elders, FOUND }", 7, "rules.bad-value")]
    [InlineData("  points.min-elders: { value: 10, unit: heads, FOUND }", 7, "rules.unknown-word")]
    [InlineData("  points.min-elders: { value: 10, unit: elders, mark: sure, SOURCE }", 7, "rules.unknown-word")]
    [InlineData("  points.min-elders: { value: 10, unit: elders, mark: found }", 7, "rules.missing")]
    [InlineData("  points.min-elders: { value: 10, unit: elders, SOURCE }", 7, "rules.missing")]
    [InlineData("  points.min-elders: { unit: elders, FOUND }", 7, "rules.missing")]
    [InlineData("  points.min-elders: { value: 10, unit: elders, mark: found, source: hearsay }", 7, "rules.unknown-source")]
    [InlineData("  points.min-elders: { value: 10, unit: elders, FOUND, bound: 3 }", 7, "rules.unknown-word")]
    [InlineData("  points.min-elders: { value: 10, unit: elders, FOUND, valid-from: 2026-02-30 }", 7, "rules.bad-period")]
    [InlineData("  points.min-elders: { value: 10, unit: elders, FOUND, valid-to: 2025-02-01 }", 7, "rules.bad-period")]
    [InlineData("  points.min-elders: { value: 10, unit: elders, FOUND, bounds: { min: 9, max: 8 } }", 7, "rules.bad-value")]
    [InlineData("  points.min-elders: { value: 10, unit: elders, FOUND, bounds: { min: 4 } }", 7, "rules.wider-bounds")]
    [InlineData("\n\n  points.no-such-rule: { value: 10, unit: elders, FOUND }", 9, "rules.unknown-parameter")]
    [InlineData("  points.min-elders:\n    value: 10\n    unit: elders\n    mark: guess\n    SOURCE", 10, "rules.unknown-word")]
    [InlineData("  visits.rate-target: { value: 100, unit: percent, FOUND }", 7, "rules.not-open")]
    [InlineData("  timebank.redemption-mode: { value: cash, unit: choice, FOUND }", 7, "rules.outside-bounds")]
    [InlineData("  points.min-elders: { value: 10", 8, "rules.not-yaml")]
    [InlineData("  points.min-elders: 10", 7, "rules.bad-value")]
    public void A_bad_package_is_refused_with_its_file_its_line_and_the_reason(string body, int line, string code)
    {
        var reading = RuleFiles.Read([Package("county/990102.yaml", body)]);

        Assert.Null(reading.Book);
        var fault = Assert.Single(reading.Faults);
        Assert.Equal(("county/990102.yaml", line, code), (fault.File, fault.Line, fault.Refusal.Code));
        Assert.StartsWith($"county/990102.yaml:{line}: {code} (", RuleFiles.Line(fault), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("area: \"990102\"", "area: \"99010\"", "areas.bad-code", 3)]
    [InlineData("version: 1", "version: 0", "rules.bad-value", 2)]
    [InlineData("title: County", "name: County", "rules.unknown-word", 4)]
    [InlineData("valid-from: 2026-01-01", "valid-from: soon", "rules.bad-period", 5)]
    [InlineData("parameters:", "values:", "rules.unknown-word", 6)]
    public void A_bad_head_is_refused_with_its_line(string good, string bad, string code, int line)
    {
        var text = Package("head.yaml", "  points.min-elders: { value: 10, unit: elders, FOUND }").Text;

        var reading = RuleFiles.Read([new("head.yaml", text.Replace(good, bad, StringComparison.Ordinal))]);

        Assert.Null(reading.Book);
        Assert.Contains(reading.Faults, f => f.Refusal.Code == code && f.Line == line && f.File == "head.yaml");
    }

    [Fact]
    public void A_good_package_of_a_county_stands_under_the_shipped_national_one()
    {
        var reading = RuleFiles.Read([Package("c.yaml", "  points.min-elders: { value: 15, unit: elders, FOUND }")]);

        Assert.Empty(reading.Faults);
        Assert.Equal(15, reading.Book!.At(new(990102100201), new(2026, 1, 1)).Int("points.min-elders"));
        Assert.Equal(10, reading.Book.At(new(990102100201), new(2025, 12, 31)).Int("points.min-elders"));
        Assert.Equal(10, reading.Book.At(new(990101100201), new(2026, 1, 1)).Int("points.min-elders"));
    }

    [Fact]
    public void One_rule_may_have_several_dated_values()
    {
        const string body = """
              points.min-elders:
                - { value: 12, unit: elders, valid-to: 2026-07-01, FOUND }
                - { value: 15, unit: elders, valid-from: 2026-07-01, FOUND }

            """;

        var reading = RuleFiles.Read([Package("c.yaml", body)]);

        Assert.Empty(reading.Faults);
        Assert.Equal([12, 15], new[] { new DateOnly(2026, 6, 30), new(2026, 7, 1) }
            .Select(d => reading.Book!.At(new(990102100201), d).Int("points.min-elders")));
    }

    [Fact]
    public void A_reading_with_faults_cannot_be_used_and_says_why()
    {
        var reading = RuleFiles.Read([Package("c.yaml", "  points.min-elders: { value: 61, unit: elders, FOUND }")]);

        var thrown = Assert.Throws<InvalidOperationException>(() => RuleFiles.Sound(reading));
        Assert.Contains("c.yaml:7: rules.outside-bounds", thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>A county's package; SOURCE stands for a listed source, FOUND for that and its mark.</summary>
    private static RuleText Package(string file, string body) =>
        new(file, (Head + body + "\n")
            .Replace("FOUND", "mark: found, SOURCE", StringComparison.Ordinal)
            .Replace("SOURCE", "source: mutual-aid-paper", StringComparison.Ordinal));
}
