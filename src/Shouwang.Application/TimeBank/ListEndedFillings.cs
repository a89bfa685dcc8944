using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>Requests to fill a pool that came to nothing: who asked, who said no and why, or that it was taken back. 未充入的申请</summary>
public sealed class ListEndedFillings(Workspace work)
{
    /// <param name="Reason">Why it was declined; none when who asked took it back.</param>
    public sealed record Row(
        Id<Transaction> Id, AreaCode Pool, string Name, long Minutes, string AskedBy, string By, DeclineReason? Reason, DateTimeOffset At);

    /// <param name="part">The latest first; a page or a longer part.</param>
    public async Task<Result<Paged<Row>>> Run(Slice part, Actor actor, CancellationToken ct) =>
        actor.May(Permission.FillPools, actor.Scope) ? await work.Read(actor, db => List(db, part, ct)) : CommonRefusals.Forbidden;

    private async Task<Paged<Row>> List(ShouwangDb db, Slice part, CancellationToken ct)
    {
        var ended = await db.FillingEnds.OrderByDescending(e => e.At).ThenBy(e => e.Filling).PageAt(part, ct);
        var names = await KnownNames.Of(db, ended.SelectMany(e => new[] { e.AskedBy, e.By }), ct);
        var areas = await AreaNames.Of(db, ended.Select(e => e.Area), work.Today, ct);
        return ended.With(ended.Select(e => new Row(
            new(e.Filling), e.Area, areas[e.Area], e.Minutes, names[e.AskedBy], names[e.By], e.Reason, e.At)));
    }
}
