namespace Shouwang.Web.Components;

/// <summary>One page among many, or the gap between two of them.</summary>
/// <param name="Number">What is written on it.</param>
/// <param name="Href">Where it leads.</param>
public sealed record PageLink(string? Number, string? Href = null)
{
    /// <summary>The page one is on.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>A gap: "⋯".</summary>
    public bool IsGap { get; init; }

    /// <summary>What a screen reader hears instead of the number.</summary>
    public string? Spoken { get; init; }

    /// <summary>More attributes.</summary>
    public IReadOnlyDictionary<string, object>? Attributes { get; init; }
}

/// <summary>The page before or after this one.</summary>
/// <param name="Href">Where it leads.</param>
/// <param name="Text">Words instead of "上一页", "下一页".</param>
/// <param name="LabelText">What is on that page.</param>
public sealed record PageStep(string Href, Wording? Text = null, string? LabelText = null)
{
    /// <summary>More attributes.</summary>
    public IReadOnlyDictionary<string, object>? Attributes { get; init; }
}
