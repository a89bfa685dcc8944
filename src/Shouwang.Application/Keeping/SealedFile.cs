using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Shouwang.Application.Keeping;

/// <summary>How the bytes of a backup are sealed under the operator's passphrase. 加密备份格式</summary>
/// <remarks>
/// Head: "SHOUWANG-BACKUP" and a zero, algorithm (1 byte; 1 is PBKDF2-HMAC-SHA-256 with AES-256-GCM), rounds (4, big-endian), salt (16),
/// nonce prefix (8). Then chunks: length (4), ciphertext, tag (16); each bound to the head, its number and whether it is the last, so that
/// nothing can be changed, moved, left out or cut off.
/// </remarks>
internal static class SealedFile
{
    public const int ShortestPassphrase = 12;
    private const byte Pbkdf2AesGcm = 1;
    private const int Rounds = 600_000;
    private const int MostRounds = 10_000_000;
    private const int SaltBytes = 16;
    private const int PrefixBytes = 8;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int ChunkBytes = 64 * 1024;

    private static ReadOnlySpan<byte> Magic => "SHOUWANG-BACKUP\0"u8;

    private static int HeadBytes => Magic.Length + 1 + 4 + SaltBytes + PrefixBytes;

    /// <summary>A stream whose bytes go sealed into a file; disposing it writes the last chunk.</summary>
    public static Stream Write(Stream file, string passphrase)
    {
        var head = new byte[HeadBytes];
        Magic.CopyTo(head);
        head[Magic.Length] = Pbkdf2AesGcm;
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(Magic.Length + 1), Rounds);
        RandomNumberGenerator.Fill(head.AsSpan(Magic.Length + 5));
        file.Write(head);
        return new Sealing(file, new Chunks(head, KeyOf(passphrase, head)));
    }

    /// <summary>The bytes of a sealed file, or null when it is none.</summary>
    /// <exception cref="AuthenticationTagMismatchException">On reading: another passphrase, or the file was changed.</exception>
    /// <exception cref="EndOfStreamException">On reading: the file was cut off.</exception>
    public static Stream? Open(Stream file, string passphrase)
    {
        var head = new byte[HeadBytes];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan().StartsWith(Magic)) return null;
        if (head[Magic.Length] != Pbkdf2AesGcm || RoundsOf(head) is < 1 or > MostRounds) return null;
        return new Opening(file, new Chunks(head, KeyOf(passphrase, head)));
    }

    private static int RoundsOf(byte[] head) => BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(Magic.Length + 1));

    private static byte[] KeyOf(string passphrase, byte[] head) => Rfc2898DeriveBytes.Pbkdf2(
        passphrase.Normalize(System.Text.NormalizationForm.FormKC), head.AsSpan(Magic.Length + 5, SaltBytes), RoundsOf(head),
        HashAlgorithmName.SHA256, 32);

    /// <summary>Seals and opens the chunks of one file in their order.</summary>
    private sealed class Chunks(byte[] head, byte[] key) : IDisposable
    {
        private readonly AesGcm _aes = new(key, TagBytes);
        private uint _number;

        public byte[] Seal(ReadOnlySpan<byte> plain, bool last)
        {
            var chunk = new byte[4 + plain.Length + TagBytes];
            BinaryPrimitives.WriteInt32BigEndian(chunk, plain.Length);
            _aes.Encrypt(Nonce(), plain, chunk.AsSpan(4, plain.Length), chunk.AsSpan(4 + plain.Length), Bound(last));
            _number++;
            return chunk;
        }

        public byte[] Open(ReadOnlySpan<byte> body, bool last)
        {
            var plain = new byte[body.Length - TagBytes];
            _aes.Decrypt(Nonce(), body[..plain.Length], body[plain.Length..], plain, Bound(last));
            _number++;
            return plain;
        }

        public void Dispose() => _aes.Dispose();

        private byte[] Nonce()
        {
            var nonce = new byte[NonceBytes];
            head.AsSpan(head.Length - PrefixBytes).CopyTo(nonce);
            BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(PrefixBytes), checked(_number));
            return nonce;
        }

        private byte[] Bound(bool last) => [.. head, .. BitConverter.GetBytes(_number), last ? (byte)1 : (byte)0];
    }

    private sealed class Sealing(Stream file, Chunks chunks) : OneWay
    {
        private readonly byte[] _open = new byte[ChunkBytes];
        private int _filled;
        private bool _closed;

        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count)
        {
            while (count > 0)
            {
                if (_filled == ChunkBytes) Close(last: false);
                var part = Math.Min(count, ChunkBytes - _filled);
                buffer.AsSpan(offset, part).CopyTo(_open.AsSpan(_filled));
                (_filled, offset, count) = (_filled + part, offset + part, count - part);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_closed)
            {
                _closed = true;
                Close(last: true);
                chunks.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Close(bool last)
        {
            file.Write(chunks.Seal(_open.AsSpan(0, _filled), last));
            _filled = 0;
        }
    }

    private sealed class Opening(Stream file, Chunks chunks) : OneWay
    {
        private byte[] _chunk = [];
        private int _at;
        private bool _ended;

        public override bool CanRead => true;

        public override int Read(byte[] buffer, int offset, int count)
        {
            while (_at == _chunk.Length && !_ended) Next();
            var part = Math.Min(count, _chunk.Length - _at);
            _chunk.AsSpan(_at, part).CopyTo(buffer.AsSpan(offset));
            _at += part;
            return part;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) chunks.Dispose();
            base.Dispose(disposing);
        }

        /// <summary>Only the last chunk of a file may be shorter than the others.</summary>
        private void Next()
        {
            var head = new byte[4];
            file.ReadExactly(head);
            var length = BinaryPrimitives.ReadInt32BigEndian(head);
            if (length is < 0 or > ChunkBytes) throw new EndOfStreamException("A chunk of the backup has an impossible length.");
            var body = new byte[length + TagBytes];
            file.ReadExactly(body);
            _ended = length < ChunkBytes || file.Position == file.Length;
            (_chunk, _at) = (chunks.Open(body, _ended), 0);
        }
    }

    /// <summary>A stream that goes forward only.</summary>
    private abstract class OneWay : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
