using System.CommandLine;
using Shouwang.Cli.Areas;
using Shouwang.Cli.Care;
using Shouwang.Cli.Ledger;
using Shouwang.Cli.Pairing;
using Shouwang.Cli.Plan;
using Shouwang.Cli.Rules;
using Shouwang.Cli.Serve;

var root = new RootCommand("Shouwang 守望: rural mutual-aid elder care.")
{
    PairCommand.Create(),
    StatementCommand.Points(),
    StatementCommand.Create(),
    BooksCommands.Ledger(),
    BooksCommands.Audit(),
    PlanCommand.Create(),
    RulesCommand.Create(TimeProvider.System),
    new Command("import", "Take files in: areas.") { AreasCommands.Import(TimeProvider.System) },
    new Command("bench", "Measure.") { AreasBench.Create(TimeProvider.System) },
    ServeCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
