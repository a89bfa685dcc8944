using System.Text.Json.Serialization;
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
    public sealed record Receipt(Id<Transaction> Id, long LeftMinutes)
    {
        /// <summary>How many entries had moved the giver's account afterwards, so that the order of gifts can be seen in their receipts. A
        /// receipt of the time before did not say, and is told again as it was.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Version { get; init; }
    }

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Transfer(unit, command, ct), ct);

    private async Task<Result<Receipt>> Transfer(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var asked = await Giving.Of(unit, rulebook, (command.From, command.To), command.Minutes, ct);
        if (!asked.IsOk(out var gift, out var refusal)) return refusal;

        var slip = new Slip(command.Id, gift.From.Key.Area, Reasons.Transferred, unit.Now);
        var posted = await unit.Post(slip, gift.From, gift.To, gift.Hours.Minutes, ct);
        return posted.IsOk(out _, out refusal)
            ? new Receipt(command.Id, gift.From.Balance) { Version = gift.From.Version } : refusal;
    }
}

/// <summary>What the time bank says no with.</summary>
public static class TimeBankRefusals
{
    public static readonly Refusal NoAccount = new("timebank.no-account", RefusalKind.NotFound);
    public static readonly Refusal NotShown = new("timebank.not-shown", RefusalKind.NotFound);
    public static readonly Refusal GiftNotAllowed = new("timebank.gift-not-allowed");
}
