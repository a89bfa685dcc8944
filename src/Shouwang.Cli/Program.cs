using Shouwang.Cli;

return await ShouwangCommand.Run(args);
