using Microsoft.AspNetCore.Http;

namespace Shouwang.Web.Common;

/// <summary>How large and how black a person wants to read; kept in a cookie so that the server draws it at once. 长辈版</summary>
/// <param name="Size">18 (the house's own), 24 or 30 px at the browser's usual setting.</param>
/// <param name="Contrast">"normal", "more", or null where the person has not said and their device decides.</param>
public sealed record ReadingView(int Size = 18, string? Contrast = null)
{
    /// <summary>The cookie it is kept in, written as "24-more".</summary>
    public const string Cookie = "shouwang.view";

    /// <summary>The elder edition: larger letters and 60 px targets.</summary>
    public bool IsElder => Size > 18;

    /// <summary>The size as the page's attribute; none for the house's own size.</summary>
    public string? SizeAttribute => IsElder ? Size.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>Reads the cookie; what it does not understand is the house's own view.</summary>
    public static ReadingView Of(HttpRequest? request)
    {
        var parts = request?.Cookies[Cookie]?.Split('-') ?? [];
        return Of(parts.ElementAtOrDefault(0), parts.ElementAtOrDefault(1));
    }

    /// <summary>Reads what a form sent; unknown sizes and contrasts fall back to the house's own.</summary>
    public static ReadingView Of(string? size, string? contrast) => new(
        size switch { "24" => 24, "30" => 30, _ => 18 },
        contrast is "normal" or "more" ? contrast : null);

    /// <summary>The cookie's value.</summary>
    public override string ToString() => $"{Size}-{Contrast}";
}
