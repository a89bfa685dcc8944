namespace Shouwang.Web.Common;

/// <summary>One door of the navigation: where it leads and what is written on it.</summary>
/// <param name="Href">A path of this house; the door is marked as open when the page's path begins with it.</param>
/// <param name="Text">Words, already in the reader's language.</param>
public sealed record Door(string Href, string Text);

/// <summary>What stands around a page: the place and the person at work, and the doors this person has. Filled once per request by the
/// host. 页框</summary>
public sealed class Frame
{
    /// <summary>The area worked in, as a villager would say it: 守望县 · 溪口镇 · X 村. Null while nobody is signed in.</summary>
    public string? Place { get; set; }

    /// <summary>The signed-in person's name and post; null while nobody is signed in.</summary>
    public string? Person { get; set; }

    /// <summary>Where the person's own page is.</summary>
    public string PersonHref { get; set; } = "/me";

    /// <summary>The doors of the office bar or the phone's tabs; at most four on a phone.</summary>
    public IReadOnlyList<Door> Doors { get; set; } = [];

    /// <summary>Whether alarms are shown to this person, and may be raised.</summary>
    public bool HasAlarms { get; set; }

    /// <summary>Where help is; in the same place on every page.</summary>
    public string HelpHref { get; set; } = "/help";

    /// <summary>Which door is open: the longest one the path begins with.</summary>
    public Door? Open(string path) =>
        Doors.Where(d => path == d.Href || path.StartsWith(d.Href.TrimEnd('/') + "/", StringComparison.Ordinal)).MaxBy(d => d.Href.Length);
}
