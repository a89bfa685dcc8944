using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Duties;
using Shouwang.Application.Places;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Past whom the ladder of one person leads: those near to them, then the offices of their village. 值守梯级</summary>
/// <param name="About">Whom it is about; never in their own hands.</param>
internal sealed record Rungs(Id<Person> About, AreaCode Area)
{
    public Id<Person>? Volunteer { get; init; }

    public Id<Person>? Understudy { get; init; }

    public Id<Place>? Point { get; init; }

    /// <summary>The rungs of an elder, from the pair that stands and the point they belong to.</summary>
    public static async Task<Rungs> Of(ShouwangDb db, Id<Person> elder, AreaCode area, DateOnly today, CancellationToken ct)
    {
        var pair = await db.Pairs.AsNoTracking().Where(p => p.Elder == elder && p.State == PairState.Active).FirstOrDefaultAsync(ct);
        var point = await PointBook.On(db, elder, today, ct);
        return new(elder, area) { Volunteer = pair?.Volunteer, Understudy = pair?.Understudy, Point = point };
    }
}

/// <summary>Who sees to something, one after another: the pair, the understudy, the point, the village, the township. A rung without
/// anybody is passed over, so that nothing is held by nobody while the township has an officer. 逐级上报</summary>
/// <param name="rule">Which rule says how long each rung has.</param>
internal sealed class DutyLadder(UnitOfWork unit, Rulebook rulebook, string rule)
{
    private readonly DateOnly _today = Days.Of(unit.Now);

    /// <summary>The first turn, or the next one above a duty's rung; null where nobody is left.</summary>
    /// <param name="held">The duty that climbs: not to anyone who has had it before.</param>
    public async Task<DutyTurn?> Next(Rungs rungs, Duty? held, CancellationToken ct)
    {
        var before = held?.Steps.Select(s => s.Holder).ToHashSet() ?? [];
        foreach (var rung in Enum.GetValues<DutyRung>().Where(r => held is null || r > held.Rung))
        {
            if (await HolderOn(rung, rungs, ct) is not { } holder || before.Contains(holder) || holder == rungs.About) continue;
            var minutes = rulebook.At(rungs.Area, _today).Table(rule).For(rung);
            return new(rung, holder, unit.Now.AddMinutes(minutes), await DutyBook.ActingFor(unit.Db, holder, _today, ct));
        }

        return null;
    }

    /// <summary>Lets a duty climb whose time has passed; says whether it did.</summary>
    public async Task<bool> Climb(Rungs rungs, Duty duty, CancellationToken ct) =>
        unit.Now >= duty.DueAt && await Next(rungs, duty, ct) is { } turn && duty.Climb(turn, unit.Now).IsOk(out _, out _);

    private async Task<Id<Person>?> HolderOn(DutyRung rung, Rungs rungs, CancellationToken ct) => rung switch
    {
        DutyRung.Pair => rungs.Volunteer,
        DutyRung.Understudy => rungs.Understudy,
        DutyRung.Point => rungs.Point is { } point ? await PointBook.LeaderOf(unit.Db, point, _today, ct) : null,
        _ => await new PostHolders(unit.Db, _today).On(rung, rungs.Area, ct),
    };
}
