namespace Shouwang.Application.People;

/// <summary>What an import does with one row. 导入结果</summary>
public enum RosterEffect { Unchanged = 0, Added = 1, Changed = 2 }

/// <summary>One field before and after; ID, phone and home are masked. 字段变更</summary>
/// <param name="Field">A code the pages have words for: "phone".</param>
public sealed record FieldChange(string Field, string Before, string After);

/// <summary>What one row changes, for the person who decides whether it goes in. 行变更</summary>
/// <param name="Name">The name, masked.</param>
/// <param name="Suspected">Whether someone else of the village may be the same person, and nobody has decided yet.</param>
public sealed record RosterChange(RosterLine At, string Name, RosterEffect Effect, bool Suspected, IReadOnlyList<FieldChange> Fields)
{
    /// <summary>Whether the row's coordinates stay out, since the person took back the consent to them.</summary>
    public bool Unlocated { get; init; }

    /// <summary>Whether there is anything in it that whoever decides should see.</summary>
    public bool IsNotable => Effect == RosterEffect.Changed || Suspected || Unlocated;
}
