using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.TimeBank;

/// <summary>Gives hours a person has earned to another person, as far as the rules allow. 时间转赠</summary>
public sealed class TransferHours(Workspace work, Rulebook rulebook)
{
    /// <param name="Id">Made where the gift is made; also the ledger transaction's id.</param>
    public sealed record Command(Id<Transaction> Id, Id<Person> From, Id<Person> To, int Minutes) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    /// <param name="LeftMinutes">The giver's balance afterwards.</param>
    public sealed record Receipt(Id<Transaction> Id, long LeftMinutes);

    private enum GiftTo { Nobody, DirectRelatives, Anyone }

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Transfer(unit, command, ct), ct);

    private async Task<Result<Receipt>> Transfer(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var actor = unit.Actor;
        if (!Hours.From(command.Minutes, "minutes").IsOk(out var hours, out var refusal)) return refusal;
        if (!actor.IsSystem && command.From != actor.Person) return CommonRefusals.Forbidden;

        var accounts = await unit.Books.TakeOf(Book.Hours, ct, command.From.Value, command.To.Value);
        if (Own(accounts, command.From, actor) is not { } from) return TimeBankRefusals.NoAccount.On("from");
        if (Own(accounts, command.To, actor) is not { } to) return TimeBankRefusals.NoAccount.On("to");
        if (!actor.May(Permission.TransferHours, from.Key.Area)) return CommonRefusals.Forbidden;
        if (await Barred(unit, command, from.Key.Area)) return TimeBankRefusals.GiftNotAllowed;

        var posted = await unit.Post(new(command.Id, from.Key.Area, Reasons.Transferred, unit.Now), from, to, hours.Minutes, ct);
        return posted.IsOk(out _, out refusal) ? new Receipt(command.Id, from.Balance) : refusal;
    }

    private async Task<bool> Barred(UnitOfWork unit, Command command, AreaCode area) =>
        rulebook.At(area, Days.Of(unit.Now)).Choice<GiftTo>("timebank.gift-to") switch
        {
            GiftTo.Anyone => false,
            GiftTo.DirectRelatives => !await AreRelated(unit.Db, command.From, command.To),
            _ => true,
        };

    private static Task<bool> AreRelated(ShouwangDb db, Id<Person> a, Id<Person> b) =>
        db.Relations.AnyAsync(r => (r.Elder == a && r.Relative == b) || (r.Elder == b && r.Relative == a));

    private static Account? Own(IReadOnlyList<Account> accounts, Id<Person> holder, Actor actor) =>
        accounts.FirstOrDefault(a => a.Key.Holder == holder.Value && actor.Scope.Contains(a.Key.Area));
}

/// <summary>What the time bank says no with.</summary>
public static class TimeBankRefusals
{
    public static readonly Refusal NoAccount = new("timebank.no-account", RefusalKind.NotFound);
    public static readonly Refusal GiftNotAllowed = new("timebank.gift-not-allowed");
}
