using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Ledger;

/// <summary>A second person agrees to a reversal above the limit; only then is it written. 复核冲正</summary>
public sealed class ApproveReversal(Workspace work)
{
    /// <param name="Reversal">The request, as <see cref="ReverseTransaction"/> recorded it in the audit log.</param>
    public sealed record Command(Guid CommandId, Id<Transaction> Reversal) : ICommand;

    public sealed record Receipt(Id<Transaction> Reversal, Id<Transaction> Transaction);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Approve(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Approve(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var request = await unit.Books.Earlier(command.Reversal.Value, ct);
        if (request?.Command != AuditRows.NameOf<ReverseTransaction.Command>()) return LedgerRefusals.TransactionNotFound;
        var receipt = JsonSerializer.Deserialize<ReverseTransaction.Receipt>(request.Answered, HouseJson.Options)!;

        var found = await Mirror.Of(unit, receipt.Transaction, ct);
        if (!found.IsOk(out var mirror, out var refusal)) return refusal;
        var asked = new Reversal(receipt.Id, receipt.Transaction, receipt.Reason, new(request.Actor));
        if (asked.Agree(unit.Actor.Person) is { } own) return own;
        return await mirror.Post(asked, ct) is { } no ? no : new Receipt(asked.Id, asked.Of);
    }
}
