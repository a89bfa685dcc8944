using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>What the register says no with.</summary>
public static class PeopleRefusals
{
    public static readonly Refusal NotFound = new("people.not-found", RefusalKind.NotFound);

    /// <summary>A period ends after it begins.</summary>
    public static readonly Refusal FactPeriod = new("people.fact-period", RefusalKind.Invalid, "to");

    /// <summary>There is no such fact, or a later one has replaced it.</summary>
    public static readonly Refusal FactNotFound = new("people.fact-not-found", RefusalKind.NotFound);

    /// <summary>A roster is taken into one village, named by its twelve digits.</summary>
    public static readonly Refusal ImportIntoVillage = new("people.import-into-village", RefusalKind.Invalid, "area");
}
