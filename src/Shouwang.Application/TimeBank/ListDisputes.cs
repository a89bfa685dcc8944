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
    public sealed record Row(
        Id<HoursDispute> Id, Id<Visit> Visit, Id<Person> Volunteer, string VolunteerName, DateOnly Day, int Minutes, int Credited,
        DisputeReason Reason, DateTimeOffset RaisedAt);

    /// <param name="page">Counted from 1.</param>
    public async Task<Result<Paged<Row>>> Run(Slice page, Actor actor, CancellationToken ct) =>
        actor.May(Permission.SettleDisputes, actor.Scope) ? await work.Read(actor, db => List(db, page, ct)) : CommonRefusals.Forbidden;

    private static async Task<Paged<Row>> List(ShouwangDb db, Slice page, CancellationToken ct)
    {
        var open = await (
            from dispute in AlongIndex.Narrow(db, db.HoursDisputes)
            where dispute.Outcome == null
            join credit in db.Credits on dispute.Visit equals credit.Visit
            orderby dispute.RaisedAt, dispute.Id
            select new { dispute, credit.Day, credit.Minutes, credit.Credited }).PageAt(page, ct);
        var names = await KnownNames.Of(db, open.Select(o => o.dispute.Volunteer), ct);
        return open.With(open.Select(o => new Row(
            o.dispute.Id, new(o.dispute.Visit), o.dispute.Volunteer, names[o.dispute.Volunteer], o.Day, o.Minutes, o.Credited,
            o.dispute.Reason, o.dispute.RaisedAt)));
    }
}
