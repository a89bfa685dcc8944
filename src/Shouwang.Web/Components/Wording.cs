using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;

namespace Shouwang.Web.Components;

/// <summary>Words on a component, as text or as markup of our own, with how they are dressed. A string is enough: it becomes one.</summary>
/// <param name="Text">Plain text; written with its special characters escaped.</param>
public sealed record Wording(string? Text = null)
{
    /// <summary>Markup instead of text; never from a person's input.</summary>
    public RenderFragment? Markup { get; init; }

    /// <summary>More class names for the element that carries the words.</summary>
    public string? Classes { get; init; }

    /// <summary>More attributes for that element.</summary>
    public IReadOnlyDictionary<string, object>? Attributes { get; init; }

    /// <summary>Whether these words are the page's heading, when a page asks one thing only.</summary>
    public bool IsPageHeading { get; init; }

    /// <summary>What a screen reader hears before an error; null for the house's own word, empty for nothing.</summary>
    public string? Spoken { get; init; }

    /// <summary>Whether there is anything to say.</summary>
    public bool IsEmpty => Markup is null && string.IsNullOrEmpty(Text);

    /// <summary>The words, ready to be drawn.</summary>
    public RenderFragment Content => Markup ?? (builder => builder.AddContent(0, Text));

    /// <summary>Text is the usual case.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator Wording?(string? text) => text is null ? null : new Wording(text);
}
