namespace Shouwang.Web.Components;

/// <summary>One line of a summary: what it is about, what was said, and where it can be changed.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="Value">What was said.</param>
public sealed record SummaryRow(Wording? Key, Wording? Value)
{
    /// <summary>What can be done with it; each says in <see cref="Link.Spoken"/> what it changes.</summary>
    public IReadOnlyList<Link>? Actions { get; init; }

    /// <summary>More class names for the actions.</summary>
    public string? ActionsClasses { get; init; }

    /// <summary>More class names for the line.</summary>
    public string? Classes { get; init; }
}

/// <summary>A card around a summary, where a page shows several.</summary>
/// <param name="Title">What this card is about.</param>
public sealed record SummaryCard(Wording? Title = null)
{
    /// <summary>The heading's level.</summary>
    public int HeadingLevel { get; init; } = 2;

    /// <summary>What can be done with the whole card.</summary>
    public IReadOnlyList<Link> Actions { get; init; } = [];

    /// <summary>More class names for the actions.</summary>
    public string? ActionsClasses { get; init; }

    /// <summary>More class names for the card.</summary>
    public string? Classes { get; init; }

    /// <summary>More attributes for the card.</summary>
    public IReadOnlyDictionary<string, object>? Attributes { get; init; }
}
