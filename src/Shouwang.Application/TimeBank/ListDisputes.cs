using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.TimeBank;

/// <summary>Objections to hours that nobody has answered yet, oldest first. 待答复的时长异议</summary>
public sealed class ListDisputes(Workspace work)
{
    /// <summary>How many are shown at once.</summary>
    private const int Most = 100;

    public sealed record Row(
        Id<HoursDispute> Id, Id<Visit> Visit, Id<Person> Volunteer, string VolunteerName, DateOnly Day, int Minutes, int Credited,
        DisputeReason Reason, DateTimeOffset RaisedAt);

    public async Task<Result<List<Row>>> Run(Actor actor, CancellationToken ct) =>
        actor.May(Permission.SettleDisputes, actor.Scope) ? await work.Read(actor, db => List(db, ct)) : CommonRefusals.Forbidden;

    private static async Task<List<Row>> List(ShouwangDb db, CancellationToken ct)
    {
        var open = await (
            from dispute in db.HoursDisputes
            where dispute.Outcome == null
            join credit in db.Credits on dispute.Visit equals credit.Visit
            orderby dispute.RaisedAt, dispute.Id
            select new { dispute, credit.Day, credit.Minutes, credit.Credited }).Take(Most).ToListAsync(ct);
        var names = await KnownNames.Of(db, open.Select(o => o.dispute.Volunteer), ct);
        return [.. open.Select(o => new Row(
            o.dispute.Id, new(o.dispute.Visit), o.dispute.Volunteer, names[o.dispute.Volunteer], o.Day, o.Minutes, o.Credited,
            o.dispute.Reason, o.dispute.RaisedAt))];
    }
}
