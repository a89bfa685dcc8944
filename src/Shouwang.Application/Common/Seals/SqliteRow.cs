using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Shouwang.Application.Common.Seals;

/// <summary>The row at which a statement of SQLite stands. The general way counts for each call who still needs the statement, which took a
/// quarter of the time of a whole verification; here whoever reads keeps the reader, and so the statement. 当前行</summary>
/// <param name="statement">The statement; none where another database is read.</param>
internal readonly unsafe partial struct SqliteRow(nint statement)
{
    private const string Library = "e_sqlite3";

    /// <summary>The row of a reader; only as long as it stands there.</summary>
    public static SqliteRow Of(DbDataReader reader) =>
        reader is SqliteDataReader { Handle: { } row } ? new(row.DangerousGetHandle()) : default;

    public bool IsThere => statement != 0;

    public bool IsNull(int column) => TypeOf(statement, column) == raw.SQLITE_NULL;

    /// <summary>A whole number, where there is one.</summary>
    public bool TryNumber(int column, out long number)
    {
        number = 0;
        if (!IsThere || TypeOf(statement, column) != raw.SQLITE_INTEGER) return false;
        number = NumberIn(statement, column);
        return true;
    }

    /// <summary>The letters of a text, where there is one; they are gone with the row.</summary>
    public bool TryText(int column, out ReadOnlySpan<byte> text) => Try(column, raw.SQLITE_TEXT, out text);

    /// <summary>Bytes, where there are any; they are gone with the row.</summary>
    public bool TryBlob(int column, out ReadOnlySpan<byte> bytes) => Try(column, raw.SQLITE_BLOB, out bytes);

    private bool Try(int column, int type, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!IsThere || TypeOf(statement, column) != type) return false;

        // In this order: asking for the bytes is what settles how many there are.
        var start = BytesIn(statement, column);
        bytes = new(start, LengthOf(statement, column));
        return true;
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int TypeOf(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long NumberIn(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob"), SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void* BytesIn(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LengthOf(nint statement, int column);
}
