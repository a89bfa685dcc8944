namespace Shouwang.Web.Components;

/// <summary>Joins class names and ids the way HTML wants them: with one space, nothing for what is absent.</summary>
public static class Css
{
    /// <summary>The names that are there, joined; null when none is, so that the attribute is left out.</summary>
    public static string? Of(params string?[] names)
    {
        var joined = string.Join(' ', names.Where(n => !string.IsNullOrWhiteSpace(n)).Select(n => n!.Trim()));
        return joined.Length == 0 ? null : joined;
    }
}
