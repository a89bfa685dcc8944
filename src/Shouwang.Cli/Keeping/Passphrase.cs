using System.CommandLine;

namespace Shouwang.Cli.Keeping;

/// <summary>The operator's passphrase: from a file, from the environment, or typed; never from the command line, where others read.
/// 口令</summary>
internal static class Passphrase
{
    /// <summary>The environment variable that holds it.</summary>
    public const string Variable = "SHOUWANG_PASSPHRASE";

    public static Option<string?> File() =>
        new("--passphrase-file") { Description = $"A file whose first line is the passphrase; or set {Variable}, or type it." };

    /// <summary>The passphrase, or null when there is none to be had.</summary>
    public static string? Read(string? file)
    {
        if (file is not null) return System.IO.File.ReadLines(file).FirstOrDefault();
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return named;
        if (Console.IsInputRedirected) return null;
        Console.Error.Write("Passphrase: ");
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace) typed.Append(key.KeyChar);
            else if (typed.Length > 0) typed.Length--;
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
