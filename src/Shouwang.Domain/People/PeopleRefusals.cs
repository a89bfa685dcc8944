using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>What the register says no with.</summary>
public static class PeopleRefusals
{
    public static readonly Refusal NotFound = new("people.not-found", RefusalKind.NotFound);

    /// <summary>A roster is taken into one village, named by its twelve digits.</summary>
    public static readonly Refusal ImportIntoVillage = new("people.import-into-village", RefusalKind.Invalid, "area");
}
