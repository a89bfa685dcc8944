using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;

namespace Shouwang.Cli.Witness;

/// <summary>What a witness keeps of a house, in a folder of its own: the key it first met and those that took its
/// place, every checkpoint, every alarm. 见证留存</summary>
/// <remarks>A line is finished by its line break. What a witness that was killed left behind without one was never kept, and gives way to
/// the next line.</remarks>
internal sealed class KeptCheckpoints(string folder)
{
    private readonly string _key = Path.Combine(folder, "key");
    private readonly string _checkpoints = Path.Combine(folder, "checkpoints.jsonl");
    private readonly string _alarms = Path.Combine(folder, "alarms.jsonl");
    private ShowCheckpoint.View? _last;

    /// <summary>The house's public key, the newest; null before the first meeting.</summary>
    /// <exception cref="InvalidDataException">What was kept cannot be read, or the key is gone from beside the checkpoints.</exception>
    public byte[]? Key
    {
        get
        {
            if (Lines(_key).LastOrDefault() is { } line) return KeyAt(line);
            return Last() is null ? null : throw new InvalidDataException($"{_key} is gone.");
        }
    }

    /// <summary>The last checkpoint that was kept; null before the first.</summary>
    /// <exception cref="InvalidDataException">What was kept cannot be read.</exception>
    public ShowCheckpoint.View? Last()
    {
        if (_last is not null) return _last;
        ShowCheckpoint.View? last = null;
        foreach (var line in Lines(_checkpoints))
        {
            last = ShownCheckpoint.Read(line)?.View ?? throw new InvalidDataException($"{_checkpoints} cannot be read.");
        }

        return _last = last;
    }

    /// <summary>Keeps a key beside those before it; the file is there as a whole or not at all.</summary>
    public void KeepKey(byte[] key)
    {
        var lines = string.Concat(Lines(_key).Append(Convert.ToBase64String(key)).Select(l => $"{l}\n"));
        Directory.CreateDirectory(folder);
        using (var file = new FileStream(_key + ".new", FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(lines));
            file.Flush(flushToDisk: true);
        }

        File.Move(_key + ".new", _key, overwrite: true);
    }

    public void Keep(ShowCheckpoint.View checkpoint)
    {
        Append(_checkpoints, JsonSerializer.Serialize(checkpoint, HouseJson.Options));
        _last = checkpoint;
    }

    /// <summary>Writes down what was shown when the alarm went off: the evidence.</summary>
    public void Accuse(string complaint, DateTimeOffset at, object? shown) =>
        Append(_alarms, JsonSerializer.Serialize(new { complaint, at, shown }, HouseJson.Options));

    private byte[] KeyAt(string line)
    {
        try
        {
            var key = Convert.FromBase64String(line);
            ShownCheckpoint.Import(key).Dispose();
            return key;
        }
        catch (Exception spoilt) when (spoilt is FormatException or CryptographicException)
        {
            throw new InvalidDataException($"{_key} cannot be read.", spoilt);
        }
    }

    private static IEnumerable<string> Lines(string path)
    {
        if (!File.Exists(path)) return [];
        using (var file = File.OpenRead(path))
        {
            if (EndOfLines(file) == file.Length) return File.ReadLines(path);
        }

        return File.ReadLines(path).SkipLast(1);
    }

    private void Append(string path, string line)
    {
        Directory.CreateDirectory(folder);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        file.SetLength(EndOfLines(file));
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Where the last finished line ends.</summary>
    private static long EndOfLines(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n') return end;
        }

        return 0;
    }
}
