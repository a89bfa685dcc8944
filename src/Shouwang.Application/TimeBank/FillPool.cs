using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>Puts hours that the county issues into the pool of an area. 充入时间池</summary>
public sealed class FillPool(Workspace work)
{
    /// <param name="Id">Made where it is asked; also the ledger transaction's id.</param>
    public sealed record Command(Id<Transaction> Id, AreaCode Pool, int Minutes) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<Transaction> Id, AreaCode Pool, int Minutes);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Fill(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Fill(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (command.Minutes <= 0) return CommonRefusals.BadInput.On("minutes");
        if (!unit.Actor.Covers(command.Pool)) return CommonRefusals.NotFound.On("pool");
        if (!unit.Actor.May(Permission.FillPools, command.Pool)) return CommonRefusals.Forbidden;

        var bank = AccountKey.OfOutside(Book.Hours, command.Pool);
        var from = (await unit.Books.Take(ct, bank))[bank];
        var filled = await unit.FillPool(new(command.Id, command.Pool, Reasons.PoolFilled, unit.Now), from, command.Minutes, ct);
        return filled.IsOk(out _, out var refusal) ? new Receipt(command.Id, command.Pool, command.Minutes) : refusal;
    }
}
