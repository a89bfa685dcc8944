using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>The program as it is shipped, run beside the tests as a process of its own.</summary>
/// <param name="folder">Its data directory.</param>
/// <param name="connection">Its PostgreSQL database; the embedded one without.</param>
internal sealed class CommandLine(string folder, string? connection)
{
    public static CommandLine On(TestDatabase database) =>
        new(database.Folder, database.Kind == DatabaseKind.Postgres ? database.ConnectionString : null);

    /// <summary>Runs it with --json, expects an exit code, and returns the one object it answers with.</summary>
    public async Task<JsonElement> Answer(int exit, params string[] arguments)
    {
        var (code, output, error) = await Start([.. arguments, "--json"]);
        Assert.True(code == exit, $"{string.Join(' ', arguments)} ended with {code}: {output}{error}");
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Runs it and returns how it ended and what it wrote to standard output.</summary>
    public async Task<(int Exit, string Output)> Run(params string[] arguments)
    {
        var (code, output, _) = await Start(arguments);
        return (code, output);
    }

    /// <summary>Runs a command that makes its own data directory, and returns how it ended and what it wrote to both outputs.</summary>
    public Task<(int Exit, string Output, string Error)> RunBare(params string[] arguments) => Run(arguments, Store);

    private string[] Store => connection is null ? [] : ["--db", connection];

    private Task<(int Exit, string Output, string Error)> Start(string[] arguments) => Run(arguments, ["--data", folder, .. Store]);

    private static async Task<(int Exit, string Output, string Error)> Run(string[] arguments, string[] where)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "shouwang.dll"), .. arguments, .. where])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
