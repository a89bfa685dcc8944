using CsCheck;
using Shouwang.Application.Rules;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.TimeBank;
using Xunit;

namespace Shouwang.Tests.TimeBank;

/// <summary>What visits earn, and the laws that hold whatever the order of verification.</summary>
public sealed class VisitCreditTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 16, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly s_day = new(2026, 3, 16);
    private static readonly AreaCode s_village = new(990101100201);

    [Fact]
    public void A_visit_earns_its_minutes_times_the_mean_coefficient_of_what_was_done() => Assert.Equal(36, VisitCredit.Weigh(30, [120]));

    [Fact]
    public void Several_items_share_the_minutes_evenly_and_are_rounded_down_once() => Assert.Equal(34, VisitCredit.Weigh(31, [100, 120]));

    [Fact]
    public void What_the_days_cap_keeps_out_is_named()
    {
        var credit = Credit(60, [100], new(480, 450, 90_000, 0));

        Assert.Equal((30, 30, CreditLimit.DayCap, 450), (credit.Credited, credit.Uncredited, credit.Limit, credit.CreditedBefore));
    }

    [Fact]
    public void What_the_accounts_cap_keeps_out_is_named()
    {
        var credit = Credit(60, [100], new(480, 0, 90_000, 89_990));

        Assert.Equal((10, 50, CreditLimit.BalanceCap), (credit.Credited, credit.Uncredited, credit.Limit));
    }

    [Fact]
    public void Credited_and_uncredited_are_the_weighted_minutes_and_a_reason_is_given_exactly_when_something_is_missing() =>
        Gen.Select(Gen.Int[1, 720], Gen.Int[50, 300].Array[1, 4], Gen.Int[60, 720], Gen.Int[0, 800], Gen.Long[0, 100_000])
            .Sample((minutes, coefficients, cap, before, balance) =>
            {
                var credit = Credit(minutes, coefficients, new(cap, before, 90_000, balance));
                Assert.Equal(credit.Weighted, credit.Credited + credit.Uncredited);
                Assert.InRange(credit.Credited, 0, credit.Weighted);
                Assert.Equal(credit.Uncredited > 0, credit.Limit != CreditLimit.None);
            });

    [Fact]
    public void No_order_of_verification_credits_more_than_the_day_allows_or_another_sum() =>
        Gen.Select(Gen.Int[1, 300].Array[1, 12], Gen.Int[60, 720], Gen.Int[0, 1_000_000]).Sample((visits, cap, seed) =>
        {
            var shuffled = visits.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(Math.Min(cap, visits.Sum()), DaySum(visits, cap));
            Assert.Equal(DaySum(visits, cap), DaySum(shuffled, cap));
        });

    [Fact]
    public void Each_service_item_earns_by_a_row_of_its_own_that_every_package_has()
    {
        const ServiceItems Both = ServiceItems.Emergency | ServiceItems.Medical;
        Assert.Equal(
            [.. Enumerable.Repeat("emergency 100, medical 100", 4)],
            Each(rules => string.Join(", ", rules.Table("timebank.coefficients").Where(r => r.Key is "emergency" or "medical")
                .Select(r => $"{r.Key} {r.Value}"))));
        var table = new Domain.Rules.RuleTable([new("emergency", 140), new("medical", 150), new("other", 100)]);
        Assert.Equal([(ServiceItems.Emergency, 140), (ServiceItems.Medical, 150)], Coefficients.ByItem(Both, table));
    }

    [Fact]
    public void The_cities_rules_give_other_outcomes_for_the_same_hour()
    {
        Assert.Equal([72, 60, 60, 60], Each(rules => VisitCredit.Weigh(60, Coefficients.Of(ServiceItems.Escort, rules.Table("timebank.coefficients")))));
        Assert.Equal([3, 10, 5, 3], Each(rules => rules.Int("points.max-elders-per-volunteer")));
        Assert.Equal([90_000, 600_000, 90_000, 90_000], Each(rules => rules.Minutes("timebank.balance-cap")));
    }

    [Fact]
    public void The_cities_rules_redeem_the_same_balance_differently_and_round_only_there()
    {
        Assert.Equal([2520L, 2520L, 2539L, 0L], Each(rules => RedemptionTerms.Of(rules).Redeemable(2539)));
        Assert.Equal([6090L, 6060L, 6107L, 6060L], Each(rules => RedemptionTerms.Of(rules).Redeemable(6107)));
        Assert.Equal(
            [RedemptionMode.ServiceAndGoods, RedemptionMode.ServiceOnly, RedemptionMode.ServiceOnly, RedemptionMode.ServiceAndGoods],
            Each(rules => RedemptionTerms.Of(rules).Mode));
    }

    [Fact]
    public void An_area_that_adopts_a_package_keeps_what_the_package_says_nothing_of()
    {
        var rules = Adopted("guangzhou").At(s_village, s_day);

        Assert.Equal((60, false), (rules.Minutes("timebank.granularity"), rules.Bool("people.strict-id-region")));
        Assert.Equal("national@1+990101-as-440100-guangzhou@1", rules.Stamp);
    }

    [Fact]
    public void A_package_nobody_wrote_cannot_be_adopted() => Assert.Throws<InvalidOperationException>(() => Adopted("atlantis"));

    private static VisitCredit Credit(int minutes, int[] coefficients, CreditCaps caps) =>
        VisitCredit.Of(s_village, new(Guid.Empty, new Id<Person>(Guid.Empty), s_day, minutes), coefficients, caps, "national@1", s_now);

    private static int DaySum(IEnumerable<int> visits, int cap) =>
        visits.Aggregate(0, (sum, minutes) => sum + Credit(minutes, [100], new(cap, sum, 90_000, sum)).Credited);

    private static Domain.Rules.Rulebook Adopted(string package) =>
        new RuleAdoption(package, s_village.At(AreaLevel.County)).In(RuleFiles.Shipped);

    /// <summary>The county's own rules, then Beijing's, Nanjing's and Guangzhou's, in the same village.</summary>
    private static T[] Each<T>(Func<Domain.Rules.RulesInForce, T> outcome) =>
    [
        outcome(RuleFiles.Shipped.At(s_village, s_day)),
        .. new[] { "beijing", "nanjing", "guangzhou" }.Select(city => outcome(Adopted(city).At(s_village, s_day))),
    ];
}
