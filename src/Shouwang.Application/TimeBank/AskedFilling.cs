using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>A request to fill a pool that still waits, with the bank taken: nobody else can answer it meanwhile. 待复核充入申请</summary>
internal sealed record AskedFilling(Filling Filling, Account Bank)
{
    /// <summary>Finds it; what lies outside the actor's area, or was no such request, is not found.</summary>
    /// <param name="allowed">Says no to whoever may not answer it, before anything is taken.</param>
    public static async Task<Result<AskedFilling>> Of(
        UnitOfWork unit, Id<Transaction> id, Func<Filling, Refusal?> allowed, CancellationToken ct)
    {
        if (!unit.Actor.May(Permission.FillPools, unit.Actor.Scope)) return CommonRefusals.Forbidden;
        var request = await unit.Books.Earlier(id.Value, ct);
        if (request?.Command != AuditRows.NameOf<FillPool.Command>()) return LedgerRefusals.FillingNotFound;
        var receipt = JsonSerializer.Deserialize<FillPool.Receipt>(request.Answered, HouseJson.Options)!;
        if (!unit.Actor.Covers(receipt.Pool)) return LedgerRefusals.FillingNotFound;

        var asked = new Filling(receipt.Id, receipt.Pool, receipt.Minutes, new(request.Actor));
        if (allowed(asked) is { } refusal) return refusal;
        var bank = await FillPool.BankOf(unit, asked.Pool, ct);
        if (await unit.Books.Find(asked.Id, ct) is not null) return LedgerRefusals.AlreadyFilled;
        if (await unit.Db.FillingEnds.AnyAsync(e => e.Filling == id.Value, ct)) return LedgerRefusals.FillingEnded;
        return new AskedFilling(asked, bank);
    }
}
