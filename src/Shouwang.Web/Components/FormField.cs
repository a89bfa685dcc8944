using Microsoft.AspNetCore.Components;

namespace Shouwang.Web.Components;

/// <summary>What every question of a form has: a name, a label, a hint, an error, and the wiring between them.</summary>
public abstract class FormField : ComponentBase
{
    /// <summary>The name the form sends it under; equal to the property's path, <c>Input.Diner</c>.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>The id; the name when left out.</summary>
    [Parameter] public string? Id { get; set; }

    /// <summary>The question.</summary>
    [Parameter] public Wording? Label { get; set; }

    /// <summary>One sentence that helps to answer.</summary>
    [Parameter] public Wording? Hint { get; set; }

    /// <summary>What is wrong and how to put it right; null when nothing is.</summary>
    [Parameter] public Wording? Error { get; set; }

    /// <summary>Other elements that explain the question.</summary>
    [Parameter] public string? DescribedBy { get; set; }

    /// <summary>More class names for the control.</summary>
    [Parameter] public string? Classes { get; set; }

    /// <summary>More class names for the group of label, hint, error and control.</summary>
    [Parameter] public string? GroupClasses { get; set; }

    /// <summary>More attributes for the group.</summary>
    [Parameter] public IReadOnlyDictionary<string, object>? GroupAttributes { get; set; }

    /// <summary>Drawn before the control.</summary>
    [Parameter] public RenderFragment? Before { get; set; }

    /// <summary>Drawn after the control.</summary>
    [Parameter] public RenderFragment? After { get; set; }

    /// <summary>Whether it cannot be answered now.</summary>
    [Parameter] public bool IsDisabled { get; set; }

    /// <summary>Everything else goes to the control.</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    /// <summary>The id in use.</summary>
    protected string FieldId => Id ?? Name;
}
