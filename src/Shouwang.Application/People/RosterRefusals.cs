using Shouwang.Domain.Kernel;

namespace Shouwang.Application.People;

/// <summary>What a roster is refused with: first the whole file, then single cells.</summary>
public static class RosterRefusals
{
    /// <summary>Nothing holds since a day that lies ahead.</summary>
    public static readonly Refusal SinceAhead = new("roster.since-ahead", RefusalKind.Invalid, "since");

    public static readonly Refusal NoFile = new("roster.no-file", RefusalKind.Invalid, "file");
    public static readonly Refusal Unreadable = new("roster.unreadable", RefusalKind.Invalid);
    public static readonly Refusal Password = new("roster.password", RefusalKind.Invalid);
    public static readonly Refusal Macros = new("roster.macros", RefusalKind.Invalid);
    public static readonly Refusal TooLarge = new("roster.too-large", RefusalKind.Invalid);
    public static readonly Refusal TooManyRows = new("roster.too-many-rows", RefusalKind.Invalid);
    public static readonly Refusal CellTooLong = new("roster.cell-too-long", RefusalKind.Invalid);
    public static readonly Refusal NoHeader = new("roster.no-header", RefusalKind.Invalid);
    public static readonly Refusal ColumnTwice = new("roster.column-twice", RefusalKind.Invalid);

    public static readonly Refusal Formula = new("roster.formula", RefusalKind.Invalid);
    public static readonly Refusal NameMissing = new("roster.name-missing", RefusalKind.Invalid);
    public static readonly Refusal NameCharacters = new("roster.name-characters", RefusalKind.Invalid);
    public static readonly Refusal KindMissing = new("roster.kind-missing", RefusalKind.Invalid);
    public static readonly Refusal KindUnknown = new("roster.kind-unknown", RefusalKind.Invalid);
    public static readonly Refusal SexMissing = new("roster.sex-missing", RefusalKind.Invalid);
    public static readonly Refusal SexUnknown = new("roster.sex-unknown", RefusalKind.Invalid);
    public static readonly Refusal SexDiffers = new("roster.sex-differs", RefusalKind.Invalid);
    public static readonly Refusal BornMissing = new("roster.born-missing", RefusalKind.Invalid);
    public static readonly Refusal BornUnreadable = new("roster.born-unreadable", RefusalKind.Invalid);
    public static readonly Refusal BornIncomplete = new("roster.born-incomplete", RefusalKind.Invalid);
    public static readonly Refusal BornImpossible = new("roster.born-impossible", RefusalKind.Invalid);
    public static readonly Refusal BornDiffers = new("roster.born-differs", RefusalKind.Invalid);
    public static readonly Refusal IdBecameNumber = new("roster.id-became-number", RefusalKind.Invalid);
    public static readonly Refusal IdTwice = new("roster.id-twice", RefusalKind.Conflict);
    public static readonly Refusal RowTwice = new("roster.row-twice", RefusalKind.Conflict);
    public static readonly Refusal KeyMissing = new("roster.key-missing", RefusalKind.Invalid);
    public static readonly Refusal GroupMissing = new("roster.group-missing", RefusalKind.Invalid);
    public static readonly Refusal LivingUnknown = new("roster.living-unknown", RefusalKind.Invalid);
    public static readonly Refusal SupportUnknown = new("roster.support-unknown", RefusalKind.Invalid);
    public static readonly Refusal AbilityUnknown = new("roster.ability-unknown", RefusalKind.Invalid);
    public static readonly Refusal PartUnknown = new("roster.part-unknown", RefusalKind.Invalid);
    public static readonly Refusal RelationUnknown = new("roster.relation-unknown", RefusalKind.Invalid);
    public static readonly Refusal RelativeNameless = new("roster.relative-nameless", RefusalKind.Invalid);
    public static readonly Refusal CoordinateUnreadable = new("roster.coordinate-unreadable", RefusalKind.Invalid);
    public static readonly Refusal CoordinateOutside = new("roster.coordinate-outside", RefusalKind.Invalid);
    public static readonly Refusal CoordinateHalf = new("roster.coordinate-half", RefusalKind.Invalid);
    public static readonly Refusal TextTooLong = new("roster.text-too-long", RefusalKind.Invalid);
}
