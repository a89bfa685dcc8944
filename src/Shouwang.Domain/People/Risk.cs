using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Domain.People;

/// <summary>How much attention an elder is owed, from daily contact down to a monthly visit. 风险等级</summary>
public enum RiskClass { Red = 1, Orange = 2, Yellow = 3, Green = 4 }

/// <summary>Why an elder is in their risk class. 风险原因</summary>
public enum RiskReason
{
    AloneAndOld = 1, AloneAndUnable = 2, AloneAndAlert = 3, Unable = 4, SevereDisability = 5, FamilyPlanning = 6, WithoutFamilyAndOlder = 7,
    LivingAlone = 8, EmptyNest = 9, LeftBehind = 10, Incapacitated = 11, Registered = 12,
}

/// <summary>What the risk class is computed from. 风险依据</summary>
/// <param name="Age">Completed years; null where the birthday is not known.</param>
/// <param name="RecentAlert">Whether an alert was raised lately (rule visits.red-alert-days).</param>
public sealed record RiskFacts(int? Age, LivingSituation? Living, AbilityLevel? Ability, SpecialClasses Classes, bool RecentAlert = false);

/// <summary>The numbers of the risk classes, as they hold in an area on a day. 风险规则</summary>
public sealed record RiskRules(int RedFromAge, int RedFromLevel, int OrangeFromAge, int OrangeFromLevel)
{
    /// <summary>Reads the rules visits.red-from-age and its neighbours.</summary>
    public static RiskRules Of(RulesInForce rules) => new(
        rules.Int("visits.red-from-age"), rules.Int("visits.red-from-level"), rules.Int("visits.orange-from-age"),
        rules.Int("visits.orange-from-level"));
}

/// <summary>The risk class of an elder and the reason for it. 风险等级与原因</summary>
public sealed record Risk(RiskClass Class, RiskReason Reason)
{
    /// <summary>Whether the elder is one of the six kinds whom visits are owed to by national rule. 特殊困难老年人</summary>
    public bool IsInTargetList => Class != RiskClass.Green;

    /// <summary>The class and its reason; the first rule that fits decides.</summary>
    public static Risk Of(RiskFacts facts, RiskRules rules) =>
        RedReason(facts, rules) is { } red ? new(RiskClass.Red, red)
        : OrangeReason(facts, rules) is { } orange ? new(RiskClass.Orange, orange)
        : YellowReason(facts) is { } yellow ? new(RiskClass.Yellow, yellow)
        : new(RiskClass.Green, RiskReason.Registered);

    private static RiskReason? RedReason(RiskFacts facts, RiskRules rules)
    {
        if (facts.Living != LivingSituation.LivingAlone) return null;
        if (facts.Age >= rules.RedFromAge) return RiskReason.AloneAndOld;
        if (IsUnable(facts, rules.RedFromLevel)) return RiskReason.AloneAndUnable;
        return facts.RecentAlert ? RiskReason.AloneAndAlert : null;
    }

    private static RiskReason? OrangeReason(RiskFacts facts, RiskRules rules)
    {
        if (IsUnable(facts, rules.OrangeFromLevel)) return RiskReason.Unable;
        if (facts.Classes.HasFlag(SpecialClasses.SevereDisability)) return RiskReason.SevereDisability;
        if (facts.Classes.HasFlag(SpecialClasses.FamilyPlanning)) return RiskReason.FamilyPlanning;
        var withoutFamily = facts.Living is LivingSituation.LivingAlone or LivingSituation.EmptyNest;
        return withoutFamily && facts.Age >= rules.OrangeFromAge ? RiskReason.WithoutFamilyAndOlder : null;
    }

    private static RiskReason? YellowReason(RiskFacts facts) => facts.Living switch
    {
        LivingSituation.LivingAlone => RiskReason.LivingAlone,
        LivingSituation.EmptyNest => RiskReason.EmptyNest,
        LivingSituation.LeftBehind => RiskReason.LeftBehind,
        _ => facts.Classes.HasFlag(SpecialClasses.Incapacitated) ? RiskReason.Incapacitated : null,
    };

    /// <summary>By the assessment; where there is none yet, as the village sees it.</summary>
    private static bool IsUnable(RiskFacts facts, int fromLevel) =>
        facts.Ability is { } level ? (int)level >= fromLevel : facts.Classes.HasFlag(SpecialClasses.Incapacitated);
}
