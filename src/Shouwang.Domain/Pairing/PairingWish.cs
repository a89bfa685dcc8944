using Shouwang.Domain.People;

namespace Shouwang.Domain.Pairing;

/// <summary>What an elder asks of whoever comes: a woman or a man, someone who can do what is needed. It binds: nobody else is paired with
/// them. 结对要求</summary>
public readonly record struct PairingWish(HelperWish Sex, Skills Needs)
{
    /// <summary>Whether anything is asked for at all.</summary>
    public bool Asks => Sex != HelperWish.Anyone || Needs != Skills.None;

    /// <summary>What an elder asks for on a day.</summary>
    public static PairingWish Of(Person elder, DateOnly day) => new(
        elder.FactOn<HelperWish>(FactKind.HelperWish, day) ?? HelperWish.Anyone,
        elder.FactOn<Skills>(FactKind.NeededSkills, day) ?? Skills.None);

    /// <summary>What a helper can do on a day.</summary>
    public static Skills SkillsOf(Person helper, DateOnly day) => helper.FactOn<Skills>(FactKind.Skills, day) ?? Skills.None;

    /// <summary>Whether this helper is what was asked for; one whose sex is not known is not.</summary>
    public bool SuitedBy(Sex sex, Skills skills) => (skills & Needs) == Needs && Sex switch
    {
        HelperWish.Woman => sex == People.Sex.Female,
        HelperWish.Man => sex == People.Sex.Male,
        _ => true,
    };

    /// <summary>The same, for a helper of the register.</summary>
    public bool SuitedBy(Person helper, DateOnly day) => SuitedBy(helper.Sex, SkillsOf(helper, day));
}
