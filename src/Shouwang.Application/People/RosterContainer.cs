using System.Buffers.Binary;
using System.Text;

namespace Shouwang.Application.People;

/// <summary>Looks at the container an .xls lies in before a reader trusts the sizes it states: no stream is longer than the file, and no
/// chain of sectors comes back to itself. 旧式文件检查</summary>
internal sealed class RosterContainer
{
    private const int Header = 512;
    private const int EntryBytes = 128;
    private const int TableEntries = 109;
    private const uint LastSector = 0xFFFF_FFFA;
    private const int ShortSector = 64;

    private static readonly string[] s_books = ["Workbook", "Book"];
    private static readonly byte[] s_locked = Encoding.Unicode.GetBytes("EncryptedPackage");

    private readonly ReadOnlyMemory<byte> _file;
    private readonly int _sector;
    private readonly List<uint> _tables;

    /// <param name="file">It begins as a container does.</param>
    public RosterContainer(ReadOnlyMemory<byte> file)
    {
        _file = file;
        _sector = file.Length < Header ? 0 : At16(30) switch { 9 => 512, 12 => 4_096, _ => 0 };
        _tables = _sector == 0 || At32(72) > _file.Length / _sector ? [] : Tables();
    }

    /// <summary>Whether it holds a workbook under a password. How often the password is to be hashed, the file says itself, and nobody here
    /// has it anyway.</summary>
    public bool IsLocked => _file.Span.IndexOf(s_locked) >= 0;

    /// <summary>Whether what it states can be so.</summary>
    public bool IsSound()
    {
        if (_sector == 0) return false;
        var sectors = (uint)(_file.Length / _sector);
        return At32(44) <= sectors && At32(64) <= sectors && At32(72) <= sectors
            && Chain(At32(48)) is { } directory && directory.TrueForAll(AreShort)
            && (At32(64) == 0 || Chain(At32(60)) is not null);
    }

    /// <summary>Whether programs lie beside the sheets.</summary>
    public bool HasMacros => Entries().Any(e => NameOf(e).StartsWith("_VBA_PROJECT", StringComparison.OrdinalIgnoreCase));

    /// <summary>The stream of the workbook; empty where there is none, or it does not hold together.</summary>
    public byte[] Workbook()
    {
        if (!Entries().Any(e => Array.IndexOf(s_books, NameOf(e)) >= 0)) return [];
        var book = Entries().OrderBy(e => Array.IndexOf(s_books, NameOf(e)) is var at and >= 0 ? at : s_books.Length).First();
        var (first, length) = (At32(book + 116), (int)At32(book + 120));
        if (length >= At32(56)) return Joined(first, length);

        // A short stream lies in small sectors of the root's stream, which have a table of their own.
        var root = Entries().First();
        var (small, table) = (Joined(At32(root + 116), (int)At32(root + 120)), Joined(At32(60), (int)At32(64) * _sector));
        var whole = new MemoryStream();
        for (var at = first; whole.Length < length && at < small.Length / ShortSector && at < table.Length / 4;)
        {
            whole.Write(small, (int)at * ShortSector, ShortSector);
            at = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan((int)at * 4));
        }

        return whole.ToArray();
    }

    /// <summary>The sectors of a stream one after another, as far as they go.</summary>
    private byte[] Joined(uint first, int length)
    {
        var whole = new MemoryStream();
        foreach (var sector in Chain(first) ?? [])
        {
            var left = (int)Math.Min(Math.Min(_sector, _file.Length - Place(sector)), length - whole.Length);
            if (left > 0) whole.Write(_file.Span.Slice((int)Place(sector), left));
        }

        return whole.ToArray();
    }

    /// <summary>Where the entries of the directory stand, the root first.</summary>
    private IEnumerable<long> Entries() =>
        from sector in Chain(At32(48)) ?? []
        from within in Enumerable.Range(0, _sector / EntryBytes)
        let at = Place(sector) + (within * EntryBytes)
        where at + EntryBytes <= _file.Length && _file.Span[(int)at + 66] != 0
        select at;

    private string NameOf(long entry)
    {
        var bytes = Math.Clamp(At16((int)entry + 64) - 2, 0, 62);
        return Encoding.Unicode.GetString(_file.Span.Slice((int)entry, bytes));
    }

    /// <summary>Whether no stream of a directory sector is longer than the file, and each can be followed to its end.</summary>
    private bool AreShort(uint sector)
    {
        var start = Place(sector);
        for (var at = start; at + EntryBytes <= Math.Min(start + _sector, _file.Length); at += EntryBytes)
        {
            var (kind, first, length) = (_file.Span[(int)at + 66], At32(at + 116), At32(at + 120));
            if (kind is not (2 or 5)) continue;
            if (length > _file.Length || At32(at + 124) != 0) return false;
            if (length >= At32(56) && Chain(first) is null) return false;
        }

        return true;
    }

    /// <summary>The sectors of a chain; nothing where it is longer than the file, or leads out of it.</summary>
    private List<uint>? Chain(uint sector)
    {
        var chain = new List<uint>();
        while (sector < LastSector)
        {
            if (chain.Count > _file.Length / _sector || Place(sector) >= _file.Length) return null;
            chain.Add(sector);
            if (Next(sector) is not { } next) return null;
            sector = next;
        }

        return chain;
    }

    /// <summary>What the table says comes after a sector.</summary>
    private uint? Next(uint sector)
    {
        var (table, within) = Math.DivRem((int)sector, _sector / 4);
        if (table >= _tables.Count) return null;
        var at = Place(_tables[table]) + (within * 4);
        return at + 4 > _file.Length ? null : At32(at);
    }

    /// <summary>Where the parts of the table are: so many the header names, the others stand in sectors of their own.</summary>
    private List<uint> Tables()
    {
        var (tables, more) = (new List<uint>(), At32(68));
        for (var n = 0; n < TableEntries; n++) tables.Add(At32(76 + (n * 4)));
        for (var n = 0u; n < At32(72) && more < LastSector && Place(more) + _sector <= _file.Length; n++)
        {
            var (start, last) = (Place(more), (_sector / 4) - 1);
            for (var entry = 0; entry < last; entry++) tables.Add(At32(start + (entry * 4)));
            more = At32(start + (last * 4));
        }

        return tables;
    }

    private long Place(uint sector) => (sector + 1L) * _sector;

    private int At16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_file.Span[at..]);

    private uint At32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(_file.Span[(int)at..]);
}
