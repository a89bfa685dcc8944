using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Shouwang.Application.Common.Seals;

/// <summary>The row at which a statement of SQLite stands. The general way counts for every call who still needs the statement, and SQLite
/// takes a lock for each of them: two fifths of the time of a whole verification. Here whoever reads keeps the reader, and so the
/// statement, and nobody else uses it; a column is fetched under the lock and looked at without. 当前行</summary>
/// <param name="statement">The statement; none where another database is read.</param>
internal readonly unsafe partial struct SqliteRow(nint statement)
{
    private const string Library = "e_sqlite3";

    /// <summary>The row of a reader; only as long as it stands there.</summary>
    public static SqliteRow Of(DbDataReader reader) =>
        reader is SqliteDataReader { Handle: { } row } ? new(row.DangerousGetHandle()) : default;

    public bool IsThere => statement != 0;

    public bool IsNull(int column) => TypeOf(ValueOf(statement, column)) == raw.SQLITE_NULL;

    /// <summary>A whole number, where there is one.</summary>
    public bool TryNumber(int column, out long number)
    {
        number = 0;
        if (!IsThere) return false;
        var value = ValueOf(statement, column);
        if (TypeOf(value) != raw.SQLITE_INTEGER) return false;
        number = NumberIn(value);
        return true;
    }

    /// <summary>The letters of a text, where there is one; they are gone with the row.</summary>
    public bool TryText(int column, out ReadOnlySpan<byte> text) => Try(column, raw.SQLITE_TEXT, out text);

    /// <summary>Bytes, where there are any; they are gone with the row.</summary>
    public bool TryBlob(int column, out ReadOnlySpan<byte> bytes) => Try(column, raw.SQLITE_BLOB, out bytes);

    private bool Try(int column, int type, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!IsThere) return false;
        var value = ValueOf(statement, column);
        if (TypeOf(value) != type) return false;

        // In this order: asking for the bytes is what settles how many there are.
        var start = BytesIn(value);
        bytes = new(start, LengthOf(value));
        return true;
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_column_value"), SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ValueOf(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_type"), SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int TypeOf(nint value);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_int64"), SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long NumberIn(nint value);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_blob"), SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void* BytesIn(nint value);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_bytes"), SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LengthOf(nint value);
}
