using System.IO.Compression;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Seals rosters that were handed in, and what is needed to take an import back: both hold ID numbers.
/// 花名册保险库</summary>
public sealed class RosterVault(KeyRing keys)
{
    internal byte[] Seal(RosterUpload upload, byte[] file) => keys.Wrap(PlaceOf(upload), Packed(file));

    /// <summary>The file as it was handed in; null once it is forgotten.</summary>
    internal byte[]? Open(RosterUpload upload) => upload.Sealed is { } box ? Unpacked(keys.Unwrap(PlaceOf(upload), box)) : null;

    internal byte[] Seal(RosterImport import, byte[] journal) => keys.Wrap(PlaceOf(import), journal);

    internal byte[]? Open(RosterImport import) => import.Journal is { } box ? keys.Unwrap(PlaceOf(import), box) : null;

    private static SealedPlace PlaceOf(RosterUpload upload) =>
        new(RosterMapping.UploadTable, nameof(RosterUpload.Sealed), upload.Id.Value);

    private static SealedPlace PlaceOf(RosterImport import) =>
        new(RosterMapping.ImportTable, nameof(RosterImport.Journal), import.Id.Value);

    private static byte[] Packed(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var to = new DeflateStream(packed, CompressionLevel.Fastest)) to.Write(plain);
        return packed.ToArray();
    }

    private static byte[] Unpacked(byte[] packed)
    {
        using var from = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        from.CopyTo(plain);
        return plain.ToArray();
    }
}
