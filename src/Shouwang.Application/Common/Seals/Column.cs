using System.Buffers.Text;
using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Shouwang.Application.Common.Seals;

/// <summary>Reads columns fast: SQLite keeps ids and moments as text, and the general way of reading a text makes a string of it, which
/// takes longer than all the rest of a row. 列读取</summary>
internal static class Column
{
    private const int IdLetters = 36;

    /// <summary>An id.</summary>
    public static Guid Id(DbDataReader reader, int column) =>
        TryText(reader, column, out var text) && text.Length == IdLetters
        && Utf8Parser.TryParse(text, out Guid id, out var read, 'D') && read == IdLetters
            ? id : reader.GetGuid(column);

    /// <summary>An id, if there is one.</summary>
    public static Guid? IdIfAny(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : Id(reader, column);

    /// <summary>A text.</summary>
    /// <param name="before">What stood in the row before: a code recurs from row to row, and is the same string then.</param>
    public static string Text(DbDataReader reader, int column, string before) =>
        TryText(reader, column, out var text) && Ascii.Equals(text, before) ? before : reader.GetString(column);

    /// <summary>Copies bytes to where there is room for them. Says how many there are: none for a column without any, and for one with
    /// more than there is room for.</summary>
    public static int Bytes(DbDataReader reader, int column, Span<byte> room)
    {
        if (!TryBlob(reader, column, out var bytes)) bytes = reader.IsDBNull(column) ? [] : reader.GetFieldValue<byte[]>(column);
        return bytes.TryCopyTo(room) ? bytes.Length : 0;
    }

    /// <summary>A hash, or whatever other bytes there are.</summary>
    public static byte[] Hash(DbDataReader reader, int column) =>
        TryBlob(reader, column, out var bytes) ? bytes.ToArray() : reader.GetFieldValue<byte[]>(column);

    /// <summary>The letters of a text as SQLite keeps them; they are gone with the row.</summary>
    public static bool TryText(DbDataReader reader, int column, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (reader is not SqliteDataReader { Handle: { } row } || raw.sqlite3_column_type(row, column) != raw.SQLITE_TEXT) return false;
        text = raw.sqlite3_column_blob(row, column);
        return true;
    }

    private static bool TryBlob(DbDataReader reader, int column, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (reader is not SqliteDataReader { Handle: { } row } || raw.sqlite3_column_type(row, column) != raw.SQLITE_BLOB) return false;
        bytes = raw.sqlite3_column_blob(row, column);
        return true;
    }
}
