using Shouwang.Application.Rules;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;
using Xunit;

namespace Shouwang.Tests.Rules;

public sealed class ShippedRulesTests
{
    private static readonly DateOnly s_first = new(2020, 1, 1);
    private static readonly AreaCode s_demo = new(990101100201);
    private static readonly AreaCode s_elsewhere = new(110101001001);

    [Fact]
    public void The_shipped_packages_bind_without_a_fault()
    {
        Assert.Contains(RuleFiles.Shipped.Packages, p => p.Id == "national");
        Assert.Contains(RuleFiles.Shipped.Packages, p => p.Area == new AreaCode(990101000000));
    }

    [Fact]
    public void Every_shipped_parameter_has_a_listed_source_with_a_title_and_an_issuer()
    {
        foreach (var parameter in RuleFiles.Shipped.Packages.SelectMany(p => p.Parameters))
        {
            var source = RuleFiles.Shipped.Source(parameter.Source);
            Assert.False(string.IsNullOrWhiteSpace(source.Title) || string.IsNullOrWhiteSpace(source.Issuer), parameter.Id);
        }
    }

    [Fact]
    public void What_is_marked_as_found_names_a_document_and_a_proposal_names_none()
    {
        foreach (var parameter in RuleFiles.Shipped.Packages.SelectMany(p => p.Parameters))
        {
            var ours = parameter.Source is "shouwang-proposal" or "demo-county-notice";
            Assert.True(ours == (parameter.Mark == RuleMark.Proposal), $"{parameter.Id} is {parameter.Mark} from {parameter.Source}");
        }
    }

    [Fact]
    public void Every_national_parameter_holds_from_the_first_day_on() =>
        Assert.All(
            RuleFiles.Shipped.Packages.Single(p => p.Id == "national").Parameters,
            p => Assert.True(RuleFiles.Shipped.At(s_elsewhere, s_first).Find(p.Id).Since == s_first, p.Id));

    [Fact]
    public void The_demo_county_differs_from_the_nation_where_it_says_so()
    {
        var (demo, elsewhere) = (RuleFiles.Shipped.At(s_demo, s_first), RuleFiles.Shipped.At(s_elsewhere, s_first));

        Assert.Equal((10, 3), (demo.Int("points.min-elders"), demo.Int("points.max-elders-per-volunteer")));
        Assert.Equal(("service-and-goods", "service-only"), (Mode(demo), Mode(elsewhere)));
        Assert.Equal((false, true), (demo.Bool("people.strict-id-region"), elsewhere.Bool("people.strict-id-region")));
        Assert.Equal("national@1+990101-demo-county@1", demo.Stamp);
    }

    [Fact]
    public void Samples_of_food_are_kept_at_least_as_long_and_as_heavy_as_the_national_standard_says()
    {
        var rules = RuleFiles.Shipped.At(s_elsewhere, s_first);

        Assert.Equal((125, 48 * 60), (rules.Int("food.sample-grams"), rules.Minutes("food.sample-kept")));
        Assert.Equal((125L, 48L * 60), (rules.Find("food.sample-grams").Choosable?.Min, rules.Find("food.sample-kept").Choosable?.Min));
    }

    [Fact]
    public void Prices_fall_with_age_and_no_one_pays_more_than_the_base_price()
    {
        var rules = RuleFiles.Shipped.At(s_demo, s_first);
        var prices = new[] { 60, 70, 80, 90 }.Select(age => rules.Table("meals.price-from-age").Step(age)!.Value).ToArray();

        Assert.Equal([600, 400, 300, 100], prices);
        Assert.True(prices[0] <= rules.Fen("meals.base-price").Fen);
    }

    private static string Mode(RulesInForce rules) => rules.Find("timebank.redemption-mode").Parameter.Value.Text;
}
