using System.CommandLine;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Cli.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Cli.Ledger;

/// <summary>`shouwang ledger verify` and `shouwang audit verify`. Exit code 1 when something is wrong.</summary>
internal static class BooksCommands
{
    public static Command Ledger() => new("ledger", "The books of hours and money.") { Verify<VerifyLedger.View>(
        "Recomputes every balance from the postings and holds every transaction against its seal.",
        (context, actor, ct) => context.Get<VerifyLedger>().Run(actor, ct),
        v => (v.IsSound,
            $"{v.Accounts} accounts, {v.Transactions} transactions, {v.Postings} postings, {v.Unsealed} unsealed, "
            + $"{v.Waiting} deliveries to come, {v.GivenUp} given up, {v.Findings} findings{List(v.First)}")) };

    public static Command Audit() => new("audit", "The audit log.") { Verify<VerifyAudit.View>(
        "Recomputes every row hash, chain and root, and checks every signed checkpoint.",
        (context, actor, ct) => context.Get<VerifyAudit>().Run(actor, ct),
        v => (v.IsSound, $"{v.Rows} rows, {v.Sealed} sealed, {v.Unsealed} unsealed, {v.Checkpoints} checkpoints over {v.CheckedSize}, "
            + $"{v.Findings} findings{List(v.First)}")) };

    private static Command Verify<TView>(
        string text, Func<CliContext, Actor, CancellationToken, Task<Result<TView>>> run, Func<TView, (bool Sound, string Sentence)> say)
        where TView : notnull
    {
        var command = new Command("verify", text);
        var options = new DataOptions().AddTo(command);
        command.SetAction((parsed, ct) => CliContext.Run(options, parsed, async context =>
        {
            // Before anything is sealed here: what someone slipped in must be seen as it is.
            if (!(await run(context, context.Actor(AreaCode.Nation), ct)).IsOk(out var view, out var refusal))
                return context.Refused(refusal);
            var (sound, sentence) = say(view);
            await context.Seen(view, sentence, ct);
            return sound ? 0 : 1;
        }, ct, onlyLooks: true));
        return command;
    }

    private static string List<T>(IReadOnlyList<T> findings) => string.Concat(findings.Select(f => $"{Environment.NewLine}  {f}"));
}
