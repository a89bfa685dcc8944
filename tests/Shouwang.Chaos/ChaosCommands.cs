using System.CommandLine;
using Shouwang.Chaos.Harness;
using Shouwang.Chaos.Trials;

namespace Shouwang.Chaos;

/// <summary>The trials as `./shouwang chaos …` runs them. Exit code 0 sound, 1 not sound, 2 typed wrongly.</summary>
internal static class ChaosCommands
{
    private static readonly Option<int> s_seed = new("--seed") { Description = "Decides what happens when.", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> s_json = new("--json") { Description = "Exactly one JSON object on standard output." };

    private static readonly Option<string> s_db = Db();

    public static async Task<int> Run(string[] args)
    {
        var parsed = new RootCommand("Attack a server of its own, and hold what it acknowledged against what it kept.")
        {
            Trial("kill", "Kill the server and its database under load.", new Option<int>("--kills") { DefaultValueFactory = _ => 20 },
                (p, n, ct) => KillTrial.Run(new(p.GetValue(s_db)!, n, p.GetValue(s_seed)), ct)),
            Trial("unknown", "Cut the answer after the commit; ask again.", new Option<int>("--ids") { DefaultValueFactory = _ => 10_000 },
                (p, n, ct) => UnknownTrial.Run(new(p.GetValue(s_db)!, n, p.GetValue(s_seed)), ct)),
            Trial("power", "Let the power fail (SQLite).", new Option<int>("--rounds") { DefaultValueFactory = _ => 30 },
                (p, n, ct) => PowerTrial.Run(new(n, p.GetValue(s_seed)), ct)),
            Trial("hot", "Pay everybody from one pool.", new Option<int>("--seconds") { DefaultValueFactory = _ => 20 },
                (p, n, ct) => HotTrial.Run(new(p.GetValue(s_db)!, n, p.GetValue(s_seed)), ct)),
            Bank(), Fault(), Tamper(), Seal(),
        }.Parse(args);
        var exit = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 ? 2 : exit;
    }

    private static Command Bank()
    {
        var people = new Option<int>("--people") { Description = "How many accounts.", DefaultValueFactory = _ => 1000 };
        var command = Trial("bank", "Add up all accounts while many give.", new Option<int>("--seconds") { DefaultValueFactory = _ => 60 },
            (p, n, ct) => BankTrial.Run(new(p.GetValue(s_db)!, n, p.GetValue(s_seed)) { People = p.GetValue(people) }, ct));
        command.Options.Add(people);
        return command;
    }

    private static Command Fault()
    {
        var kind = new Option<string>("--kind")
        {
            Description = "enospc, full, eio (SQLite), restart, failover, standby, slow, connections (PostgreSQL), stop, clock or locked.",
            Required = true,
        };
        kind.AcceptOnlyFromAmong(
            "enospc", "full", "eio", "restart", "failover", "standby", "slow", "connections", "stop", "clock", "locked");
        var hold = new Option<int>("--hold")
        {
            Description = "Seconds for which the write lock or every connection is held, the database is slow, its standby gone or the disk full.",
            DefaultValueFactory = _ => 30,
        };
        var command = Trial(
            "fault", "Fill or break the disk, restart, slow down or use up the database server, hold processes or a lock, or move the clock.",
            new Option<int>("--rounds") { DefaultValueFactory = _ => 5 },
            (p, n, ct) => FaultTrial.Run(
                new(p.GetValue(kind)!, n, p.GetValue(s_seed)) { Db = p.GetValue(s_db)!, HoldSeconds = p.GetValue(hold) }, ct));
        command.Options.Add(kind);
        command.Options.Add(hold);
        return command;
    }

    private static Command Seal()
    {
        var within = new Option<int>("--within")
        {
            Description = "Milliseconds after which a committed row must have its seal.", DefaultValueFactory = _ => 5000,
        };
        var command = Trial("seal", "Time how long what is committed waits for its seal, under load.",
            new Option<int>("--seconds") { DefaultValueFactory = _ => 60 },
            (p, n, ct) => SealTrial.Run(new(p.GetValue(s_db)!, n, p.GetValue(s_seed)) { WithinMs = p.GetValue(within) }, ct));
        command.Options.Add(within);
        return command;
    }

    private static Command Tamper()
    {
        var size = new Option<int>("--mutations") { Description = "How many falsifications.", DefaultValueFactory = _ => 1000 };
        var command = new Command("tamper", "Falsify the books behind the house's back; verification must name each.")
        {
            size, s_seed, s_db, s_json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var result = await TamperTrial.Run(new(parsed.GetValue(s_db)!, parsed.GetValue(size), parsed.GetValue(s_seed)), ct);
            await Console.Out.WriteLineAsync(parsed.GetValue(s_json) ? result.ToJson() : result.ToSentence());
            return result.IsSound ? 0 : 1;
        });
        return command;
    }

    private static Command Trial(
        string name, string text, Option<int> size, Func<ParseResult, int, CancellationToken, Task<Report>> run)
    {
        var command = new Command(name, text) { size, s_seed, s_db, s_json };
        command.SetAction(async (parsed, ct) =>
        {
            var report = await run(parsed, parsed.GetValue(size), ct);
            await Console.Out.WriteLineAsync(parsed.GetValue(s_json) ? report.ToJson() : report.ToSentence());
            return report.IsSound ? 0 : 1;
        });
        return command;
    }

    private static Option<string> Db()
    {
        var option = new Option<string>("--db") { Description = "sqlite or postgres.", DefaultValueFactory = _ => "sqlite" };
        option.AcceptOnlyFromAmong("sqlite", "postgres");
        return option;
    }
}
