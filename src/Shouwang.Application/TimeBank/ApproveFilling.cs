using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>A second person agrees to putting hours above the limit into a pool; only then are they issued. 复核充入</summary>
public sealed class ApproveFilling(Workspace work)
{
    /// <param name="Filling">The request, as <see cref="FillPool"/> recorded it in the audit log.</param>
    public sealed record Command(Guid CommandId, Id<Transaction> Filling) : ICommand;

    public sealed record Receipt(Id<Transaction> Filling, AreaCode Pool, int Minutes);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Approve(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Approve(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!unit.Actor.May(Permission.FillPools, unit.Actor.Scope)) return CommonRefusals.Forbidden;
        var request = await unit.Books.Earlier(command.Filling.Value, ct);
        if (request?.Command != AuditRows.NameOf<FillPool.Command>()) return LedgerRefusals.FillingNotFound;
        var receipt = JsonSerializer.Deserialize<FillPool.Receipt>(request.Answered, HouseJson.Options)!;
        if (!unit.Actor.Covers(receipt.Pool)) return LedgerRefusals.FillingNotFound;

        var asked = new Filling(receipt.Id, receipt.Pool, receipt.Minutes, new(request.Actor));
        if (asked.Agree(unit.Actor.Person) is { } own) return own;
        var bank = await FillPool.BankOf(unit, receipt.Pool, ct);
        if (await unit.Books.Find(asked.Id, ct) is not null) return LedgerRefusals.AlreadyFilled;
        var filled = await FillPool.Issue(unit, asked, bank, ct);
        return filled.IsOk(out _, out var refusal) ? new Receipt(asked.Id, asked.Pool, receipt.Minutes) : refusal;
    }
}
