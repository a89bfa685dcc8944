using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Application.TimeBank;

/// <summary>Gives a person hours from the pool of an area, as far as the pool reaches: not one minute more. 发放时长</summary>
public sealed class GrantHours(Workspace work)
{
    /// <param name="Id">Made where it is asked; also the ledger transaction's id.</param>
    /// <param name="Pool">The area whose pool pays.</param>
    public sealed record Command(Id<Transaction> Id, AreaCode Pool, Id<Person> To, int Minutes) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<Transaction> Id, Id<Person> To, int Minutes);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Grant(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Grant(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!Hours.From(command.Minutes, "minutes").IsOk(out var hours, out var refusal)) return refusal;
        if (!unit.Actor.Covers(command.Pool)) return CommonRefusals.NotFound.On("pool");
        if (!unit.Actor.May(Permission.GrantHours, command.Pool)) return CommonRefusals.Forbidden;

        var accounts = await unit.Books.TakeOf(Book.Hours, ct, command.To.Value);
        if (accounts.FirstOrDefault(a => unit.Actor.Covers(a.Key.Area)) is not { } to) return TimeBankRefusals.NoAccount.On("to");
        if (await MergedAccounts.GaveWay(unit, to, ct)) return TimeBankRefusals.NoAccount.On("to");
        var paid = await unit.PayFromPool(new(command.Id, command.Pool, Reasons.Granted, unit.Now), to, hours.Minutes, ct);
        return paid.IsOk(out _, out refusal) ? new Receipt(command.Id, command.To, hours.Minutes) : refusal;
    }
}
