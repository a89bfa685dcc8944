using System.CommandLine;
using Shouwang.Cli.Care;
using Shouwang.Cli.Ledger;
using Shouwang.Cli.Pairing;
using Shouwang.Cli.Plan;

var root = new RootCommand("Shouwang 守望: rural mutual-aid elder care.")
{
    PairCommand.Create(),
    StatementCommand.Points(),
    StatementCommand.Create(),
    BooksCommands.Ledger(),
    BooksCommands.Audit(),
    PlanCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
