using CsCheck;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;
using Xunit;

namespace Shouwang.Tests.Rules;

public sealed class RulebookTests
{
    private static readonly DateOnly s_start = new(2020, 1, 1);
    private static readonly DateOnly s_day = new(2026, 3, 1);
    private static readonly AreaCode s_province = new(990000000000);
    private static readonly AreaCode s_county = new(990101000000);
    private static readonly AreaCode s_village = new(990101100201);
    private static readonly RuleSource[] s_sources = [new("paper", "Paper", "Somebody", "2023", "")];

    [Fact]
    public void The_nearest_value_wins_and_says_where_it_comes_from()
    {
        var book = Book(
            Nation(Number("points.min-elders", 10, new(5, 30, null, false))),
            Package("province", s_province, Number("points.min-elders", 12)),
            Package("county", s_county, Number("points.min-elders", 15)));

        var rule = book.At(s_village, s_day).Find("points.min-elders");

        Assert.Equal(15, book.At(s_village, s_day).Int("points.min-elders"));
        Assert.Equal(12, book.At(new(990201100201), s_day).Int("points.min-elders"));
        Assert.Equal(10, book.At(new(110101100201), s_day).Int("points.min-elders"));
        Assert.Equal((s_county, s_start, "paper"), (rule.IssuedBy, rule.Since, rule.Parameter.Source));
        Assert.Equal("county@1", rule.Package.Stamp);
    }

    [Fact]
    public void A_village_may_not_leave_the_bounds_the_nation_set_though_a_county_stands_between()
    {
        var faults = Faults(
            Nation(Number("points.min-elders", 10, new(5, 30, null, false))),
            Package("county", s_county, Number("points.min-elders", 15)),
            Package("village", s_village, Number("points.min-elders", 31)));

        var fault = Assert.Single(faults);
        Assert.Equal(("village.yaml", "rules.outside-bounds"), (fault.File, fault.Refusal.Code));
        Assert.Equal(["31", "5 – 30", "points.min-elders"], new[] { "value", "bounds", "id" }.Select(f => fault.Refusal.Facts[f]));
    }

    [Fact]
    public void A_county_may_narrow_the_bounds_for_its_villages_but_not_widen_them()
    {
        var national = Nation(Number("points.min-elders", 10, new(5, 30, null, false)));
        var narrow = Package("county", s_county, Number("points.min-elders", 15, new(12, 20, null, false)));
        var wide = Package("county", s_county, Number("points.min-elders", 15, new(1, 20, null, false)));

        Refused("rules.outside-bounds", national, narrow, Package("village", s_village, Number("points.min-elders", 8)));
        Refused("rules.wider-bounds", national, wide);
        Assert.Empty(Faults(national, narrow));
    }

    [Fact]
    public void What_the_nation_left_without_bounds_no_lower_area_may_choose()
    {
        var faults = Faults(
            Nation(Number("visits.rate-target", 100)),
            Package("county", s_county, Number("visits.rate-target", 100)));

        Assert.Equal("rules.not-open", Assert.Single(faults).Refusal.Code);
    }

    [Fact]
    public void A_value_outside_its_own_bounds_is_refused() =>
        Refused("rules.outside-bounds", Nation(Number("points.min-elders", 4, new(5, 30, null, false))));

    [Fact]
    public void A_lower_package_may_neither_invent_a_rule_nor_change_its_kind()
    {
        var national = Nation(Number("points.min-elders", 10, new(5, 30, null, false)));

        Refused("rules.unknown-parameter", national, Package("county", s_county, Number("points.min-elder", 9)));
        Refused("rules.other-kind", national, Package("county", s_county, Flag("points.min-elders", true)));
    }

