using Microsoft.AspNetCore.Components;

namespace Shouwang.Web.Components;

/// <summary>One cell of a table.</summary>
/// <param name="Text">What stands in it.</param>
public sealed record Cell(string? Text = null)
{
    /// <summary>Markup instead of text; never from a person's input.</summary>
    public RenderFragment? Markup { get; init; }

    /// <summary>"numeric" for numbers: right-aligned, equal figures.</summary>
    public string? Format { get; init; }

    /// <summary>More class names.</summary>
    public string? Classes { get; init; }

    /// <summary>How many columns it spans.</summary>
    public int? Columns { get; init; }

    /// <summary>How many rows it spans.</summary>
    public int? Rows { get; init; }

    /// <summary>More attributes.</summary>
    public IReadOnlyDictionary<string, object>? Attributes { get; init; }

    /// <summary>A cell with a number in it.</summary>
    public static Cell Number(string text) => new(text) { Format = "numeric" };

    /// <summary>Text is the usual case.</summary>
    public static implicit operator Cell(string? text) => new(text);

    /// <summary>The words, ready to be drawn.</summary>
    internal RenderFragment Content => Markup ?? (builder => builder.AddContent(0, Text));
}
