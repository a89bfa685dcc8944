using System.Text;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>One bit of one field, whichever the dice say, in every table that verification answers for. What a field holds afterwards need
/// not be anything the house would write: letters of another case, a number beyond its column, a broken text.</summary>
internal static class AnyBit
{
    /// <param name="Table">Where.</param>
    /// <param name="Key">Which columns say which row it is.</param>
    /// <param name="Named">What a finding must name; of a row that was moved to another place, that something is wrong is enough.</param>
    private sealed record Kept(string Table, string[] Key, string Named);

    private static readonly Kept[] s_kept =
    [
        new("ledger_transaction", ["Seq"], "Id"), new("ledger_posting", ["TransactionId", "Line"], "TransactionId"),
        new("ledger_account", ["Id"], "Id"), new("ledger_hold", ["Seq"], "Id"), new("ledger_hold_end", ["Seq"], "HoldId"),
        new("audit_entry", ["Seq"], "CommandId"), new("audit_security_event", ["Seq"], "Id"), new("seal_link", ["Position"], "Position"),
        new("audit_check", ["Id"], "Id"), new("seal_tile", ["Step", "Number"], "Number"), new("seal_checkpoint", ["Number"], "Number"),
        new("outbox_message", ["Id"], "Id"),
    ];

    public static IReadOnlyList<Tampering> All { get; } =
        [.. s_kept.Select(kept => new Tampering($"any bit of {kept.Table}", t => Turn(t, kept)))];

    private static async Task<string?> Turn(Tamperer t, Kept kept)
    {
        var row = await t.PickRow(kept.Table, string.Join(", ", kept.Key.Select(k => $"\"{k}\"")));
        if (row.Count == 0) return null;
        var column = row.Keys.ElementAt(t.Random.Next(row.Count));
        if (Turned(row[column], t) is not { } turned) return null;
        var value = turned is byte[] && row[column] is string ? "CAST(@0 AS TEXT)" : "@0";
        var where = string.Join(" AND ", kept.Key.Select((k, i) => $"\"{k}\" = @{i + 1}"));
        if (await t.Do($"UPDATE {kept.Table} SET \"{column}\" = {value} WHERE {where}", [turned, .. kept.Key.Select(k => row[k]!)]) != 1)
            return null;
        t.Turned = $"{column}, {row[column]} ";
        if (column == kept.Named || kept.Key.Contains(column)) return Tampering.Anything;
        return $"{row[kept.Named]}".ToLowerInvariant();
    }

    /// <summary>The same with one bit turned; nothing for what has none.</summary>
    private static object? Turned(object? old, Tamperer t) => old switch
    {
        null or byte[] { Length: 0 } or string { Length: 0 } => null,
        byte[] bytes => Turned(bytes, t.Random),
        long number => number ^ (1L << t.Random.Next(64)),
        int number => number ^ (1 << t.Random.Next(32)),
        Guid id => new Guid(Turned(id.ToByteArray(), t.Random)),
        DateTime at => at.AddTicks(TimeSpan.TicksPerMicrosecond << t.Random.Next(40)),
        string text when t.HoldsAnything => Turned(Encoding.UTF8.GetBytes(text), t.Random),
        string text => Encoding.UTF8.GetString(Turned(Encoding.UTF8.GetBytes(text), t.Random)),
        _ => throw new NotSupportedException($"A column of {old.GetType()}."),
    };

    private static byte[] Turned(byte[] old, Random random)
    {
        var turned = (byte[])old.Clone();
        turned[random.Next(turned.Length)] ^= (byte)(1 << random.Next(8));
        return turned;
    }
}