    [Fact]
    public void A_table_keeps_its_rows_and_grows_only_where_it_may()
    {
        var closed = Nation(Table("visits.every-days", new(1, 31, null, false), ("red", 7), ("green", 30)));
        var open = Nation(Table("visits.every-days", new(1, 31, null, true), ("red", 7), ("green", 30)));
        var fewer = Package("county", s_county, Table("visits.every-days", null, ("red", 3)));
        var more = Package("county", s_county, Table("visits.every-days", null, ("red", 3), ("green", 20), ("blue", 31)));
        var high = Package("county", s_county, Table("visits.every-days", null, ("red", 3), ("green", 32)));

        Refused("rules.row-missing", closed, fewer);
        Refused("rules.row-unknown", closed, more);
        Refused("rules.outside-bounds", closed, high);
        Assert.Empty(Faults(open, more));
    }

    [Fact]
    public void A_change_holds_from_its_day_on_and_not_a_day_earlier()
    {
        var change = new DateOnly(2026, 7, 1);
        var book = Book(Nation(
            Number("points.min-elders", 10) with { Period = new(s_start, change) },
            Number("points.min-elders", 8) with { Period = new(change) }));

        Assert.Equal(10, book.At(s_village, change.AddDays(-1)).Int("points.min-elders"));
        Assert.Equal(8, book.At(s_village, change).Int("points.min-elders"));
        Assert.Equal(change, book.At(s_village, change).Find("points.min-elders").Since);
    }

    [Fact]
    public void Two_values_for_one_day_and_days_without_a_value_are_refused()
    {
        var change = new DateOnly(2026, 7, 1);
        var first = Number("points.min-elders", 10) with { Period = new(s_start, change) };

        var then = Number("points.min-elders", 8);

        Refused("rules.given-twice", Nation(first, then with { Period = new(change.AddDays(-1)) }));
        Refused("rules.gap", Nation(first, then with { Period = new(change.AddDays(1)) }));
        Refused("rules.gap", Nation(first));
    }

    [Fact]
    public void What_was_decided_under_an_older_version_reads_the_same_after_a_new_one()
    {
        var old = Package("county", s_county, Number("points.min-elders", 15));
        var national = Nation(Number("points.min-elders", 10, new(5, 30, null, false)));
        var stamp = Book(national, old).At(s_village, s_day).Stamp;

        var later = Book(national, old, Package("county", s_county, Number("points.min-elders", 20)) with { Version = 2 });

        Assert.Equal("national@1+county@1", stamp);
        Assert.Equal(20, later.At(s_village, s_day).Int("points.min-elders"));
        Assert.Equal("national@1+county@2", later.At(s_village, s_day).Stamp);
        Assert.Equal(15, later.Under(stamp, s_village, s_day).Int("points.min-elders"));
        Assert.Throws<KeyNotFoundException>(() => later.Under("national@9", s_village, s_day));
    }

    [Fact]
    public void Asking_for_an_unknown_rule_or_in_another_unit_is_a_bug()
    {
        var price = Number("meals.base-price", 800) with { Unit = RuleUnit.Fen };
        var book = Book(Nation(price, Number("points.min-elders", 10)));
        var rules = book.At(s_village, s_day);

        Assert.Equal(new Money(800), rules.Fen("meals.base-price"));
        Assert.Throws<KeyNotFoundException>(() => rules.Int("points.min-elder"));
        Assert.Throws<InvalidOperationException>(() => rules.Int("meals.base-price"));
        Assert.Throws<InvalidOperationException>(() => rules.Minutes("points.min-elders"));
        Assert.Throws<InvalidOperationException>(() => rules.Bool("points.min-elders"));
        Assert.Throws<InvalidOperationException>(() => rules.Table("points.min-elders"));
        Assert.Throws<KeyNotFoundException>(() => book.At(s_village, s_start.AddDays(-1)).Int("points.min-elders"));
    }

