using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Keeping;
using Shouwang.Application.Ledger;
using Shouwang.Application.People;
using Shouwang.Cli.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Cli.Keeping;

/// <summary>`shouwang backup FILE`, `shouwang restore FILE`, `shouwang db copy`. 备份、恢复、迁移</summary>
internal static class KeepingCommands
{
    private const string NoPassphrase = $"Give a passphrase: --passphrase-file, {Passphrase.Variable}, or type it.";

    public static Command Backup()
    {
        var (file, secret) = (new Argument<string>("FILE") { Description = "The file to write; it must not exist." }, Passphrase.File());
        var command = new Command("backup", "Write everything and the keys into one sealed file, also while the house is open.")
        {
            file, secret,
        };
        var options = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetValue(file)!;
            if (File.Exists(path)) return CliContext.Usage($"{path} exists.");
            if (Passphrase.Read(parsed.GetValue(secret)) is not { } passphrase) return CliContext.Usage(NoPassphrase);
            return await CliContext.Run(options, parsed, context => Write(context, path, passphrase, ct), ct);
        });
        return command;
    }

    public static Command Restore()
    {
        var (file, secret) = (new Argument<string>("FILE") { Description = "The backup to read." }, Passphrase.File());
        var verify = new Option<bool>("--verify") { Description = "Then open every sealed field, too." };
        var command = new Command("restore", "Fill an empty data directory or database from a backup, and compare.")
        {
            file, secret, verify,
        };
        var options = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) return CliContext.Usage($"No file {path}.");
            if (Passphrase.Read(parsed.GetValue(secret)) is not { } passphrase) return CliContext.Usage(NoPassphrase);
            return await CliContext.Run(options, parsed, context => Read(context, path, passphrase, parsed.GetValue(verify), ct), ct);
        });
        return command;
    }

    public static Command Db()
    {
        var to = new Option<string>("--to") { Description = "Connection string of an empty PostgreSQL database.", Required = true };
        var command = new Command("copy", "Copy everything into an empty PostgreSQL database, and compare table by table.") { to };
        var options = new DataOptions().AddTo(command);
        command.SetAction((parsed, ct) => CliContext.Run(options, parsed, context => Copy(context, parsed.GetValue(to)!, ct), ct));
        return new("db", "The database.") { command };
    }

    private static async Task<int> Write(CliContext context, string path, string passphrase, CancellationToken ct)
    {
        await context.Settle(ct);
        var draft = path + ".new";
        Result<BackUpHouse.Receipt> made;
        await using (var file = new FileStream(draft, Private())) made = await context.Get<BackUpHouse>().Run(file, passphrase, ct);
        if (!made.IsOk(out var receipt, out var refusal))
        {
            File.Delete(draft);
            return context.Refused(refusal);
        }

        File.Move(draft, path);
        var rows = receipt.Tables.Sum(t => t.Rows);
        return await context.Done(receipt, $"{path}: {receipt.Tables.Count} tables, {rows} rows, {receipt.Bytes} bytes.", ct);
    }

    private static async Task<int> Read(CliContext context, string path, string passphrase, bool verify, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var restored = await context.Get<RestoreHouse>().Run(file, passphrase, ct);
        if (!restored.IsOk(out var receipt, out var refusal)) return context.Refused(refusal);
        var rows = receipt.Tables.Sum(t => t.Rows);
        var sentence = $"{receipt.Tables.Count} tables, {rows} rows, as backed up {receipt.MadeAt:u}; every table compared.";
        var checks = await Verify(context, receipt.MadeAt, verify, ct);
        var code = await context.Done(
            new { receipt.MadeAt, receipt.From, receipt.Tables, checks.Ledger, checks.Audit, checks.Opened, sound = checks.IsSound },
            $"{sentence} Ledger {checks.Ledger.Findings} findings, audit {checks.Audit.Findings} findings, {checks.Opened} people opened.",
            ct);
        return checks.IsSound ? code : 1;
    }

    private sealed record Checks(VerifyLedger.View Ledger, VerifyAudit.View Audit, int Opened)
    {
        public bool IsSound => Ledger.IsSound && Audit.IsSound;
    }

    /// <summary>The books add up, the log is unbroken, and the keys open what is sealed. What was written in the second before the backup
    /// was not sealed yet, and need not be.</summary>
    private static async Task<Checks> Verify(CliContext context, DateTimeOffset madeAt, bool fields, CancellationToken ct)
    {
        var house = Actor.System(AreaCode.Nation);
        var opened = fields ? await Open(context, house, ct) : 0;
        var ledger = await context.Get<VerifyLedger>().Run(house, ct, madeAt);
        var audit = await context.Get<VerifyAudit>().Run(house, ct, madeAt);
        return new(ledger.Value, audit.Value, opened);
    }

    private static Task<int> Open(CliContext context, Actor house, CancellationToken ct)
    {
        var vault = context.Get<PersonVault>();
        return context.Get<Workspace>().Read(house, async db =>
        {
            var count = 0;
            await foreach (var person in db.People.AsAsyncEnumerable().WithCancellation(ct))
            {
                _ = vault.Open(person.Id, person.Secrets);
                count++;
            }

            return count;
        });
    }

    private static async Task<int> Copy(CliContext context, string connection, CancellationToken ct)
    {
        await context.Settle(ct);
        await using var target = new HouseSite(context.Get<HouseSite>().DataDirectory, connection).OpenStore(TimeProvider.System);
        if (!(await context.Get<CopyHouse>().Run(target, ct)).IsOk(out var receipt, out var refusal)) return context.Refused(refusal);
        var rows = receipt.Tables.Sum(t => t.Rows);
        var sentence = $"{receipt.Tables.Count} tables, {rows} rows, {receipt.From} to {receipt.To}; every table compared.";
        return await context.Done(receipt, sentence, ct);
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
