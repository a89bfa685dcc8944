using Microsoft.AspNetCore.Components;

namespace Shouwang.Web.Components;

/// <summary>Words that lead somewhere, in a list of links: a breadcrumb, an error, an action.</summary>
/// <param name="Text">What is read.</param>
/// <param name="Href">Where it leads; null for words that lead nowhere, like the last breadcrumb.</param>
public sealed record Link(string? Text, string? Href = null)
{
    /// <summary>Markup instead of text; never from a person's input.</summary>
    public RenderFragment? Markup { get; init; }

    /// <summary>What a screen reader hears after the words, so that "改" says what it changes.</summary>
    public string? Spoken { get; init; }

    /// <summary>More class names.</summary>
    public string? Classes { get; init; }

    /// <summary>"button" where the link is drawn as one and sends a form.</summary>
    public string? Type { get; init; }

    /// <summary>More attributes.</summary>
    public IReadOnlyDictionary<string, object>? Attributes { get; init; }

    /// <summary>The words, ready to be drawn.</summary>
    public RenderFragment Content => Markup ?? (builder => builder.AddContent(0, Text));
}
