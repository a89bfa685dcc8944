using Microsoft.AspNetCore.Http;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Web.Common;

/// <summary>Leads from a page of an entry that was merged into another to the same page of the one that goes on. 归并引导</summary>
internal static class KeptEntry
{
    /// <param name="asked">The id the address names.</param>
    /// <param name="shown">The entry the page shows.</param>
    public static void LeadOn(this HttpContext http, string? asked, Id<Person> shown)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || !Id<Person>.TryParse(asked, null, out var id) || id == shown) return;
        var path = http.Request.Path.Value!.Replace($"/{asked}", $"/{shown}", StringComparison.Ordinal);
        http.Response.Redirect(path + http.Request.QueryString);
    }
}
