using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Ledger;

/// <summary>Puts a transaction right by its mirror image; above a limit it only asks for it, and a second person must agree.
/// 冲正</summary>
public sealed class ReverseTransaction(Workspace work, Rulebook rulebook)
{
    /// <param name="Id">Made where the request is made; also the mirror image's id.</param>
    public sealed record Command(Id<Transaction> Id, Id<Transaction> Transaction, ReversalReason Reason) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    /// <param name="Done">Whether it is reversed; otherwise a second person must agree first.</param>
    public sealed record Receipt(Id<Transaction> Id, Id<Transaction> Transaction, ReversalReason Reason, bool Done);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Reverse(unit, command, ct), ct);

    private async Task<Result<Receipt>> Reverse(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!Enum.IsDefined(command.Reason)) return CommonRefusals.BadInput.On("reason");
        var found = await Mirror.Of(unit, command.Transaction, ct);
        if (!found.IsOk(out var mirror, out var refusal)) return refusal;

        var receipt = new Receipt(command.Id, command.Transaction, command.Reason, Done: false);
        if (mirror.NeedsTwo(rulebook)) return receipt;

        var asked = new Reversal(command.Id, command.Transaction, command.Reason, unit.Actor.Person);
        return await mirror.Post(asked, ct) is { } no ? no : receipt with { Done = true };
    }
}
