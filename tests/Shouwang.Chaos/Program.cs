using Shouwang.Chaos;
using Shouwang.Chaos.Harness;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Four callers: `shouwang chaos …`, `shouwang bench ledger`, a trial that wants a weakened house, and the test runner.
if (args is [WeakHouse.Verb, ..]) return await WeakHouse.Serve(args[1..]);
if (args is ["bench", ..]) return await LedgerBench.Run(args[2..]);
if (args is ["chaos", ..]) return await ChaosCommands.Run(args[1..]);
return args.Any(a => a is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
