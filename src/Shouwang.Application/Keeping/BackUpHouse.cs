using System.IO.Compression;
using System.Text;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Keeping;

/// <summary>Writes everything the house holds, and its keys, into one file sealed under the operator's passphrase, as it was at one moment,
/// while people go on working. 备份</summary>
public sealed class BackUpHouse(Store store, HouseSite site, TimeProvider clock)
{
    /// <summary>The form of what is inside; another one is refused.</summary>
    internal const int Form = 1;

    /// <param name="Bytes">How long the file is.</param>
    public sealed record Receipt(DateTimeOffset MadeAt, long Bytes, IReadOnlyList<TableSum> Tables);

    public async Task<Result<Receipt>> Run(Stream file, string passphrase, CancellationToken ct)
    {
        if (passphrase.Length < SealedFile.ShortestPassphrase)
            return KeepingRefusals.PassphraseShort.With("shortest", SealedFile.ShortestPassphrase);

        var (start, madeAt, sums) = (file.Position, clock.GetUtcNow(), new List<TableSum>());
        await using (var sealing = SealedFile.Write(file, passphrase))
        await using (var packed = new GZipStream(sealing, CompressionLevel.Fastest))
        await using (var to = new BinaryWriter(packed, Encoding.UTF8))
        {
            to.Write(Form);
            to.Write(store.Kind);
            to.Write(madeAt.UtcTicks);
            WriteKeys(to, KeyRing.DirectoryOf(site.DataDirectory));
            await WriteTables(to, sums, ct);
        }

        return new Receipt(madeAt, file.Position - start, sums);
    }

    private static void WriteKeys(BinaryWriter to, string directory)
    {
        var files = Directory.Exists(directory)
            ? Directory.GetFiles(directory, "*", SearchOption.AllDirectories)
                .Where(f => Path.GetExtension(f) is not (".lock" or ".new")).ToList()
            : [];
        to.Write(files.Count);
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            to.Write(Path.GetRelativePath(directory, file));
            to.Write(bytes.Length);
            to.Write(bytes);
        }
    }

    private async Task WriteTables(BinaryWriter to, List<TableSum> sums, CancellationToken ct)
    {
        await using var db = store.Read();
        await using var rows = await TableRows.Snapshot(db, ct);
        var tables = StoredTables.Of(db);
        to.Write(tables.Count);
        foreach (var table in tables)
        {
            to.Write(ShapeOf(table));
            var digest = new TableDigest(table);
            await foreach (var row in rows.Of(table, null, [], ct))
            {
                digest.Add(row);
                to.Write(true);
                RowCodec.Write(to, table, row);
            }

            to.Write(false);
            to.Write(digest.Sum.Digest);
            sums.Add(digest.Sum);
        }
    }

    /// <summary>A table in words: another house can take its rows when its own table reads the same.</summary>
    internal static string ShapeOf(StoredTable table) =>
        $"{table.Name}({string.Join(",", table.Columns.Select(c => $"{c.Name}:{c.Kind}"))})";
}
