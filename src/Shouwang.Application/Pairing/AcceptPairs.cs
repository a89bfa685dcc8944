using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Pairing;

/// <summary>Makes proposed pairs of an area standing pairs: those named, or all. 确认结对</summary>
public sealed class AcceptPairs(Workspace work, Rulebook rulebook)
{
    /// <param name="Id">The command's id.</param>
    /// <param name="Pairs">The pairs accepted; none means all that are proposed in the area.</param>
    public sealed record Command(Id<AcceptPairs> Id, AreaCode Area, IReadOnlyList<Id<Pair>>? Pairs) : ICommand
    {
        public Guid CommandId => Id.Value;

        /// <summary>The day since which they look after each other; today without it.</summary>
        public DateOnly? Since { get; init; }
    }

    /// <param name="Left">Proposals left as they are, since they are no longer true: what <see cref="PlaceBook"/> says no to.</param>
    public sealed record Receipt(int Accepted, int Left);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Accept(unit, command, ct), ct);

    private async Task<Result<Receipt>> Accept(UnitOfWork unit, Command command, CancellationToken ct)
    {
        Patience.Lift();
        if (!unit.Actor.May(Permission.AcceptPairs, command.Area)) return CommonRefusals.MayNot(unit.Actor, command.Area);
        var proposed = BoardReader.InArea(unit.Db.Pairs, command.Area).Where(p => p.State == PairState.Proposed);
        if (command.Pairs is { } named) proposed = proposed.Where(p => named.Contains(p.Id));
        var pairs = await proposed.OrderBy(p => p.Id).ToListAsync(ct);
        if (pairs.Count == 0) return PairingRefusals.NotFound;

        var today = Days.Of(unit.Now);
        var since = command.Since ?? today;
        if (since > today) return PairingRefusals.SinceAhead;
        var book = await PlaceBook.Of(unit.Db, rulebook, today, pairs, ct);
        var (accepted, why) = (0, PairingRefusals.NotFound);
        foreach (var pair in pairs)
        {
            if (!book.Take(pair).IsOk(out var before, out var refusal))
            {
                why = refusal;
                continue;
            }

            // Never before a bond began that it ends.
            var from = before.Select(p => p.From ?? since).Append(since).Max();
            foreach (var changed in before.Select(p => p.End(from)).Append(pair.Accept(from)))
            {
                if (!changed.IsOk(out _, out refusal)) return refusal;
            }

            accepted++;
        }

        return accepted > 0 ? new Receipt(accepted, pairs.Count - accepted) : why;
    }
}
