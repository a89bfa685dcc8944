namespace Shouwang.Web.Common;

/// <summary>How a number of minutes is said: 1 小时 5 分, 30 分, −30 分; the one place that words hours. 时长读法</summary>
internal static class SpokenTime
{
    /// <summary>Hours and minutes; below an hour the minutes alone, with one sign before the whole.</summary>
    public static string Time(this Words words, long minutes) => (minutes < 0 ? "−" : "") + Plain(words, Math.Abs(minutes));

    /// <summary>The same of an amount that came or went: a plus says that it came.</summary>
    public static string SignedTime(this Words words, long minutes) => (minutes < 0 ? "" : "+") + words.Time(minutes);

    private static string Plain(Words words, long minutes) => minutes < 60
        ? words["timebank.time.short", ("minutes", minutes)]
        : words["timebank.time", ("hours", minutes / 60), ("minutes", minutes % 60)];
}
