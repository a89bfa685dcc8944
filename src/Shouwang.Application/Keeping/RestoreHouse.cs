using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Keeping;

/// <summary>Fills an empty house from a backup, on either database, and compares what it then holds with what was written down.
/// 恢复</summary>
/// <param name="store">Where to; its tables are made here.</param>
public sealed class RestoreHouse(Store store, HouseSite site)
{
    /// <param name="From">The database the backup was made of.</param>
    public sealed record Receipt(DateTimeOffset MadeAt, string From, IReadOnlyList<TableSum> Tables);

    public async Task<Result<Receipt>> Run(Stream file, string passphrase, CancellationToken ct)
    {
        try
        {
            await using var opened = SealedFile.Open(file, passphrase);
            if (opened is null) return KeepingRefusals.NotABackup;
            await using var plain = new GZipStream(opened, CompressionMode.Decompress);
            using var from = new BinaryReader(plain, Encoding.UTF8);
            return await Fill(from, ct);
        }
        catch (AuthenticationTagMismatchException)
        {
            return KeepingRefusals.WrongPassphrase;
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            return KeepingRefusals.Damaged;
        }
    }

    private async Task<Result<Receipt>> Fill(BinaryReader from, CancellationToken ct)
    {
        if (from.ReadInt32() != BackUpHouse.Form) return KeepingRefusals.OtherVersion;
        var (kind, madeAt) = (from.ReadString(), new DateTimeOffset(from.ReadInt64(), TimeSpan.Zero));
        if (TakeKeys(from, KeyRing.DirectoryOf(site.DataDirectory)) is { } refusal) return refusal;

        await store.Prepare(ct);
        await using var db = store.Read();
        await using var rows = await TableRows.Filling(db, ct);
        var tables = StoredTables.Of(db);
        if (await FirstFilled(rows, tables, ct) is { } filled) return KeepingRefusals.NotEmpty.With("table", filled);
        if (!(await FillTables(from, rows, tables, ct)).IsOk(out var expected, out refusal)) return refusal;
        await rows.Commit(ct);

        var found = await new HouseSums(store).Take(ct);
        var differs = expected.Except(found).FirstOrDefault();
        return differs is null ? new Receipt(madeAt, kind, [.. found]) : KeepingRefusals.Differs.With("table", differs.Table);
    }

    /// <summary>Reads to the very end before anything is kept: a backup that was cut off fills nothing.</summary>
    private static async Task<Result<List<TableSum>>> FillTables(
        BinaryReader from, TableRows rows, IReadOnlyList<StoredTable> tables, CancellationToken ct)
    {
        if (from.ReadInt32() != tables.Count) return KeepingRefusals.OtherVersion;
        var sums = new List<TableSum>();
        foreach (var table in tables)
        {
            if (from.ReadString() != BackUpHouse.ShapeOf(table)) return KeepingRefusals.OtherVersion.With("table", table.Name);
            var digest = new TableDigest(table);
            await rows.Insert(table, Rows(from, table, digest, ct), ct);
            if (from.ReadString() != digest.Sum.Digest) return KeepingRefusals.Damaged;
            await rows.GoOnCounting(table, ct);
            sums.Add(digest.Sum);
        }

        return from.BaseStream.ReadByte() < 0 ? sums : KeepingRefusals.Damaged;
    }

    private static async IAsyncEnumerable<object?[]> Rows(
        BinaryReader from, StoredTable table, TableDigest digest, [EnumeratorCancellation] CancellationToken ct)
    {
        while (from.ReadBoolean())
        {
            ct.ThrowIfCancellationRequested();
            var row = RowCodec.Read(from, table);
            digest.Add(row);
            yield return await ValueTask.FromResult(row);
        }
    }

    internal static async Task<string?> FirstFilled(TableRows rows, IReadOnlyList<StoredTable> tables, CancellationToken ct)
    {
        foreach (var table in tables)
        {
            if (await rows.Count(table, ct) > 0) return table.Name;
        }

        return null;
    }

    /// <summary>Puts the keys in their place, readable by their owner alone; keys that are already there are never replaced.</summary>
    private static Refusal? TakeKeys(BinaryReader from, string directory)
    {
        var (files, home) = (new List<(string Path, byte[] Bytes)>(), Path.GetFullPath(directory) + Path.DirectorySeparatorChar);
        for (var count = from.ReadInt32(); count > 0; count--)
        {
            var path = Path.GetFullPath(Path.Combine(directory, from.ReadString()));
            if (!path.StartsWith(home, StringComparison.Ordinal)) return KeepingRefusals.Damaged;
            files.Add((path, from.ReadBytes(from.ReadInt32())));
        }

        if (files.Exists(f => File.Exists(f.Path) && !File.ReadAllBytes(f.Path).AsSpan().SequenceEqual(f.Bytes)))
            return KeepingRefusals.OtherKeys;
        foreach (var (path, bytes) in files.Where(f => !File.Exists(f.Path))) KeyFile.Place(path, bytes);
        return null;
    }
}
