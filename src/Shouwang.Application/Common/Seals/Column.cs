using System.Buffers.Text;
using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Shouwang.Application.Common.Seals;

/// <summary>Reads columns fast: SQLite keeps ids and moments as text, and the general way of reading a text makes a string of it, which
/// takes longer than all the rest of a row. 列读取</summary>
internal static class Column
{
    private const int IdLetters = 36;

    /// <summary>An id.</summary>
    /// <exception cref="FormatException">It is not written as the house writes ids: one of other letters is found by nobody who asks for
    /// it.</exception>
    public static Guid Id(DbDataReader reader, int column)
    {
        if (reader is not SqliteDataReader) return reader.GetGuid(column);
        return SqliteRow.Of(reader).TryText(column, out var text) && text.Length == IdLetters && !text.ContainsAnyInRange((byte)'a', (byte)'f')
            && Utf8Parser.TryParse(text, out Guid id, out var read, 'D') && read == IdLetters
                ? id : throw new FormatException("Not an id.");
    }

    /// <summary>An id, if there is one.</summary>
    public static Guid? IdIfAny(DbDataReader reader, int column) => IsNull(reader, column) ? null : Id(reader, column);

    /// <summary>A text.</summary>
    /// <param name="before">What stood in the row before: a code recurs from row to row, and is the same string then.</param>
    public static string Text(DbDataReader reader, int column, string before) =>
        SqliteRow.Of(reader).TryText(column, out var text) && Ascii.Equals(text, before) ? before : reader.GetString(column);

    /// <summary>A whole number.</summary>
    /// <exception cref="FormatException">It is something else, of which SQLite would make a number.</exception>
    public static long Number(DbDataReader reader, int column)
    {
        if (reader is not SqliteDataReader) return reader.GetInt64(column);
        return SqliteRow.Of(reader).TryNumber(column, out var number) ? number : throw new FormatException("Not a whole number.");
    }

    /// <summary>A whole number of a column that holds small ones.</summary>
    /// <exception cref="OverflowException">The number is too large for it.</exception>
    public static int Small(DbDataReader reader, int column) => checked((int)Number(reader, column));

    /// <summary>One of the names of an enumeration.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public static T Named<T>(DbDataReader reader, int column) where T : struct, Enum => NameOf<T>(reader.GetString(column));

    /// <summary>What has this name, to the letter: a number or a space beside it would do otherwise.</summary>
    /// <exception cref="FormatException">Nothing has it.</exception>
    public static T NameOf<T>(string name) where T : struct, Enum =>
        Enum.TryParse<T>(name, out var named) && Enum.GetName(named) == name ? named : throw new FormatException("Not a name.");

    /// <summary>Whatever stands there, to be named where it cannot be read; ids in small letters, as everywhere.</summary>
    public static string Raw(DbDataReader reader, int column) =>
        $"{reader.GetValue(column)}" is var text && text.Length == IdLetters ? text.ToLowerInvariant() : text;

    /// <summary>Whether there is nothing.</summary>
    public static bool IsNull(DbDataReader reader, int column) =>
        SqliteRow.Of(reader) is { IsThere: true } row ? row.IsNull(column) : reader.IsDBNull(column);

    /// <summary>Copies bytes to where there is room for them. Says how many there are: none for a column without any, and for one with
    /// more than there is room for.</summary>
    public static int Bytes(DbDataReader reader, int column, Span<byte> room)
    {
        if (!SqliteRow.Of(reader).TryBlob(column, out var bytes))
            bytes = reader.IsDBNull(column) ? [] : reader.GetFieldValue<byte[]>(column);
        return bytes.TryCopyTo(room) ? bytes.Length : 0;
    }

    /// <summary>A hash, or whatever other bytes there are.</summary>
    public static byte[] Hash(DbDataReader reader, int column) =>
        SqliteRow.Of(reader).TryBlob(column, out var bytes) ? bytes.ToArray() : reader.GetFieldValue<byte[]>(column);
}
