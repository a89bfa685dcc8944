using System.Globalization;
using System.Text.RegularExpressions;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.People;

/// <summary>Reads birthdays as cadres write them: dates, serial numbers, 1945.3.2, 1945年3月, 19450302, Chinese numerals, lunar dates.
/// 出生日期</summary>
internal static partial class RosterDates
{
    private const int FirstYear = 1880;
    private const int LastYear = 2100;

    /// <summary>A birthday as far as the cell gives it.</summary>
    /// <param name="Day">The Gregorian day; the first of the month where only the month is given.</param>
    /// <param name="DayKnown">Whether the cell gave a day.</param>
    /// <param name="Digits">The digits as written (yyyyMMdd) of a lunar date: ID numbers of many elders hold the lunar birthday
    /// unchanged.</param>
    public readonly record struct Birth(DateOnly Day, bool DayKnown, string? Digits)
    {
        /// <summary>Whether an ID number's date says the same.</summary>
        public bool Agrees(DateOnly onId) =>
            onId == Day || (!DayKnown && onId.Year == Day.Year && onId.Month == Day.Month) || onId.ToString("yyyyMMdd") == Digits;
    }

    /// <param name="value">The cell: a date, a number or a normalised text without spaces.</param>
    public static Result<Birth> Read(object value) => value switch
    {
        DateTime moment => new Birth(DateOnly.FromDateTime(moment), true, null),
        double number => OfNumber(number),
        _ => OfText((string)value),
    };

    private static Result<Birth> OfNumber(double number)
    {
        if (number != Math.Floor(number) || number is < 1 or > 99_999_999) return RosterRefusals.BornUnreadable;
        var whole = (int)number;
        return whole switch
        {
            >= FirstYear and <= LastYear => RosterRefusals.BornIncomplete,
            > 9_999_999 => OfParts(whole / 10_000, whole / 100 % 100, whole % 100),
            >= FirstYear * 100 and <= (LastYear * 100) + 12 => OfParts(whole / 100, whole % 100, null),
            <= 73_050 => new Birth(DateOnly.FromDateTime(DateTime.FromOADate(whole)), true, null),
            _ => RosterRefusals.BornUnreadable,
        };
    }

    private static Result<Birth> OfText(string text)
    {
        if (Year().IsMatch(text)) return RosterRefusals.BornIncomplete;
        if (Plain().Match(text) is { Success: true } plain)
        {
            var day = plain.Groups["day"];
            return OfParts(Number(plain.Groups["year"]), Number(plain.Groups["month"]), day.Success ? Number(day) : null);
        }

        if (Run().IsMatch(text)) return OfNumber(double.Parse(text, CultureInfo.InvariantCulture));
        return LunarDates.Read(text) is { } written ? OfWords(written.Date, written.IsLunar) : RosterRefusals.BornUnreadable;
    }

    private static Result<Birth> OfWords(LunarDates.Lunar date, bool isLunar)
    {
        if (!isLunar) return OfParts(date.Year, date.Month, date.Day);
        return LunarDates.ToGregorian(date) is { } day
            ? new Birth(day, true, $"{date.Year:0000}{date.Month:00}{date.Day:00}")
            : RosterRefusals.BornImpossible;
    }

    private static Result<Birth> OfParts(int year, int month, int? day)
    {
        if (year is < FirstYear or > LastYear || month is < 1 or > 12) return RosterRefusals.BornImpossible;
        if (day is not null && (day < 1 || day > DateTime.DaysInMonth(year, month))) return RosterRefusals.BornImpossible;
        return new Birth(new(year, month, day ?? 1), day is not null, null);
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9]{4}年?$")]
    private static partial Regex Year();

    [GeneratedRegex(
        @"^(?:公历|阳历)?(?<year>[0-9]{4})[.\-/年、](?<month>[0-9]{1,2})(?:[.\-/月、](?<day>[0-9]{1,2})[日号]?|月)?(?:0:00:00|00:00:00)?$")]
    private static partial Regex Plain();

    [GeneratedRegex("^[0-9]{5,8}$")]
    private static partial Regex Run();
}
