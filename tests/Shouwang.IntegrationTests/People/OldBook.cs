using System.Text;

namespace Shouwang.IntegrationTests.People;

/// <summary>Writes an .xls (BIFF8 in its container) with texts, numbers and formulas, as small or as large as a test needs.</summary>
internal sealed class OldBook
{
    private const int Sector = 512;
    private const int Short = 64;
    private const uint Last = 0xFFFF_FFFE;

    /// <summary>What an empty sheet says of its extent.</summary>
    private const int NoCells = 14;

    private readonly List<(string Name, bool IsHidden, byte Kind, MemoryStream Cells)> _sheets = [];

    /// <summary>Begins a sheet.</summary>
    /// <param name="kind">0 for cells, 1 for commands.</param>
    public OldBook Sheet(string name, bool isHidden = false, byte kind = 0)
    {
        _sheets.Add((name, isHidden, kind, new()));
        return this;
    }

    public OldBook Text(int row, int column, string text)
    {
        Cell(0x0204, row, column, [.. BitConverter.GetBytes((ushort)text.Length), 1, .. Encoding.Unicode.GetBytes(text)]);
        return this;
    }

    public OldBook Row(int row, params string[] texts)
    {
        for (var c = 0; c < texts.Length; c++) Text(row, c, texts[c]);
        return this;
    }

    /// <summary>Cells merged into one, all counted from 0.</summary>
    public OldBook Merge(int fromRow, int toRow, int fromColumn, int toColumn)
    {
        Record(_sheets[^1].Cells, 0x00E5,
            [1, 0, .. new[] { fromRow, toRow, fromColumn, toColumn }.SelectMany(n => BitConverter.GetBytes((ushort)n))]);
        return this;
    }

    /// <summary>1+1, with what a program last made of it.</summary>
    public OldBook Formula(int row, int column, double result)
    {
        byte[] reckoned = [0x1E, 1, 0, 0x1E, 1, 0, 0x03];
        Cell(0x0006, row, column, [.. BitConverter.GetBytes(result), 0, 0, 0, 0, 0, 0, (byte)reckoned.Length, 0, .. reckoned]);
        return this;
    }

    /// <param name="isShort">Whether the workbook lies in small sectors, as small ones of some programs do.</param>
    /// <param name="beside">A stream that lies beside it.</param>
    public byte[] Bytes(bool isShort = false, string? beside = null)
    {
        var book = Book();
        if (!isShort && book.Length < 4_096) Array.Resize(ref book, 4_096);
        return Container(book, isShort, beside);
    }

    private byte[] Book()
    {
        using var book = new MemoryStream();
        var sizes = _sheets.Select(s => (s.Cells.Length == 0 ? NoCells + 4 : (int)s.Cells.Length) + 28).ToArray();
        var at = 24 + _sheets.Sum(s => 12 + (s.Name.Length * 2));
        Record(book, 0x0809, [0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        foreach (var (n, (name, isHidden, kind, _)) in _sheets.Index())
        {
            Record(book, 0x0085,
            [
                .. BitConverter.GetBytes(at + sizes[..n].Sum()), (byte)(isHidden ? 1 : 0), kind, (byte)name.Length, 1,
                .. Encoding.Unicode.GetBytes(name),
            ]);
        }

        Record(book, 0x000A, []);
        foreach (var sheet in _sheets)
        {
            Record(book, 0x0809, [0, 6, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            if (sheet.Cells.Length == 0) Record(book, 0x0200, new byte[NoCells]);
            book.Write(sheet.Cells.ToArray());
            Record(book, 0x000A, []);
            book.Write(new byte[4]);
        }

        return book.ToArray();
    }

    private void Cell(int kind, int row, int column, byte[] says) => Record(
        _sheets[^1].Cells, kind, [.. BitConverter.GetBytes((ushort)row), .. BitConverter.GetBytes((ushort)column), 0, 0, .. says]);

    private static void Record(Stream to, int kind, byte[] body)
    {
        to.Write(BitConverter.GetBytes((ushort)kind));
        to.Write(BitConverter.GetBytes((ushort)body.Length));
        to.Write(body);
    }

    /// <summary>Header, table, directory, table of the small sectors, then the stream.</summary>
    private static byte[] Container(byte[] book, bool isShort, string? beside)
    {
        var sectors = (book.Length + Sector - 1) / Sector;
        var tables = 1;
        while (tables * (Sector / 4) < tables + 2 + sectors) tables++;
        var file = new byte[Sector * (1 + tables + 2 + sectors)];
        void Put(int at, uint value) => BitConverter.TryWriteBytes(file.AsSpan(at), value);
        uint[] head = [0xE011_CFD0, 0xE11A_B1A1];
        for (var n = 0; n < head.Length; n++) Put(n * 4, head[n]);
        Put(24, 0x0003_003E);
        Put(28, 0x0009_FFFE);
        Put(32, 6);
        Put(44, (uint)tables);
        Put(48, (uint)tables);
        Put(56, 4_096);
        Put(60, isShort ? (uint)tables + 1 : Last);
        Put(64, isShort ? 1u : 0);
        Put(68, Last);
        for (var n = 0; n < 109; n++) Put(76 + (n * 4), n < tables ? (uint)n : uint.MaxValue);

        void Table(int sector, uint next) => Put(Sector + (sector * 4), next);
        for (var n = 0; n < tables; n++) Table(n, 0xFFFF_FFFD);
        Table(tables, Last);
        Table(tables + 1, Last);
        for (var n = 0; n < sectors; n++) Table(tables + 2 + n, n == sectors - 1 ? Last : (uint)(tables + 3 + n));
        var small = Sector * (tables + 2);
        for (var n = 0; isShort && n < Sector / 4; n++)
            Put(small + (n * 4), n < (book.Length + Short - 1) / Short - 1 ? (uint)n + 1 : Last);

        var directory = Sector * (tables + 1);
        Entry(file, directory, ("Root Entry", 5), isShort ? (uint)tables + 2 : Last, isShort ? sectors * Sector : 0);
        Entry(file, directory + 128, ("Workbook", 2), isShort ? 0 : (uint)tables + 2, book.Length);
        if (beside is not null) Entry(file, directory + 256, (beside, 1), Last, 0);
        book.CopyTo(file, Sector * (1 + tables + 2));
        return file;
    }

    private static void Entry(byte[] file, int at, (string Name, byte Kind) what, uint first, int length)
    {
        Encoding.Unicode.GetBytes(what.Name).CopyTo(file, at);
        BitConverter.TryWriteBytes(file.AsSpan(at + 64), (ushort)((what.Name.Length * 2) + 2));
        (file[at + 66], file[at + 67]) = (what.Kind, 1);
        for (var n = 68; n < 80; n++) file[at + n] = 0xFF;
        if (what.Kind == 5) BitConverter.TryWriteBytes(file.AsSpan(at + 76), 1u);
        BitConverter.TryWriteBytes(file.AsSpan(at + 116), first);
        BitConverter.TryWriteBytes(file.AsSpan(at + 120), (uint)length);
    }
}
