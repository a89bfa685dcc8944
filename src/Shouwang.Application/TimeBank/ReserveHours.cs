using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.TimeBank;

/// <summary>Sets own hours aside for another person, until they are paid, given back, or the time of the rules is over. 预留时长</summary>
public sealed class ReserveHours(Workspace work, Rulebook rulebook)
{
    /// <param name="Id">Made where the hours are set aside.</param>
    public sealed record Command(Id<Hold> Id, Id<Person> From, Id<Person> To, int Minutes) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    /// <param name="FreeMinutes">What the payer can still spend.</param>
    public sealed record Receipt(Id<Hold> Id, DateTimeOffset Until, long FreeMinutes);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Reserve(unit, command, ct), ct);

    private async Task<Result<Receipt>> Reserve(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var asked = await Giving.Of(unit, rulebook, (command.From, command.To), command.Minutes, ct);
        if (!asked.IsOk(out var gift, out var refusal)) return refusal;

        var area = gift.From.Key.Area;
        var until = unit.Now.AddDays(rulebook.At(area, Days.Of(unit.Now)).Int("ledger.hold-lasts"));
        var slip = new HoldSlip(command.Id, area, Reasons.Reserved, unit.Now, until);
        var reserved = await unit.Reserve(slip, gift.From, gift.To, gift.Hours.Minutes, ct);
        return reserved.IsOk(out _, out refusal) ? new Receipt(command.Id, until, gift.From.Free) : refusal;
    }
}
