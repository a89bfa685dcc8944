using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>The command line, run in the tests' own process, or the program as it is shipped as one beside them.</summary>
/// <param name="folder">Its data directory.</param>
/// <param name="connection">Its PostgreSQL database; the embedded one without.</param>
/// <param name="isShipped">Whether it is the program itself.</param>
internal sealed class CommandLine(string folder, string? connection, bool isShipped)
{
    /// <summary>The command line in this process, which spares its start: most of a short command.</summary>
    public static CommandLine On(TestDatabase database) => new(database.Folder, ConnectionOf(database), isShipped: false);

    /// <summary>The program itself, for what only a process shows: how it ends, what stands on which output, what it locks.</summary>
    public static CommandLine Shipped(TestDatabase database) => new(database.Folder, ConnectionOf(database), isShipped: true);

    private static string? ConnectionOf(TestDatabase database) =>
        database.Kind == DatabaseKind.Postgres ? database.ConnectionString : null;

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

    private Task<(int Exit, string Output, string Error)> Run(string[] arguments, string[] where) =>
        isShipped ? Process([.. arguments, .. where]) : Overheard.Run([.. arguments, .. where]);

    private static async Task<(int Exit, string Output, string Error)> Process(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "shouwang.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = System.Diagnostics.Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
