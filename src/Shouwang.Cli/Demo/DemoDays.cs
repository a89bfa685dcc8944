using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Application.People;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Care;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Cli.Demo;

/// <summary>What happens in the fictional village besides its usual calls, one of each, through the same use cases: something measured and
/// remarked on, a household visited at once, a correction, an emergency that is over and one that is not, an objection, understudies, a
/// paper list that came in late. So every screen shows what it is for.</summary>
internal sealed class DemoDays(IServiceProvider services, Workspace work, TimeProvider clock)
{
    /// <summary>Every so many pairs have somebody who goes when the volunteer cannot.</summary>
    private const int UnderstudyIn = 4;

    /// <param name="players">Who signs in: the days happen around the volunteer, and the relative may see how the elder is.</param>
    public async Task Pass(AreaCode village, IReadOnlyDictionary<Role, Id<Person>> players, CancellationToken ct)
    {
        var (house, volunteer, relative) = (Actor.System(village), players[Role.Volunteer], players.GetValueOrDefault(Role.Family));
        var paid = players[Role.CareWorker];
        var pairs = await work.Read(house, db => db.Pairs.AsNoTracking().Where(p => p.State == PairState.Active && p.Volunteer != paid)
            .OrderBy(p => p.Elder).ToListAsync(ct));
        var mine = pairs.FindAll(p => p.Volunteer == volunteer).ConvertAll(p => p.Elder);
        var helper = new Actor(volunteer, Role.Volunteer, village, new(ReachKind.Pairs, [.. mine.Select(e => e.Value)]));
        await Understudies(pairs, house, ct);
        await Agree(relative, mine, house, ct);
        await Measured(helper, mine[0], ct);
        await TogetherAt(pairs, village, ct);
        await Corrected(helper, mine[^1], ct);
        await Emergencies(helper, mine[^1], pairs[0].Elder, house, ct);
        await Object(helper, ct);
        await FromPaper(pairs[1], house, ct);
    }

    private async Task Understudies(List<Pair> pairs, Actor house, CancellationToken ct)
    {
        var (helpers, name) = (pairs.Select(p => p.Volunteer).Distinct().ToList(), Get<NameUnderstudy>());
        foreach (var pair in pairs.Where((_, i) => i % UnderstudyIn == 0))
        {
            var next = helpers[(helpers.IndexOf(pair.Volunteer) + 1) % helpers.Count];
            var named = await name.Run(new(New(), pair.Id, next), house, ct);
            if (named.Refusal != PairingRefusals.NotAsWished.On("understudy")) _ = named.Value;
        }
    }

    /// <summary>The elder agrees that the family sees how they are.</summary>
    private async Task Agree(Id<Person> relative, List<Id<Person>> mine, Actor house, CancellationToken ct)
    {
        var theirs = await work.Read(house, db => db.Relations.Where(r => r.Relative == relative && mine.Contains(r.Elder))
            .Select(r => r.Elder).ToListAsync(ct));
        foreach (var elder in theirs)
        {
            var given = new ConsentGiven(ConsentPurpose.FamilyView, ConsentMethod.Signed, null);
            _ = (await Get<GiveConsent>().Run(new(Id<Consent>.New(clock), elder, given), house, ct)).Value;
        }
    }

    private Task Measured(Actor helper, Id<Person> elder, CancellationToken ct)
    {
        var call = Call(helper, elder, (1, new(6, 30)), 20) with
        {
            Remarks = "夜里睡得不好，膝盖疼，饭吃得下。",
            Readings = [new(elder, ReadingKind.BloodPressure, "148/86"), new(elder, ReadingKind.Pulse, "76")],
        };
        return Record(helper, call, ct);
    }

