using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Ledger;

/// <summary>Verifies ledger and audit log as a whole, looks through the embedded database's file, and writes down what was found; every
/// night and on demand. 全面核对</summary>
/// <remarks>What is committed is sealed first, as the house's own sealer would do in the next second: so that a check just after a start,
/// or on a busy machine, does not take a sealer that is late for one that was passed by. A row without a true mark gets no seal.</remarks>
public sealed class CheckBooks(Workspace work, VerifyLedger ledger, VerifyAudit audit, AuditSealer sealer, TimeProvider clock)
{
    /// <summary>Findings written down at most.</summary>
    private const int Named = 20;

    public sealed record Command(Guid CommandId) : ICommand;

    /// <param name="Digest">Of all that was written down, so that the audit log keeps it from being changed.</param>
    public sealed record Receipt(Guid Check, int Findings, string Digest);

    public async Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct)
    {
        Patience.Lift();
        var began = clock.GetTimestamp();
        await sealer.Seal(ct);
        if (!(await ledger.Run(actor, ct)).IsOk(out var books, out var refusal)) return refusal;
        if (!(await audit.Run(actor, ct)).IsOk(out var log, out refusal)) return refusal;
        var damages = await work.ReadWhole(actor, db => SealSql.On(db).Damages(ct), ct);
        var found = damages.Select(d => new Finding("file-damaged", d)).Concat(books.First).Concat(log.First);
        var took = clock.GetElapsedTime(began);
        return await work.Write<Receipt>(
            command,
            actor,
            unit =>
            {
                var check = new BookCheck
                {
                    Id = command.CommandId, At = unit.Now, Millis = (long)took.TotalMilliseconds,
                    Transactions = books.Transactions, Sealed = log.Sealed,
                    Findings = damages.Count + books.Findings + log.Findings,
                    First = string.Join('\n', found.Take(Named).Select(f => $"{f.What} {f.Where}")),
                };
                unit.Db.Add(check);
                return Task.FromResult<Result<Receipt>>(
                    new Receipt(check.Id, check.Findings, CheckForm.DigestOf(new(), check)));
            },
            ct);
    }
}
