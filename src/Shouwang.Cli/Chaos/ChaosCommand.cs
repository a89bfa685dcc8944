using System.CommandLine;
using System.Diagnostics;
using Shouwang.Cli.Common;

namespace Shouwang.Cli.Chaos;

/// <summary>`shouwang chaos …`: hands over to the program that attacks a server of its own. That program stands among the tests and is not
/// shipped; ./shouwang builds it in a source checkout and says where it is.</summary>
internal static class ChaosCommand
{
    private const string Attacker = "SHOUWANG_CHAOS";
    private const string Attacked = "SHOUWANG_PROGRAM";

    public static Command Create()
    {
        var command = new Command(
            "chaos", "Attack a server of its own: kill, power, bank, unknown, hot, seal, fault, tamper; each with --seed and --json.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, ct) => HandOver(["chaos", .. parsed.UnmatchedTokens], ct));
        return command;
    }

    /// <summary>`shouwang bench ledger`: it needs a database server of its own too.</summary>
    public static Command BenchLedger()
    {
        var command = new Command("ledger", "Transfers per second through HTTP and through the books alone: --db, --seconds, --json.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, ct) => HandOver(["bench", "ledger", .. parsed.UnmatchedTokens], ct));
        return command;
    }

    private static async Task<int> HandOver(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable(Attacker) is not { Length: > 0 } program)
            return CliContext.Usage("this runs from a source checkout: ./shouwang chaos kill --kills 20");
        var start = new ProcessStartInfo(program, arguments);
        start.Environment[Attacked] = Environment.ProcessPath;
        using var attacker = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        await attacker.WaitForExitAsync(ct);
        return attacker.ExitCode;
    }
}
