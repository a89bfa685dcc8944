using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>The visits of a month that wait for a signature, by volunteer and day, and how old what waits has become. 签名表</summary>
public sealed class SignatureList(Workspace work)
{
    /// <summary>Rows on one screen; a larger village goes volunteer by volunteer.</summary>
    public const int Most = 2000;

    /// <param name="Month">Any day of the month.</param>
    /// <param name="Volunteer">Only this one's.</param>
    public sealed record Query(DateOnly Month, Id<Person>? Volunteer = null);

    public sealed record Row(Id<Visit> Id, DateOnly Day, DateTimeOffset StartedAt, int Minutes, string ElderName, ServiceItems Items);

    public sealed record Sheet(Id<Person> Volunteer, string Name, IReadOnlyList<Row> Rows);

    /// <summary>What waits in all months, by days since the visit.</summary>
    public sealed record Backlog(int Week, int Fortnight, int Month, int Older)
    {
        public int All => Week + Fortnight + Month + Older;
    }

    public sealed record View(DateOnly Month, IReadOnlyList<Sheet> Sheets, Backlog Backlog)
    {
        public int Rows => Sheets.Sum(s => s.Rows.Count);
    }

    public async Task<Result<View>> Run(Query query, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.VerifyVisits, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => List(db, query, actor, ct));
    }

    private async Task<View> List(ShouwangDb db, Query query, Actor actor, CancellationToken ct)
    {
        var (first, self) = (new DateOnly(query.Month.Year, query.Month.Month, 1), actor.Person);
        var next = first.AddMonths(1);
        var waiting = AlongIndex.Narrow(db, db.Visits)
            .Where(v => v.State == VisitState.Recorded && v.Outcome == VisitOutcome.Done && v.Volunteer != self);
        var shown = await waiting.Where(v => v.Day >= first && v.Day < next && (query.Volunteer == null || v.Volunteer == query.Volunteer))
            .OrderBy(v => v.Volunteer).ThenBy(v => v.StartedAt).ThenBy(v => v.Id).Take(Most).ToListAsync(ct);
        var names = await KnownNames.Of(db, shown.SelectMany(v => new[] { v.Elder, v.Volunteer }), ct);
        var kin = await KinView.Of(db, ct);
        var sheets = shown.GroupBy(v => v.Volunteer).Select(g => new Sheet(
            g.Key, kin.NameOf(g.Select(v => v.Elder).FirstOrDefault(kin.IsOpen, g.First().Elder), g.Key, names[g.Key]),
            [.. g.Select(v => new Row(v.Id, v.Day, v.StartedAt, v.Minutes, names[v.Elder], v.Items))]));
        return new(first, [.. sheets.OrderBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Volunteer.Value)],
            await Age(waiting, work.Today, ct));
    }

    private static async Task<Backlog> Age(IQueryable<Visit> waiting, DateOnly today, CancellationToken ct)
    {
        var days = await waiting.GroupBy(v => v.Day).Select(g => new { Day = g.Key, Count = g.Count() }).ToListAsync(ct);
        return new(Between(0, 7), Between(8, 14), Between(15, 30), Between(31, int.MaxValue));

        int Between(int from, int to) => days.Where(d => Old(d.Day) >= from && Old(d.Day) <= to).Sum(d => d.Count);

        int Old(DateOnly day) => Math.Max(0, today.DayNumber - day.DayNumber);
    }
}
