using System.Globalization;
using System.Text.RegularExpressions;

namespace Shouwang.Application.People;

/// <summary>Dates of the traditional calendar, as elders give their birthdays: 农历1945年三月初二. 农历日期</summary>
internal static partial class LunarDates
{
    private const string Digits = "〇一二三四五六七八九";
    private static readonly ChineseLunisolarCalendar s_calendar = new();

    private static readonly string[] s_months = ["正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"];

    private static readonly string[] s_days = [.. Enumerable.Range(1, 30).Select(DayName)];

    /// <summary>A lunar date: the month of the year, whether it is the leap one of that number, and the day.</summary>
    public readonly record struct Lunar(int Year, int Month, bool Leap, int Day);

    /// <summary>Reads a date in Chinese numerals or lunar words; null where the text is none.</summary>
    /// <returns>The numbers, and whether they are of the lunar calendar: said so, or in words only that calendar has (正月, 初二,
    /// 廿一).</returns>
    public static (Lunar Date, bool IsLunar)? Read(string text)
    {
        var match = Written().Match(text);
        if (!match.Success) return null;

        var (month, day) = (match.Groups["month"].Value, match.Groups["day"].Value);
        if (YearOf(match.Groups["year"].Value) is not { } year || MonthOf(month) is not { } m || DayOf(day) is not { } d) return null;

        var leap = match.Groups["leap"].Success;
        var own = leap || month is "正" or "冬" or "腊" || day[0] is '初' or '廿' or '卅';
        return (new(year, m, leap, d), own || match.Groups["mark"].Success);
    }

    /// <summary>The same day by the Gregorian calendar; null where the calendar has no such day or does not reach so far
    /// (1901–2100).</summary>
    public static DateOnly? ToGregorian(Lunar lunar)
    {
        var first = s_calendar.GetYear(s_calendar.MinSupportedDateTime);
        if (lunar.Year < first || lunar.Year >= s_calendar.GetYear(s_calendar.MaxSupportedDateTime)) return null;

        var leapAt = s_calendar.GetLeapMonth(lunar.Year);
        if (lunar.Leap && leapAt != lunar.Month + 1) return null;

        var at = lunar.Leap || (leapAt > 0 && lunar.Month >= leapAt) ? lunar.Month + 1 : lunar.Month;
        if (at > s_calendar.GetMonthsInYear(lunar.Year) || lunar.Day > s_calendar.GetDaysInMonth(lunar.Year, at)) return null;
        return DateOnly.FromDateTime(s_calendar.ToDateTime(lunar.Year, at, lunar.Day, 0, 0, 0, 0));
    }

    /// <summary>The lunar date of a Gregorian day.</summary>
    public static Lunar Of(DateOnly day)
    {
        var moment = day.ToDateTime(TimeOnly.MinValue);
        var (year, at) = (s_calendar.GetYear(moment), s_calendar.GetMonth(moment));
        var leapAt = s_calendar.GetLeapMonth(year);
        var passed = leapAt > 0 && at >= leapAt;
        return new(year, passed ? at - 1 : at, at == leapAt, s_calendar.GetDayOfMonth(moment));
    }

    /// <summary>As it is written: 农历1945年闰三月初二.</summary>
    public static string Write(Lunar lunar) =>
        $"农历{lunar.Year}年{(lunar.Leap ? "闰" : "")}{s_months[lunar.Month - 1]}{s_days[lunar.Day - 1]}";

    private static int? YearOf(string text)
    {
        var digits = string.Concat(text.Select(c => c is '零' or '○' ? '0' : Digits.IndexOf(c) is >= 0 and var d ? (char)('0' + d) : c));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;
    }

    private static int? MonthOf(string text) => text switch
    {
        "正" or "一" => 1,
        "十一" or "冬" => 11,
        "十二" or "腊" => 12,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            number is >= 1 and <= 12 ? number : null,
        _ => Array.FindIndex(s_months, m => m[0] == text[0]) is >= 0 and var index && text.Length == 1 ? index + 1 : null,
    };

    private static int? DayOf(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number is >= 1 and <= 31 ? number : null;
        var named = text.Replace("卅", "三十", StringComparison.Ordinal).Replace("廿", "二十", StringComparison.Ordinal);
        if (named.Length == 1 && named != "十") named = "初" + named;
        if (named == "十") named = "初十";
        if (named == "三十一") return 31;
        var index = Array.FindIndex(s_days, d => d.Replace("廿", "二十", StringComparison.Ordinal) == named);
        return index >= 0 ? index + 1 : null;
    }

    private static string DayName(int day) => day switch
    {
        10 => "初十",
        20 => "二十",
        30 => "三十",
        < 10 => $"初{Digits[day]}",
        < 20 => $"十{Digits[day - 10]}",
        _ => $"廿{Digits[day - 20]}",
    };

    [GeneratedRegex(
        @"^(?<mark>农历|阴历|旧历)?(?<year>[0-9]{4}|[〇○零一二三四五六七八九]{4})年(?<mark>农历|阴历|旧历)?(?<leap>闰)?" +
        @"(?<month>[0-9]{1,2}|十[一二]|[正一二三四五六七八九十冬腊])月(?<day>[0-9]{1,2}|[初十廿卅一二三四五六七八九]{1,3})[日号]?$")]
    private static partial Regex Written();
}
