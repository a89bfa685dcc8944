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
    }

    public sealed record Receipt(Id<Pair> Pair, PairState State);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Answer(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Answer(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var pair = await unit.Db.Pairs.SingleOrDefaultAsync(p => p.Id == command.Pair, ct);
        if (pair is null) return PairingRefusals.NotFound;
        if (!unit.Actor.May(Permission.AcceptPairs, pair.Area)) return CommonRefusals.Forbidden;
        var spoken = command.Side == PairSide.Volunteer ? pair.Volunteer : pair.Elder;
        if (command.OnBehalf is { } agent
            && await MandateBook.Use(unit, (spoken, agent), MandateMatters.Visits, command.CommandId, ct) is { } none) return none;

        var today = Days.Of(unit.Now);
        var answered = command.Answer switch
        {
            PairAnswer.Agree => pair.Agree(command.Side, command.How ?? ConsentWay.Spoken, today, unit.Actor.Person),
            PairAnswer.Decline => pair.Decline(command.Side, today),
            PairAnswer.Change => pair.AskForChange(command.Side),
            _ => PairingRefusals.NoAnswer,
        };
        return answered.IsOk(out _, out var refusal) ? new Receipt(pair.Id, pair.State) : refusal;
    }
}

/// <summary>What one side of a pair can say. 结对意见</summary>
public enum PairAnswer { Agree = 1, Decline = 2, Change = 3 }

