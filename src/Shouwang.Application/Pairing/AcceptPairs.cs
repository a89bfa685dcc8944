using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;

namespace Shouwang.Application.Pairing;

/// <summary>Makes proposed pairs of an area standing pairs: those named, or all. 确认结对</summary>
public sealed class AcceptPairs(Workspace work)
{
    /// <param name="Id">The command's id.</param>
    /// <param name="Pairs">The pairs accepted; none means all that are proposed in the area.</param>
    public sealed record Command(Id<AcceptPairs> Id, AreaCode Area, IReadOnlyList<Id<Pair>>? Pairs) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(int Accepted);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Accept(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Accept(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!unit.Actor.May(Permission.AcceptPairs, command.Area)) return CommonRefusals.MayNot(unit.Actor, command.Area);
        var proposed = BoardReader.InArea(unit.Db.Pairs, command.Area).Where(p => p.State == PairState.Proposed);
        if (command.Pairs is { } named) proposed = proposed.Where(p => named.Contains(p.Id));
        var pairs = await proposed.ToListAsync(ct);
        if (pairs.Count == 0) return PairingRefusals.NotFound;

        var today = Days.Of(unit.Now);
        var elders = pairs.Select(p => p.Elder).ToArray();
        var before = await unit.Db.Pairs.Where(p => p.State == PairState.Active && elders.Contains(p.Elder)).ToListAsync(ct);
        foreach (var changed in before.Select(p => p.End(today)).Concat(pairs.Select(p => p.Accept(today))))
        {
            if (!changed.IsOk(out _, out var refusal)) return refusal;
        }

        return new Receipt(pairs.Count);
    }
}
