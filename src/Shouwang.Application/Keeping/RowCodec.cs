using System.Data.Common;
using System.Security.Cryptography;

namespace Shouwang.Application.Keeping;

/// <summary>Rows as bytes, the same whichever database they come from; a moment counts to the microsecond, which both keep. 行编码</summary>
internal static class RowCodec
{
    /// <summary>Reads the cells of the current row.</summary>
    public static object?[] Read(DbDataReader reader, StoredTable table)
    {
        var row = new object?[table.Columns.Count];
        for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : Cell(reader, i, table.Columns[i].Kind);
        return row;
    }

    public static void Write(BinaryWriter to, StoredTable table, object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            to.Write(row[i] is not null);
            if (row[i] is { } value) Write(to, table.Columns[i].Kind, value);
        }
    }

    public static object?[] Read(BinaryReader from, StoredTable table)
    {
        var row = new object?[table.Columns.Count];
        for (var i = 0; i < row.Length; i++) row[i] = from.ReadBoolean() ? Read(from, table.Columns[i].Kind) : null;
        return row;
    }

    private static object Cell(DbDataReader reader, int at, CellKind kind) => kind switch
    {
        CellKind.Text => reader.GetString(at),
        CellKind.Whole => reader.GetInt64(at),
        CellKind.Number => reader.GetDouble(at),
        CellKind.YesNo => reader.GetBoolean(at),
        CellKind.Bytes => reader.GetFieldValue<byte[]>(at),
        CellKind.Id => reader.GetGuid(at),
        CellKind.Day => reader.GetFieldValue<DateOnly>(at),
        CellKind.Time => reader.GetFieldValue<TimeOnly>(at),
        _ => Whole(DateTime.SpecifyKind(reader.GetDateTime(at), DateTimeKind.Utc)),
    };

    private static DateTime Whole(DateTime moment) => moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMicrosecond));

    private static void Write(BinaryWriter to, CellKind kind, object value)
    {
        switch (kind)
        {
            case CellKind.Text: to.Write((string)value); break;
            case CellKind.Whole: to.Write((long)value); break;
            case CellKind.Number: to.Write((double)value); break;
            case CellKind.YesNo: to.Write((bool)value); break;
            case CellKind.Id: to.Write(((Guid)value).ToByteArray(bigEndian: true)); break;
            case CellKind.Day: to.Write(((DateOnly)value).DayNumber); break;
            case CellKind.Time: to.Write(((TimeOnly)value).Ticks); break;
            case CellKind.Moment: to.Write(((DateTime)value).Ticks); break;
            default:
                to.Write7BitEncodedInt(((byte[])value).Length);
                to.Write((byte[])value);
                break;
        }
    }

    private static object Read(BinaryReader from, CellKind kind) => kind switch
    {
        CellKind.Text => from.ReadString(),
        CellKind.Whole => from.ReadInt64(),
        CellKind.Number => from.ReadDouble(),
        CellKind.YesNo => from.ReadBoolean(),
        CellKind.Id => new Guid(from.ReadBytes(16), bigEndian: true),
        CellKind.Day => DateOnly.FromDayNumber(from.ReadInt32()),
        CellKind.Time => new TimeOnly(from.ReadInt64()),
        CellKind.Moment => new DateTime(from.ReadInt64(), DateTimeKind.Utc),
        _ => from.ReadBytes(from.Read7BitEncodedInt()),
    };
}

/// <summary>The digest of a table's rows in any order: the sum of the rows' SHA-256, so that two databases need not agree on how they
/// sort. 表摘要</summary>
internal sealed class TableDigest(StoredTable table)
{
    private readonly byte[] _sum = new byte[SHA256.HashSizeInBytes];

    public long Rows { get; private set; }

    public void Add(object?[] row)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, System.Text.Encoding.UTF8, leaveOpen: true)) RowCodec.Write(writer, table, row);
        var hash = SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        for (var (i, carry) = (0, 0); i < hash.Length; i++)
        {
            carry += _sum[i] + hash[i];
            _sum[i] = (byte)(carry & 0xff);
            carry >>= 8;
        }

        Rows++;
    }

    /// <summary>The table's name, its count and its sum.</summary>
    public TableSum Sum => new(table.Name, Rows, Convert.ToHexStringLower(_sum));
}

/// <summary>How many rows a table has and what they add up to: equal sums mean equal rows. 表汇总</summary>
public sealed record TableSum(string Table, long Rows, string Digest);
