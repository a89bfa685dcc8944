namespace Shouwang.Web.Components;

/// <summary>One step of a longer way, and how far it is.</summary>
/// <param name="Title">What is to be done.</param>
/// <param name="Status">How far it is; plain words when done, a tag when something is asked.</param>
public sealed record TaskItem(Wording Title, Wording? Status = null)
{
    /// <summary>Where it is done; null while it cannot be started.</summary>
    public string? Href { get; init; }

    /// <summary>One more sentence.</summary>
    public Wording? Hint { get; init; }

    /// <summary>More class names.</summary>
    public string? Classes { get; init; }

    /// <summary>The status as a tag.</summary>
    public Wording? Tag { get; init; }
}
