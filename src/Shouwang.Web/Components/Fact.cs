namespace Shouwang.Web.Components;

/// <summary>One number a reader should know, with what is counted and in which unit.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Value">The number, already written for the reader.</param>
/// <param name="Unit">位, 次, 元, or a short rest of the sentence: "/ 96".</param>
/// <param name="Href">Where the number comes from.</param>
public sealed record Fact(string Name, string Value, string? Unit = null, string? Href = null);
