using System.CommandLine;
using Shouwang.Cli.Areas;
using Shouwang.Cli.Bench;
using Shouwang.Cli.Care;
using Shouwang.Cli.Chaos;
using Shouwang.Cli.Demo;
using Shouwang.Cli.Keeping;
using Shouwang.Cli.Ledger;
using Shouwang.Cli.Pairing;
using Shouwang.Cli.People;
using Shouwang.Cli.Plan;
using Shouwang.Cli.Rules;
using Shouwang.Cli.Serve;
using Shouwang.Cli.SignIn;
using Shouwang.Cli.Witness;

namespace Shouwang.Cli;

/// <summary>The command line as a whole. 命令行</summary>
internal static class ShouwangCommand
{
    /// <summary>Runs one command. Exit codes: 0 done, 1 refused, 2 typed wrongly.</summary>
    /// <param name="typed">What was typed after the program's name.</param>
    public static async Task<int> Run(string[] typed)
    {
        var parsed = All().Parse(typed);
        var exit = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 ? 2 : exit;
    }

    private static RootCommand All() => new RootCommand("Shouwang 守望: rural mutual-aid elder care.")
    {
        PairCommand.Create(),
        StatementCommand.Points(),
        StatementCommand.Create(),
        BooksCommands.Ledger(),
        BooksCommands.Audit(),
        PlanCommand.Create(),
        RulesCommand.Create(TimeProvider.System),
        new Command("import", "Take files in: areas, a village's roster.")
        {
            AreasCommands.Import(TimeProvider.System), RosterCommands.Import(TimeProvider.System),
        },
        SampleCommands.Create(),
        AccountCommands.Create(TimeProvider.System),
        KeepingCommands.Backup(),
        KeepingCommands.Restore(),
        KeepingCommands.Db(),
        KeysCommands.Create(),
        new Command("bench", "Measure.")
        {
            AreasBench.Create(TimeProvider.System), PipelineBench.Create(TimeProvider.System), RosterBench.Create(TimeProvider.System),
            PeopleListBench.Create(TimeProvider.System), BenchPlanning.Create(), ChaosCommand.BenchLedger(),
            VerifyBench.Create(TimeProvider.System), ListsBench.Create(TimeProvider.System),
            PairingUseCaseBench.Create(TimeProvider.System),
        },
        WitnessCommand.Create(TimeProvider.System),
        ChaosCommand.Create(),
        ServeCommand.Create(),
        DemoCommand.Create(TimeProvider.System),
    };
}
