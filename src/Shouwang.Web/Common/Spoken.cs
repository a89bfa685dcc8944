using System.Globalization;

namespace Shouwang.Web.Common;

/// <summary>How a number, a day or a moment is written for a reader in the language they chose. 读法</summary>
public static class Spoken
{
    /// <summary>The zone villages live in; instants are turned into local time here, at the edge, and nowhere else.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>A fact as a reader expects it; whatever knows how to format itself does so.</summary>
    public static string Of(object? fact) => fact switch
    {
        null => "",
        string said => said,
        int n => Number(n),
        long n => Number(n),
        DateOnly day => Day(day),
        DateTimeOffset moment => Moment(moment),
        IFormattable other => other.ToString(null, CultureInfo.CurrentUICulture),
        _ => fact.ToString() ?? "",
    };

    /// <summary>A count; from five digits on in groups of three, so that a year or a small amount stays plain.</summary>
    public static string Number(long n) => n.ToString(n is > 9999 or < -9999 ? "#,0" : "0", CultureInfo.CurrentUICulture);

    /// <summary>A count that stops somewhere: 1000+ says there are more.</summary>
    public static string UpTo(int count, int most) => count > most ? $"{Number(most)}+" : Number(count);

    /// <summary>Things one after another: 洗衣、做饭; Washing, Cooking.</summary>
    public static string List(IEnumerable<string> things) => string.Join(IsChinese ? "、" : ", ", things);

    /// <summary>Sentences one after another; what is not said is left out.</summary>
    public static string Sentences(IEnumerable<string?> sentences) => string.Join(IsChinese ? "" : " ", sentences.OfType<string>());

    /// <summary>A day: 2026年11月23日, 23 November 2026.</summary>
    public static string Day(DateOnly day) => IsChinese
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日")
        : day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A day of this year with its weekday: 11月23日 星期一, Monday 23 November.</summary>
    public static string DayOfWeek(DateOnly day) => IsChinese
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Month}月{day.Day}日 星期{"日一二三四五六"[(int)day.DayOfWeek]}")
        : day.ToString("dddd d MMMM", CultureInfo.InvariantCulture);

    /// <summary>A moment in the villages' zone, to the minute.</summary>
    public static string Moment(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Zone);
        return $"{Day(DateOnly.FromDateTime(local.DateTime))} {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>The traditional day of the month: 农历十月十四; the readers' birthdays and festivals are counted in it. 农历</summary>
    /// <returns>Empty outside the years the calendar covers (1901 to 2100).</returns>
    public static string LunarDay(DateOnly day)
    {
        var moment = day.ToDateTime(TimeOnly.MinValue);
        if (moment < s_lunar.MinSupportedDateTime || moment > s_lunar.MaxSupportedDateTime) return "";
        var (year, month, date) = (s_lunar.GetYear(moment), s_lunar.GetMonth(moment), s_lunar.GetDayOfMonth(moment));
        var leap = s_lunar.GetLeapMonth(year);
        var name = s_months[(leap > 0 && month >= leap ? month - 1 : month) - 1];
        var tens = date switch { 10 => "初十", 20 => "二十", 30 => "三十", _ => $"{"初十廿"[date / 10]}{"日一二三四五六七八九"[date % 10]}" };
        return $"{(month == leap ? "闰" : "")}{name}月{tens}";
    }

    private static readonly ChineseLunisolarCalendar s_lunar = new();
    private static readonly string[] s_months = ["正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊"];

    private static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
}