    [Fact]
    public void Words_of_a_choice_and_rows_of_a_table_are_read_as_members_of_an_enumeration()
    {
        var choice = Number("timebank.mode", 0) with { Value = new RuleValue.Choice("service-and-goods"), Unit = RuleUnit.Choice };
        var prices = Table("meals.prices", null, ("60", 600), ("70", 400));
        var rules = Book(Nation(choice, prices, Table("x.y", null, ("service-only", 7)))).At(s_village, s_day);

        Assert.Equal(Mode.ServiceAndGoods, rules.Choice<Mode>("timebank.mode"));
        Assert.Throws<InvalidOperationException>(() => rules.Choice<DayOfWeek>("timebank.mode"));
        Assert.Equal(7, rules.Table("x.y").For(Mode.ServiceOnly));
        Assert.Equal([null, 600L, 600L, 400L], new[] { 59, 60, 69, 70 }.Select(rules.Table("meals.prices").Step));
        Assert.Throws<KeyNotFoundException>(() => rules.Table("x.y")["none"]);
    }

    [Fact]
    public void Packages_without_a_nation_twice_the_same_or_with_an_unlisted_source_are_refused()
    {
        var national = Nation(Number("a.b", 1));

        Assert.Contains(Faults(Package("county", s_county, Number("a.b", 1))), f => f.Refusal.Code == "rules.no-national");
        Refused("rules.package-twice", national, national);
        Refused("rules.unknown-source", Nation(Number("a.b", 1) with { Source = "rumour" }));
        Refused("rules.given-twice", national, Package("other", AreaCode.Nation, Number("a.b", 2)));
    }

    [Fact]
    public void Whatever_lower_areas_choose_a_book_that_binds_never_leaves_the_bounds_and_obeys_the_nearest() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[0, 7]).Sample((p, c, v, given) =>
        {
            int? province = (given & 1) != 0 ? p : null, county = (given & 2) != 0 ? c : null, village = (given & 4) != 0 ? v : null;
            var packages = new List<RulePackage> { Nation(Number("a.b", 20, new(10, 30, null, false))) };
            if (province is not null) packages.Add(Package("province", s_province, Number("a.b", p)));
            if (county is not null) packages.Add(Package("county", s_county, Number("a.b", c)));
            if (village is not null) packages.Add(Package("village", s_village, Number("a.b", v)));
            packages.Reverse();

            var (book, _) = Rulebook.Bind(packages, s_sources);

            var inside = new[] { province, county, village }.All(x => x is null or (>= 10 and <= 30));
            return book is null ? !inside : inside && book.At(s_village, s_day).Int("a.b") == (village ?? county ?? province ?? 20);
        });

    private enum Mode { ServiceOnly, ServiceAndGoods }

    private static Rulebook Book(params RulePackage[] packages) =>
        Rulebook.Bind(packages, s_sources).Book ?? throw new InvalidOperationException("The packages do not bind.");

    private static IReadOnlyList<RuleFault> Faults(params RulePackage[] packages) => Rulebook.Bind(packages, s_sources).Faults;

    private static void Refused(string code, params RulePackage[] packages) =>
        Assert.Equal(code, Assert.Single(Faults(packages)).Refusal.Code);

    private static RulePackage Nation(params Parameter[] parameters) => Package("national", AreaCode.Nation, parameters);

    private static RulePackage Package(string id, AreaCode area, params Parameter[] parameters) =>
        new(id, 1, area, id, id + ".yaml", parameters);

    private static Parameter Number(string id, long amount, Bounds? bounds = null) =>
        new(id, new RuleValue.Number(amount), RuleUnit.Elders, new(s_start), RuleMark.Found, "paper", bounds, 7);

    private static Parameter Flag(string id, bool on) =>
        Number(id, 0) with { Value = new RuleValue.Flag(on), Unit = RuleUnit.YesNo };

    private static Parameter Table(string id, Bounds? bounds, params (string Key, long Amount)[] rows) =>
        Number(id, 0, bounds) with
        {
            Value = new RuleValue.Table(new([.. rows.Select(r => KeyValuePair.Create(r.Key, r.Amount))])),
            Unit = RuleUnit.Days,
        };
}
