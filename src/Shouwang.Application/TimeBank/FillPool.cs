using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.TimeBank;

/// <summary>Puts hours that the county issues into the pool of an area; above a limit it only asks for it, and a second person must agree.
/// 充入时间池</summary>
public sealed class FillPool(Workspace work, Rulebook rulebook)
{
    /// <param name="Id">Made where it is asked; also the ledger transaction's id.</param>
    public sealed record Command(Id<Transaction> Id, AreaCode Pool, int Minutes) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    /// <param name="Done">Whether the pool is filled; otherwise a second person must agree first.</param>
    public sealed record Receipt(Id<Transaction> Id, AreaCode Pool, int Minutes, bool Done);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Fill(unit, command, ct), ct);

    private async Task<Result<Receipt>> Fill(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (command.Minutes <= 0) return CommonRefusals.BadInput.On("minutes");
        if (!unit.Actor.Covers(command.Pool)) return CommonRefusals.NotFound.On("pool");
        if (!unit.Actor.May(Permission.FillPools, command.Pool)) return CommonRefusals.Forbidden;

        // The bank first: whoever fills this pool at the same time waits here, so that both count against the limit.
        var bank = await BankOf(unit, command.Pool, ct);
        var asked = new Filling(command.Id, command.Pool, command.Minutes, unit.Actor.Person);
        var alone = rulebook.At(command.Pool, Days.Of(unit.Now)).Minutes("ledger.pool-fill-alone");
        var receipt = new Receipt(command.Id, command.Pool, command.Minutes, Done: false);
        if (asked.NeedsTwo(await AloneToday(unit, command.Pool, ct), alone)) return receipt;

        var filled = await Issue(unit, asked, bank, ct);
        return filled.IsOk(out _, out var refusal) ? receipt with { Done = true } : refusal;
    }

    /// <summary>The account that issued hours come from, taken for writing.</summary>
    internal static async Task<Account> BankOf(UnitOfWork unit, AreaCode pool, CancellationToken ct) =>
        (await unit.Books.Take(ct, AccountKey.OfOutside(Book.Hours, pool))).Values.Single();

    /// <summary>Puts in what was asked for.</summary>
    internal static Task<Result<Transaction>> Issue(UnitOfWork unit, Filling asked, Account bank, CancellationToken ct) =>
        unit.FillPool(new(asked.Id, asked.Pool, Reasons.PoolFilled, unit.Now), bank, asked.Amount, ct);

    /// <summary>What this person has put into the pool today, in Shanghai, without anybody else.</summary>
    private static async Task<long> AloneToday(UnitOfWork unit, AreaCode pool, CancellationToken ct)
    {
        var (since, me, db) = (Days.Start(Days.Of(unit.Now)), unit.Actor.Person.Value, unit.Db);
        var filled = await db.Transactions
            .Where(t => t.Area == pool && t.Book == Book.Hours && t.Reason == Reasons.PoolFilled && t.At >= since)
            .Select(t => t.Id).ToListAsync(ct);
        var answers = await db.Audit.Where(a => filled.Contains(a.CommandId) && a.Actor == me).Select(a => a.Answered).ToListAsync(ct);
        return answers.Select(a => JsonSerializer.Deserialize<Receipt>(a, HouseJson.Options)!).Where(r => r.Done).Sum(r => (long)r.Minutes);
    }
}
