namespace Shouwang.IntegrationTests.Look;

/// <summary>Where we draw something else than the published fixture, on purpose, and why.</summary>
internal static class Differences
{
    private const string WholeWords =
        "Ours says the whole of it, 上一页 or Previous page: a sentence is never put together from halves, one of them unseen.";
    private const string NoScript = "Ours is the browser's own control, which needs no script and speaks the reader's language by itself.";
    private const string NoHoles = "Our lists have no holes: what is not asked is not in the list, so numbers run on without gaps.";

    public static readonly IReadOnlyDictionary<(string Component, string Fixture), string> All = new Dictionary<(string, string), string>
    {
        [("checkboxes", "with falsy values")] = NoHoles,
        [("radios", "with falsy items")] = NoHoles,
        [("task-list", "with empty values")] = NoHoles,
        [("file-upload", "enhanced")] = NoScript,
        [("file-upload", "enhanced, with error message and hint")] = NoScript,
        [("file-upload", "enhanced, multiple files")] = NoScript,
        [("file-upload", "enhanced, custom wrapper classes and attributes")] = NoScript,
        [("file-upload", "translated")] = NoScript,
        [("pagination", "default")] = WholeWords,
        [("pagination", "with many pages")] = WholeWords,
        [("pagination", "first page")] = WholeWords,
        [("pagination", "last page")] = WholeWords,
        [("pagination", "with prev and next only")] = WholeWords,
        [("pagination", "with previous only")] = WholeWords,
        [("pagination", "with next only")] = WholeWords,
        [("pagination", "with custom classes")] = WholeWords,
        [("pagination", "with custom attributes")] = WholeWords,
        [("pagination", "with custom navigation landmark")] = WholeWords,
        [("pagination", "with custom accessible labels on item links")] = WholeWords,
    };
}
