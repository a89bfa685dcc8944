using Microsoft.AspNetCore.Components;

namespace Shouwang.Web.Components;

/// <summary>One answer of a question with given answers: a radio, a checkbox or a line of a list.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Label">What the person reads.</param>
public sealed record Choice(string? Value, Wording? Label = null)
{
    /// <summary>One more sentence under the answer.</summary>
    public Wording? Hint { get; init; }

    /// <summary>Its own id; made from the question's otherwise.</summary>
    public string? Id { get; init; }

    /// <summary>Its own name, where each box of a question is a field of its own.</summary>
    public string? Name { get; init; }

    /// <summary>Chosen or not, whatever the question's value says; null leaves it to the value.</summary>
    public bool? IsChosen { get; init; }

    /// <summary>Whether it cannot be chosen now; say why in the hint.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>A word between answers, "或者"; then everything else is left out.</summary>
    public string? Divider { get; init; }

    /// <summary>"exclusive" for the box that unticks all others, in browsers with script.</summary>
    public string? Behaviour { get; init; }

    /// <summary>The question that hangs on this answer.</summary>
    public RenderFragment? Then { get; init; }

    /// <summary>More attributes for the input.</summary>
    public IReadOnlyDictionary<string, object>? Attributes { get; init; }

    /// <summary>Chosen by its own word or by the question's values.</summary>
    internal bool IsAmong(IReadOnlyCollection<string>? values, string? effective) =>
        IsChosen == true || (IsChosen is null && values is not null && effective is not null && values.Contains(effective));
}
