using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Shouwang.Application.Common.Seals;

/// <summary>Reads moments fast: SQLite keeps them as text, and the general way of reading text takes longer than all the rest of a row.
/// 时刻读取</summary>
internal static class StoredMoment
{
    private const string Form = "yyyy-MM-dd HH:mm:ss";

    /// <exception cref="FormatException">There is no moment, or not as the house writes it.</exception>
    public static DateTime At(DbDataReader reader, int column)
    {
        if (reader is not SqliteDataReader) return DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);
        return SqliteRow.Of(reader).TryText(column, out var text) && text.Length is 19 or (> 20 and <= 26)
            && Parts(text) is { } at ? at : throw new FormatException("Not a moment.");
    }

    private static DateTime? Parts(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < Form.Length; i++)
        {
            if (char.IsAsciiLetter(Form[i]) ? !char.IsAsciiDigit((char)text[i]) : text[i] != Form[i]) return null;
        }

        var (month, day, hour, minute, second) = (Two(text, 5), Two(text, 8), Two(text, 11), Two(text, 14), Two(text, 17));
        if (month is < 1 or > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
        var year = (Two(text, 0) * 100) + Two(text, 2);
        if (year < 1 || day > DateTime.DaysInMonth(year, month) || Fraction(text) is not { } ticks) return null;
        return new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(ticks);
    }

    private static int Two(ReadOnlySpan<byte> text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';

    private static long? Fraction(ReadOnlySpan<byte> text)
    {
        if (text.Length > 19 && text[19] != '.') return null;
        var (ticks, unit) = (0L, TimeSpan.TicksPerSecond);
        for (var i = 20; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit((char)text[i])) return null;
            ticks += (text[i] - '0') * (unit /= 10);
        }

        return ticks;
    }
}
