using System.Buffers.Text;
using System.Data.Common;
using System.Text;

namespace Shouwang.Application.Common.Seals;

/// <summary>Reads columns fast: SQLite keeps ids and moments as text, and the general way of reading a text makes a string of it, which
/// takes longer than all the rest of a row. 列读取</summary>
internal static class Column
{
    private const int IdLetters = 36;

    /// <summary>An id.</summary>
    public static Guid Id(DbDataReader reader, int column) =>
        SqliteRow.Of(reader).TryText(column, out var text) && text.Length == IdLetters
        && Utf8Parser.TryParse(text, out Guid id, out var read, 'D') && read == IdLetters
            ? id : reader.GetGuid(column);

    /// <summary>An id, if there is one.</summary>
    public static Guid? IdIfAny(DbDataReader reader, int column) => IsNull(reader, column) ? null : Id(reader, column);

    /// <summary>A text.</summary>
    /// <param name="before">What stood in the row before: a code recurs from row to row, and is the same string then.</param>
    public static string Text(DbDataReader reader, int column, string before) =>
        SqliteRow.Of(reader).TryText(column, out var text) && Ascii.Equals(text, before) ? before : reader.GetString(column);

    /// <summary>A whole number.</summary>
    public static long Number(DbDataReader reader, int column) =>
        SqliteRow.Of(reader).TryNumber(column, out var number) ? number : reader.GetInt64(column);

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
