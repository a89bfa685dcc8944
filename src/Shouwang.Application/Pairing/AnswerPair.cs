using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;

namespace Shouwang.Application.Pairing;

/// <summary>Writes down what one side of a pair said: yes, no, or somebody else please. 记录双方意见</summary>
public sealed class AnswerPair(Workspace work)
{
    /// <param name="How">How they agreed; left out for a no or a wish for change.</param>
    public sealed record Command(Guid CommandId, Id<Pair> Pair, PairSide Side, PairAnswer Answer, ConsentWay? How) : ICommand
    {
        /// <summary>Who speaks in the place of that side; null for the person.</summary>
        public Id<Person>? OnBehalf { get; init; }

        /// <summary>The day they agreed, where that is entered later from paper; today without it.</summary>
        public DateOnly? On { get; init; }

        /// <summary>Who was there when they agreed; without it the one who writes it down.</summary>
        public Id<Person>? Witness { get; init; }
    }

    public sealed record Receipt(Id<Pair> Pair, PairState State);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Answer(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Answer(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var pair = await unit.Db.Pairs.SingleOrDefaultAsync(p => p.Id == command.Pair, ct);
        if (pair is null) return PairingRefusals.NotFound;
        if (!unit.Actor.May(Permission.AcceptPairs, pair.Area)) return CommonRefusals.Forbidden;
        if (command.Witness is { } witness && !await unit.Db.People.AnyAsync(p => p.Id == witness, ct))
            return PeopleRefusals.NotFound.On("witness");
        if (command.OnBehalf is { } agent
            && await MandateBook.Use(unit, (pair.On(command.Side), agent), MandateMatters.Visits, command.CommandId, ct) is { } none)
            return none;

        var today = Days.Of(unit.Now);
        var answered = command.Answer switch
        {
            PairAnswer.Agree => await Agree(unit, pair, command, today, ct),
            PairAnswer.Decline => pair.Decline(command.Side, today),
            PairAnswer.Change => pair.AskForChange(command.Side),
            _ => PairingRefusals.NoAnswer,
        };
        return answered.IsOk(out _, out var refusal) ? new Receipt(pair.Id, pair.State) : refusal;
    }

    /// <summary>A yes on paper does not outlive a no that was said to the same person after it.</summary>
    private static async Task<Result<Pair>> Agree(UnitOfWork unit, Pair pair, Command command, DateOnly today, CancellationToken ct)
    {
        var on = command.On ?? today;
        if (on > today) return ConsentRefusals.Ahead;
        return await unit.Db.Pairs.AnyAsync(
            p => p.Id != pair.Id && p.Elder == pair.Elder && p.Volunteer == pair.Volunteer && p.DeclinedBy == command.Side && p.To > on, ct)
            ? PairingRefusals.DeclinedSince
            : pair.Agree(command.Side, command.How ?? ConsentWay.Spoken, on, command.Witness ?? unit.Actor.Person, command.OnBehalf);
    }
}

/// <summary>What one side of a pair can say. 结对意见</summary>
public enum PairAnswer { Agree = 1, Decline = 2, Change = 3 }

