using System.Text;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;

namespace Shouwang.Cli.Witness;

/// <summary>What a witness keeps of a house, in a folder of its own: the key it first met and those that took its
/// place, every checkpoint, every alarm. 见证留存</summary>
internal sealed class KeptCheckpoints(string folder)
{
    private readonly string _key = Path.Combine(folder, "key");
    private readonly string _checkpoints = Path.Combine(folder, "checkpoints.jsonl");
    private readonly string _alarms = Path.Combine(folder, "alarms.jsonl");

    /// <summary>The house's public key, the newest; null before the first meeting.</summary>
    public byte[]? Key => File.Exists(_key) ? Convert.FromBase64String(File.ReadLines(_key).Last(l => l.Length > 0)) : null;

    /// <summary>The last checkpoint that was kept; null before the first.</summary>
    /// <exception cref="JsonException">The file was damaged.</exception>
    public ShowCheckpoint.View? Last() => File.Exists(_checkpoints)
        ? File.ReadLines(_checkpoints).Where(l => l.Length > 0).Select(Read).LastOrDefault() : null;

    public void KeepKey(byte[] key) => Append(_key, Convert.ToBase64String(key));

    public void Keep(ShowCheckpoint.View checkpoint) => Append(_checkpoints, JsonSerializer.Serialize(checkpoint, HouseJson.Options));

    /// <summary>Writes down what was shown when the alarm went off: the evidence.</summary>
    public void Accuse(string complaint, DateTimeOffset at, ShowCheckpoint.View? shown) =>
        Append(_alarms, JsonSerializer.Serialize(new { complaint, at, shown }, HouseJson.Options));

    private static ShowCheckpoint.View Read(string line) => JsonSerializer.Deserialize<ShowCheckpoint.View>(line, HouseJson.Options)!;

    private void Append(string path, string line)
    {
        Directory.CreateDirectory(folder);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }
}
