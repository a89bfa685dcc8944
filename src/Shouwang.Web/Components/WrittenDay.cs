using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Shouwang.Web.Components;

/// <summary>Reads a day the way people write it: 1945-3-2, 1945/03/02, 1945.3.2, 1945年3月2日, 19450302; full-width digits too.</summary>
public static partial class WrittenDay
{
    /// <summary>The day, or null where the text is not one that exists; the caller says so in its own words.</summary>
    public static DateOnly? Of(string? written)
    {
        var text = (written ?? "").Normalize(NormalizationForm.FormKC).Trim();
        if (Pattern().Match(text) is not { Success: true } match) return null;
        var parts = $"{match.Groups["y"].Value}-{match.Groups["m"].Value}-{match.Groups["d"].Value}";
        return DateOnly.TryParseExact(parts, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    /// <summary>A day as it stands in the box: 1945-3-2.</summary>
    public static string? Text(DateOnly? day) => day?.ToString("yyyy-M-d", CultureInfo.InvariantCulture);

    /// <summary>The first day of a month written yyyy-MM; null where it is not one.</summary>
    public static DateOnly? MonthOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Whether there can be a passbook of that year.</summary>
    public static bool IsYear(int year) => year is >= 2000 and < 9999;

    [GeneratedRegex(@"^(?<y>\d{4})(?:\s*[-/.。、年]\s*(?<m>\d{1,2})\s*[-/.。、月]\s*(?<d>\d{1,2})\s*日?|(?<m>\d{2})(?<d>\d{2}))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
