using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.Areas;

/// <summary>One dated entry of the administrative tree: what a code was called, from when, until when, and what came after. 行政区划</summary>
/// <remarks>Entries are never overwritten: a rename ends one entry and begins the next under the same code; a merger or a split ends
/// the entry and names its successors. Rows written under an ended code stay under it; <see cref="AreaHistory"/> lets the successors
/// see them.</remarks>
public sealed class Area : Entity
{
    /// <summary>The longest name an area may have, in characters.</summary>
    public const int LongestName = 60;

    private readonly List<Succession> _successors = [];

    private Area() { }

    private Area(AreaCode code, string name, DateOnly from) => (Area, Level, Name, ValidFrom) = (code, code.Level, name, from);

    /// <summary>The area's own code: an area lies in itself.</summary>
    public AreaCode Code => Area;

    /// <summary>How many levels down the tree it stands, as its code says.</summary>
    public AreaLevel Level { get; private init; }

    public string Name { get; private set; } = "";

    /// <summary>The first day the entry holds.</summary>
    public DateOnly ValidFrom { get; private init; }

    /// <summary>The first day it no longer holds; open while the area exists under this name.</summary>
    public DateOnly? ValidTo { get; private set; }

    /// <summary>The areas that took its place: one after a merger, several after a split, none after a rename. 继任区划</summary>
    public IReadOnlyList<Succession> Successors => _successors;

    public Period Period => new(ValidFrom, ValidTo);

    /// <summary>Whether this was the last entry of its code: the area was merged or split away.</summary>
    public bool IsReplaced => _successors.Count > 0;

    /// <summary>Enters an area that did not exist before.</summary>
    public static Result<Area> Enter(AreaCode code, string name, DateOnly from)
    {
        if (code == AreaCode.Nation) return AreaRefusals.NationIsGiven;
        if (!NameOf(name).IsOk(out var clean, out var refusal)) return refusal;

        return new Area(code, clean, from);
    }

    /// <summary>Gives the area another name from a day on and returns the entry that holds from then; the same entry, corrected, when
    /// that is the very day it began.</summary>
    public Result<Area> Rename(string name, DateOnly from)
    {
        if (!NameOf(name).IsOk(out var clean, out var refusal)) return refusal;
        if (MayEndOn(from) is { } no) return no;

        // From here on it succeeds.
        if (from == ValidFrom)
        {
            Name = clean;
            return this;
        }

        ValidTo = from;
        return new Area(Code, clean, from);
    }

    /// <summary>Ends the area on a day and names what took its place: one area it was merged into, or several it was split into.</summary>
    /// <param name="day">The first day on which the successors stand for it.</param>
    /// <param name="successors">Areas of the same level, other than this one.</param>
    public Result<Area> Replace(DateOnly day, IReadOnlyCollection<AreaCode> successors)
    {
        if (successors.Count == 0) return AreaRefusals.NoSuccessor.With("code", Code.ToString());
        if (successors.Contains(Code)) return AreaRefusals.OwnSuccessor.With("code", Code.ToString());
        if (successors.Any(s => s.Level != Code.Level)) return AreaRefusals.OtherLevel.With("code", Code.ToString());

        if (MayEndOn(day) is { } no) return no;
        if (day == ValidFrom) return AreaRefusals.BeforeStart.With("from", ValidFrom.ToString("O"));

        // From here on it succeeds.
        ValidTo = day;
        foreach (var successor in successors.Distinct()) _successors.Add(new(_successors.Count + 1, Code, successor, day));
        return this;
    }

    private Refusal? MayEndOn(DateOnly day)
    {
        if (ValidTo is { } ended) return AreaRefusals.Ended.With("code", Code.ToString()).With("to", ended.ToString("O"));
        return day < ValidFrom ? AreaRefusals.BeforeStart.With("from", ValidFrom.ToString("O")) : null;
    }

    private static Result<string> NameOf(string text)
    {
        var name = text.Trim();
        return name.Length is > 0 and <= LongestName ? name : AreaRefusals.BadName.With("longest", LongestName);
    }
}

/// <summary>That one area stands for another since a day, because they were merged or split. 区划沿革</summary>
/// <param name="Line">The place in the list of successors, from 1.</param>
/// <param name="From">The area that ended.</param>
/// <param name="To">The area that stands for it.</param>
/// <param name="Day">The first day it does.</param>
public sealed record Succession(int Line, AreaCode From, AreaCode To, DateOnly Day);

/// <summary>What the administrative tree says no with.</summary>
public static class AreaRefusals
{
    public static readonly Refusal NotFound = new("areas.not-found", RefusalKind.NotFound);
    public static readonly Refusal NationIsGiven = new("areas.nation-is-given", RefusalKind.Invalid, "code");
    public static readonly Refusal BadName = new("areas.bad-name", RefusalKind.Invalid, "name");
    public static readonly Refusal Ended = new("areas.ended");
    public static readonly Refusal BeforeStart = new("areas.before-start");
    public static readonly Refusal NoSuccessor = new("areas.no-successor", RefusalKind.Invalid, "successors");
    public static readonly Refusal OwnSuccessor = new("areas.own-successor", RefusalKind.Invalid, "successors");
    public static readonly Refusal SuccessorUnknown = new("areas.successor-unknown", RefusalKind.Rule, "successors");
    public static readonly Refusal OtherLevel = new("areas.other-level", RefusalKind.Invalid, "successors");
    public static readonly Refusal ParentUnknown = new("areas.parent-unknown", RefusalKind.Rule, "code");
    public static readonly Refusal ParentOtherwise = new("areas.parent-otherwise", RefusalKind.Invalid, "code");
    public static readonly Refusal CodeTwice = new("areas.code-twice", RefusalKind.Conflict, "code");
    public static readonly Refusal NotAnAreaFile = new("areas.not-an-area-file", RefusalKind.Invalid);
}
