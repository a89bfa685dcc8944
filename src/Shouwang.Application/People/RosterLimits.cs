namespace Shouwang.Application.People;

/// <summary>What a roster file can hold at most: so much protects the house, and no village comes near it. 花名册上限</summary>
internal static class RosterLimits
{
    public const int FileBytes = 20 * 1024 * 1024;
    public const long UnpackedBytes = 150L * 1024 * 1024;
    public const int Parts = 2_000;

    /// <summary>Rows that hold something, over all sheets.</summary>
    public const int Rows = 50_000;

    /// <summary>Columns that are read; what stands behind them is no roster.</summary>
    public const int Columns = 100;

    /// <summary>What a spreadsheet program allows: characters of a cell, columns and rows of a sheet, characters of its name.</summary>
    public const int CellCharacters = 32_767;
    public const int SheetColumns = 16_384;
    public const int OldColumns = 256;
    public const int OldRows = 65_536;
    public const int SheetRows = 1_048_576;
    public const int SheetName = 31;

    /// <summary>How deep the elements of a part lie in one another.</summary>
    public const int Depth = 32;

    /// <summary>Merged cells, formulas, and everything else that is kept while a package is read.</summary>
    public const int Merges = 100_000;
    public const int Formulas = 200_000;
    public const int Kept = 1_000_000;
}
