using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>What an embedded database was asked while this listened, and the ways it goes to answer.</summary>
internal sealed partial class AskedSql : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly TestDatabase _database;
    private readonly ConcurrentBag<IDisposable> _listening = [];
    private readonly ConcurrentDictionary<string, IReadOnlyList<(string Name, object? Value)>> _asked = new();

    /// <summary>Listens from before the house opens: for a second, a context remembers that nobody does.</summary>
    public AskedSql(TestDatabase database)
    {
        _database = database;
        _listening.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>One step of a plan: how it goes over which table.</summary>
    /// <param name="Table">By its own name.</param>
    /// <param name="By">What of each row it knows beforehand, as columns; empty where it goes over all rows.</param>
    public sealed record Step(string Table, IReadOnlyList<string> By, string Said);

    /// <summary>Forgets what it heard.</summary>
    public void Forget() => _asked.Clear();

    /// <summary>Everything that was asked, with every step over a table.</summary>
    public async Task<IReadOnlyList<(string Sql, IReadOnlyList<Step> Steps)>> Plans(CancellationToken ct)
    {
        await using var connection = await _database.Open(ct);
        var plans = new List<(string, IReadOnlyList<Step>)>();
        foreach (var (sql, values) in _asked) plans.Add((sql, await StepsOf(connection, sql, values, ct)));
        return plans;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            _listening.Add(value.Subscribe(this, (name, _, _) => name == RelationalEventId.CommandExecuted.Name));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not CommandExecutedEventData { Command: SqliteCommand command }) return;
        if (command.Connection?.DataSource != _database.File || !command.CommandText.Contains("SELECT", StringComparison.Ordinal)) return;
        _asked[command.CommandText] = [.. command.Parameters.Cast<SqliteParameter>().Select(p => (p.ParameterName, p.Value))];
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose()
    {
        foreach (var one in _listening) one.Dispose();
    }

    private static async Task<IReadOnlyList<Step>> StepsOf(
        DbConnection connection, string sql, IReadOnlyList<(string Name, object? Value)> values, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        foreach (var (name, value) in values) command.Parameters.Add(new SqliteParameter(name, value));
        var tables = Naming().Matches(sql).ToLookup(m => m.Groups["alias"].Value, m => m.Groups["table"].Value);
        var steps = new List<Step>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var said = Going().Match(reader.GetString(3));
            if (!said.Success || tables[said.Groups["alias"].Value].FirstOrDefault() is not { } table) continue;
            steps.Add(new(table, [.. Known().Matches(said.Groups["by"].Value).Select(m => m.Groups["column"].Value)], said.Value));
        }

        return steps;
    }

    [GeneratedRegex("\"(?<table>\\w+)\" AS \"(?<alias>\\w+)\"")]
    private static partial Regex Naming();

    [GeneratedRegex(@"^(SCAN|SEARCH) (?<alias>\w+)\b[^(]*(\((?<by>.*)\))?")]
    private static partial Regex Going();

    [GeneratedRegex(@"(?<column>\w+)[=<>]")]
    private static partial Regex Known();
}
