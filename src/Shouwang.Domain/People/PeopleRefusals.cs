using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>What the register says no with.</summary>
public static class PeopleRefusals
{
    public static readonly Refusal NotFound = new("people.not-found", RefusalKind.NotFound);

    /// <summary>The list of areas has no such village.</summary>
    public static readonly Refusal VillageUnknown = new("people.village-unknown", RefusalKind.Invalid, "village");

    /// <summary>A relation is ended once.</summary>
    public static readonly Refusal RelationEnded = new("people.relation-ended", RefusalKind.Conflict);

    public static readonly Refusal RelationNotFound = new("people.relation-not-found", RefusalKind.NotFound);

    /// <summary>The two already stand in this relation.</summary>
    public static readonly Refusal RelationKnown = new("people.relation-known", RefusalKind.Conflict, "relative");

    /// <summary>Nobody is their own relative.</summary>
    public static readonly Refusal RelationToSelf = new("people.relation-to-self", RefusalKind.Invalid, "relative");

    public static readonly Refusal HouseholdNotFound = new("people.household-not-found", RefusalKind.NotFound);

    /// <summary>A period ends after it begins.</summary>
    public static readonly Refusal FactPeriod = new("people.fact-period", RefusalKind.Invalid, "to");

    /// <summary>It is none of the words offered.</summary>
    public static readonly Refusal FactValue = new("people.fact-value", RefusalKind.Invalid, "value");

    public static readonly Refusal FactTooLong = new("people.fact-too-long", RefusalKind.Invalid, "value");

    /// <summary>Phones, homes and the like are written down when they hold, not before.</summary>
    public static readonly Refusal FactAhead = new("people.fact-ahead", RefusalKind.Invalid, "from");

    /// <summary>Both coordinates or none.</summary>
    public static readonly Refusal HomeHalf = new("people.home-half", RefusalKind.Invalid, "latitude");

    public static readonly Refusal HomeOutside = new("people.home-outside", RefusalKind.Invalid, "latitude");

    /// <summary>There is nothing written in this field.</summary>
    public static readonly Refusal NothingThere = new("people.nothing-there");

    /// <summary>Someone else has this ID number already.</summary>
    public static readonly Refusal IdTaken = new("people.id-taken", RefusalKind.Conflict, "idNumber");

    /// <summary>There is no such fact, or a later one has replaced it.</summary>
    public static readonly Refusal FactNotFound = new("people.fact-not-found", RefusalKind.NotFound);

    /// <summary>A roster is taken into one village, named by its twelve digits.</summary>
    public static readonly Refusal ImportIntoVillage = new("people.import-into-village", RefusalKind.Invalid, "area");
}
