using Shouwang.Domain.People;
using Xunit;
using static Shouwang.Domain.People.SpecialClasses;

namespace Shouwang.Tests.People;

public sealed class RiskTests
{
    private static readonly RiskRules s_rules = new(RedFromAge: 80, RedFromLevel: 2, OrangeFromAge: 70, OrangeFromLevel: 2);

    [Theory]
    [InlineData(80, LivingSituation.LivingAlone, AbilityLevel.Intact, None, RiskClass.Red, RiskReason.AloneAndOld)]
    [InlineData(66, LivingSituation.LivingAlone, AbilityLevel.Moderate, None, RiskClass.Red, RiskReason.AloneAndUnable)]
    [InlineData(66, LivingSituation.LivingAlone, null, Incapacitated, RiskClass.Red, RiskReason.AloneAndUnable)]
    [InlineData(79, LivingSituation.LivingAlone, AbilityLevel.Mild, None, RiskClass.Orange, RiskReason.WithoutFamilyAndOlder)]
    [InlineData(90, LivingSituation.EmptyNest, AbilityLevel.Intact, None, RiskClass.Orange, RiskReason.WithoutFamilyAndOlder)]
    [InlineData(61, LivingSituation.WithFamily, AbilityLevel.Severe, None, RiskClass.Orange, RiskReason.Unable)]
    [InlineData(61, LivingSituation.WithFamily, null, SevereDisability, RiskClass.Orange, RiskReason.SevereDisability)]
    [InlineData(61, null, null, FamilyPlanning, RiskClass.Orange, RiskReason.FamilyPlanning)]
    [InlineData(69, LivingSituation.LivingAlone, null, None, RiskClass.Yellow, RiskReason.LivingAlone)]
    [InlineData(69, LivingSituation.EmptyNest, null, None, RiskClass.Yellow, RiskReason.EmptyNest)]
    [InlineData(95, LivingSituation.LeftBehind, null, None, RiskClass.Yellow, RiskReason.LeftBehind)]
    [InlineData(95, LivingSituation.WithFamily, AbilityLevel.Mild, Incapacitated, RiskClass.Yellow, RiskReason.Incapacitated)]
    [InlineData(95, LivingSituation.WithFamily, AbilityLevel.Mild, None, RiskClass.Green, RiskReason.Registered)]
    [InlineData(null, LivingSituation.LivingAlone, null, None, RiskClass.Yellow, RiskReason.LivingAlone)]
    public void The_first_rule_that_fits_gives_the_class_and_its_reason(
        int? age, LivingSituation? living, AbilityLevel? ability, SpecialClasses classes, RiskClass expected, RiskReason reason) =>
        Assert.Equal(new Risk(expected, reason), Risk.Of(new(age, living, ability, classes), s_rules));

    [Fact]
    public void An_alert_lately_makes_one_who_lives_alone_red_and_no_one_else()
    {
        Assert.Equal(new(RiskClass.Red, RiskReason.AloneAndAlert),
            Risk.Of(new(65, LivingSituation.LivingAlone, null, SpecialClasses.None, RecentAlert: true), s_rules));
        Assert.Equal(RiskClass.Yellow,
            Risk.Of(new(65, LivingSituation.EmptyNest, null, SpecialClasses.None, RecentAlert: true), s_rules).Class);
    }

    [Fact]
    public void The_rules_move_the_border()
    {
        var facts = new RiskFacts(75, LivingSituation.LivingAlone, null, SpecialClasses.None);
        Assert.Equal(RiskClass.Red, Risk.Of(facts, s_rules with { RedFromAge = 75 }).Class);
        Assert.Equal(RiskClass.Yellow, Risk.Of(facts, s_rules with { OrangeFromAge = 76 }).Class);
    }

    [Fact]
    public void Only_elders_have_a_risk_class_and_it_follows_the_facts_of_the_day()
    {
        var (day, now) = (new DateOnly(2026, 3, 16), new DateTimeOffset(2026, 3, 16, 1, 0, 0, TimeSpan.Zero));
        var person = new Person(new(Guid.Parse("0190a1b2-c3d4-7e5f-8a6b-112233445566")), new(990101100201), new("王", "王", "W"), Sex.Female,
            new(1945, 3, 2));
        Assert.Null(person.RiskOn(day, s_rules));

        person.Play(PersonRoles.Elder);
        Assert.Equal(RiskClass.Green, person.RiskOn(day, s_rules)?.Class);
        person.Learn(FactKind.Living, LivingSituation.LivingAlone, day, now);
        Assert.Equal(RiskClass.Green, person.RiskOn(day.AddDays(-1), s_rules)?.Class);
        Assert.Equal(RiskClass.Red, person.RiskOn(day, s_rules)?.Class);
    }

    [Fact]
    public void Everyone_but_the_green_is_in_the_list_that_is_owed_visits() =>
        Assert.Equal([true, true, true, false],
            Enum.GetValues<RiskClass>().Select(c => new Risk(c, RiskReason.Registered).IsInTargetList));
}
