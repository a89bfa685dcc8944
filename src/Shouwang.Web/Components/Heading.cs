using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Shouwang.Web.Components;

/// <summary>A heading whose level the page decides, since one card stands under h1 and the next under h3.</summary>
public sealed class Heading : ComponentBase
{
    /// <summary>1 to 6.</summary>
    [Parameter, EditorRequired] public int Level { get; set; } = 2;

    /// <summary>For elements that take their name from it.</summary>
    [Parameter] public string? Id { get; set; }

    /// <summary>Class names.</summary>
    [Parameter] public string? Classes { get; set; }

    /// <summary>The words.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, string.Create(CultureInfo.InvariantCulture, $"h{Level}"));
        builder.AddAttribute(1, "id", Id);
        builder.AddAttribute(2, "class", Classes);
        builder.AddContent(3, ChildContent);
        builder.CloseElement();
    }
}
