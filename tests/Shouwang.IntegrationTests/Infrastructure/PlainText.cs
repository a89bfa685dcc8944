using System.Data.Common;
using System.Text;
using Xunit;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>Looks through every table of a database for words that must not stand there in plain.</summary>
internal static class PlainText
{
    private const string SqliteTables = "SELECT name FROM sqlite_master WHERE type = 'table'";
    private const string PostgresTables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";

    /// <summary>Fails where a secret stands in any row, as text or as the bytes of it.</summary>
    public static async Task HoldsNowhere(this TestDatabase database, string secret)
    {
        await using var connection = await database.Open(default);
        var tables = await Column(connection, database.Kind == DatabaseKind.Sqlite ? SqliteTables : PostgresTables);
        Assert.Contains("people_person", tables);
        foreach (var table in tables)
        {
            var rows = await Dump(connection, table);
            Assert.DoesNotContain(secret, rows, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), rows, StringComparison.Ordinal);
        }
    }

    private static async Task<List<string>> Column(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }

    private static async Task<string> Dump(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync();
        var text = new StringBuilder();
        while (await reader.ReadAsync())
        {
            for (var c = 0; c < reader.FieldCount; c++)
            {
                text.Append(reader.GetValue(c) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(c)).Append('|');
            }
        }

        return text.ToString();
    }
}
