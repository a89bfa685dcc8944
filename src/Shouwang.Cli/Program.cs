using System.CommandLine;
using Shouwang.Cli.Plan;

var root = new RootCommand("Shouwang 守望: rural mutual-aid elder care.")
{
    PlanCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
