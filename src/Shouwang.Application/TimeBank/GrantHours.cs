using Microsoft.EntityFrameworkCore;
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

        if (await AccountOf(unit, command.To, ct) is not { } to) return TimeBankRefusals.NoAccount.On("to");
        if (await MergedAccounts.GaveWay(unit, to, ct)) return TimeBankRefusals.NoAccount.On("to");
        var paid = await unit.PayFromPool(new(command.Id, command.Pool, Reasons.Granted, unit.Now), to, hours.Minutes, ct);
        return paid.IsOk(out _, out refusal) ? new Receipt(command.Id, command.To, hours.Minutes) : refusal;
    }

    /// <summary>The account of somebody of the area, opened for whoever never had hours before.</summary>
    private static async Task<Account?> AccountOf(UnitOfWork unit, Id<Person> person, CancellationToken ct)
    {
        var accounts = await unit.Books.TakeOf(Book.Hours, ct, person.Value);
        if (accounts.Count > 0) return accounts.FirstOrDefault(a => unit.Actor.Covers(a.Key.Area));
        var home = await unit.Db.People.Where(p => p.Id == person && p.MergedInto == null).Select(p => (AreaCode?)p.Area)
            .SingleOrDefaultAsync(ct);
        return home is { } area ? (await unit.Books.Take(ct, AccountKey.OfPerson(Book.Hours, person, area))).Values.Single() : null;
    }
}