    /// <summary>Two of one household, visited on one call.</summary>
    private async Task TogetherAt(List<Pair> pairs, AreaCode village, CancellationToken ct)
    {
        var roofs = await work.Read(Actor.System(village), db => db.People.Where(p => p.Household != null)
            .Select(p => new { p.Id, Roof = p.Household!.Value }).ToDictionaryAsync(p => p.Id, p => p.Roof, ct));
        var couple = pairs.Where(p => roofs.ContainsKey(p.Elder)).GroupBy(p => (p.Volunteer, roofs[p.Elder]))
            .FirstOrDefault(g => g.Count() > 1)?.ToList();
        if (couple is null) return;
        var both = new Actor(couple[0].Volunteer, Role.Volunteer, village, new(ReachKind.Pairs, [.. couple.Select(p => p.Elder.Value)]));
        await Record(both, Call(both, couple[0].Elder, (2, new(6, 30)), 40) with { Others = [.. couple.Skip(1).Select(p => p.Elder)] }, ct);
    }

    /// <summary>A call written down an hour too long, and put right.</summary>
    private async Task Corrected(Actor helper, Id<Person> elder, CancellationToken ct)
    {
        var wrong = Call(helper, elder, (2, new(19, 30)), 90);
        await Record(helper, wrong, ct);
        var told = new ToldCall([elder], helper.Person, wrong.StartedAt, wrong.StartedAt.AddMinutes(30), wrong.Report);
        _ = (await Get<CorrectVisit>().Run(new(Id<Visit>.New(clock), wrong.Id, told), helper, ct)).Value;
    }

    /// <summary>A fall that is over, and a finding of last night that somebody is on their way to.</summary>
    private async Task Emergencies(Actor helper, Id<Person> elder, Id<Person> other, Actor house, CancellationToken ct)
    {
        var over = (await Get<OpenIncident>().Run(new(New(), other), house, ct)).Value.Id;
        foreach (var what in new[] { IncidentEvent.CalledContact, IncidentEvent.Coming })
            _ = (await Get<NoteIncident>().Run(new(New(), over, what), house, ct)).Value;
        _ = (await Get<CloseIncident>().Run(new(New(), over, IncidentResult.Settled), house, ct)).Value;

        var urgent = Call(helper, elder, (1, new(20, 30)), 25);
        urgent = urgent with { Report = urgent.Report with { Condition = Condition.Urgent } };
        var found = (await Get<RecordVisit>().Run(urgent, helper, ct)).Value.Incident!.Value;
        _ = (await Get<NoteIncident>().Run(new(New(), found, IncidentEvent.Coming), helper, ct)).Value;
    }

    private async Task Object(Actor helper, CancellationToken ct)
    {
        var credited = await work.Read(helper, db => db.Credits.Where(c => c.Volunteer == helper.Person)
            .OrderByDescending(c => c.Visit).Select(c => c.Visit).FirstAsync(ct));
        _ = (await Get<DisputeHours>().Run(new(Id<HoursDispute>.New(clock), new(credited), DisputeReason.MinutesWrong), helper, ct)).Value;
    }

    /// <summary>A call of last month, from a signed list that came in after its statement was handed in.</summary>
    private async Task FromPaper(Pair pair, Actor house, CancellationToken ct)
    {
        var helper = new Actor(pair.Volunteer, Role.Volunteer, pair.Area, new(ReachKind.Pairs, [pair.Elder.Value]));
        var call = Call(helper, pair.Elder, (work.Today.Day, new(5, 20)), 35);
        await Record(house, call, ct);
        _ = (await Get<VerifyVisit>().Run(new(New(), call.Id, VerificationWay.PaperList), house, ct)).Value;
    }

    /// <summary>A call at the door outside the hours of the usual ones, so that nobody is at two places at once.</summary>
    private RecordVisit.Command Call(Actor helper, Id<Person> elder, (int DaysAgo, TimeOnly Time) at, int minutes)
    {
        var start = Days.At(work.Today.AddDays(-at.DaysAgo), at.Time);
        return new(
            Id<Visit>.New(clock), elder, helper.Person, start, start.AddMinutes(minutes),
            new(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well));
    }

    private async Task Record(Actor actor, RecordVisit.Command call, CancellationToken ct) =>
        _ = (await Get<RecordVisit>().Run(call, actor, ct)).Value;

    private Guid New() => Id<Visit>.New(clock).Value;

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();
}
