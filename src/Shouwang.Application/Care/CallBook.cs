using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Application.Places;
using Shouwang.Domain.Care;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;
using Reading = Shouwang.Domain.Health.Reading;

namespace Shouwang.Application.Care;

/// <summary>A vital sign as it was taken on a visit, in the words of whoever typed it. 随访测量</summary>
public sealed record VitalSign(Id<Person> Elder, ReadingKind Kind, string Text);

/// <summary>A call as it is told: to whom, by whom, when, what, and what was seen. 探访内容</summary>
/// <param name="Volunteer">Who went; helpers can only record their own visits.</param>
public sealed record ToldCall(
    IReadOnlyList<Id<Person>> Elders, Id<Person> Volunteer, DateTimeOffset StartedAt, DateTimeOffset EndedAt, VisitReport Report)
{
    public string? Remarks { get; init; }

    public IReadOnlyList<VitalSign> Readings { get; init; } = [];
}

/// <summary>Writes calls down: the one way in for a first record and for its correction. 探访登记簿</summary>
internal sealed class CallBook(UnitOfWork unit, Rulebook rulebook, RemarkVault vault)
{
    /// <summary>The emergency that an urgent finding of this call opened; the first elder's where there are several.</summary>
    public Id<Incident>? Opened { get; private set; }

    /// <summary>Writes a call and everything that came with it, or refuses.</summary>
    public async Task<Result<List<Visit>>> Write(Id<Visit> id, ToldCall told, Id<Visit>? corrects, CancellationToken ct)
    {
        var elders = await unit.Db.People.AsNoTracking().Where(p => told.Elders.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        if (told.Elders.Count == 0 || told.Elders.Any(e => elders.GetValueOrDefault(e)?.Is(PersonRoles.Elder) != true))
            return PeopleRefusals.NotFound.On("elder");
        if (await Barred(told, elders[told.Elders[0]].Area, ct) is { } refusal) return refusal;

        if (await NotAgreed(told, ct) is { } no) return no;

        var call = new Call(told.Volunteer, told.Elders, told.StartedAt, told.EndedAt);
        if (await IsElsewhere(call, corrects, ct)) return CareRefusals.TwoPlacesAtOnce;

        var entry = new Entry(id, unit.Actor.Person, unit.Now, part => NameOf(id, part, told.Elders[0]), corrects);
        var limits = LimitsOf(elders[told.Elders[0]].Area, Days.Of(told.StartedAt));
        var recorded = Visit.Record(entry, call, told.Report, await SeatsOf(elders, Days.Of(told.StartedAt), ct), limits);
        if (!recorded.IsOk(out var visits, out refusal)) return refusal;
        if (Keep(visits, told, elders) is { } unreadable) return unreadable;

        if (told.Report.Condition == Condition.Urgent) await Alarm(visits, elders, ct);
        await OverdueDuties.Finish(unit, rulebook, visits, ct);
        unit.Db.AddRange(visits);
        return visits;
    }

    /// <summary>Nothing is measured of whoever took their consent to health data back.</summary>
    private async Task<Refusal?> NotAgreed(ToldCall told, CancellationToken ct)
    {
        foreach (var elder in told.Readings.Select(r => r.Elder).Distinct())
        {
            if (await ConsentBook.TakenBack(unit.Db, elder, ConsentPurpose.Health, ct)) return ConsentRefusals.NotAgreed.On("readings");
        }

        return null;
    }

    public VisitLimits LimitsOf(AreaCode area, DateOnly day)
    {
        var rules = rulebook.At(area, day);
        return new(rules.Minutes("visits.longest"), ServiceList.All(rules), rules.Int("visits.correct-within"));
    }

    /// <summary>Helpers write down their own visits only; so whoever writes for another needs to know that person.</summary>
    private async Task<Refusal?> Barred(ToldCall told, AreaCode area, CancellationToken ct)
    {
        if (!unit.Actor.May(Permission.RecordVisits, area)) return CommonRefusals.Forbidden;
        if (OnlyForThemselves(unit.Actor.Role) && told.Volunteer != unit.Actor.Person) return CommonRefusals.Forbidden;
        if (told.Volunteer == default) return CareRefusals.WhoWent;
        if (!await IsKnown(told, ct)) return PeopleRefusals.NotFound.On("volunteer");
        return told.Remarks?.Length > RemarkVault.Longest ? CareRefusals.RemarkTooLong.With("longest", RemarkVault.Longest) : null;
    }

    /// <summary>Whether the actor sees who went, or sees by the elder's pair that it is who comes there.</summary>
    private async Task<bool> IsKnown(ToldCall told, CancellationToken ct) =>
        await unit.Db.People.AnyAsync(p => p.Id == told.Volunteer, ct)
        || await unit.Db.Pairs.AnyAsync(
            p => told.Elders.Contains(p.Elder) && p.State == PairState.Active
                && (p.Volunteer == told.Volunteer || p.Understudy == told.Volunteer),
            ct);

    /// <summary>One volunteer's calls are written one after another, so that two at once cannot both find the time free.</summary>
    private async Task<bool> IsElsewhere(Call call, Id<Visit>? corrects, CancellationToken ct)
    {
        await unit.Books.OneAtATime(DerivedId.Of(call.Volunteer.Value, "care.calls"), ct);
        var own = await OwnVisits.Between(unit.Db, call.Volunteer, call.StartedAt, call.EndedAt, ct);
        return own.Any(v => v.Call != corrects && call.Overlaps(v.StartedAt, v.EndedAt));
    }

    /// <summary>A visit counts to the point the elder belongs to that day, whoever went and whether or not they are paired.</summary>
    private async Task<Dictionary<Id<Person>, Seat>> SeatsOf(Dictionary<Id<Person>, Person> elders, DateOnly day, CancellationToken ct)
    {
        var points = await PointBook.On(unit.Db, [.. elders.Keys], day, ct);
        return elders.Values.ToDictionary(e => e.Id, e => new Seat(e.Area, points.TryGetValue(e.Id, out var point) ? point : null));
    }

    /// <summary>Seals the remarks and takes the readings.</summary>
    private Refusal? Keep(List<Visit> visits, ToldCall told, Dictionary<Id<Person>, Person> elders)
    {
        foreach (var visit in visits.Where(v => !v.GoesOn && !string.IsNullOrWhiteSpace(told.Remarks)))
            visit.Remark(vault.Seal(elders[visit.Elder], visit.Id, told.Remarks!.Trim()));

        foreach (var sign in told.Readings)
        {
            if (visits.Find(v => v.Elder == sign.Elder) is not { } visit) return PeopleRefusals.NotFound.On("readings");
            if (!Measured.From(sign.Kind, sign.Text, "readings").IsOk(out var measured, out var refusal)) return refusal;
            var id = new Id<Reading>(DerivedId.Of(visit.Id.Value, $"care.reading/{sign.Kind}"));
            unit.Db.Add(Reading.Take(id, elders[sign.Elder], measured, new(told.Volunteer, told.EndedAt), visit.Id.Value));
        }

        return null;
    }

    /// <summary>An urgent finding opens the emergency sheet, once for each elder.</summary>
    private async Task Alarm(List<Visit> visits, Dictionary<Id<Person>, Person> elders, CancellationToken ct)
    {
        foreach (var visit in visits.Where(v => !v.GoesOn))
        {
            var incident = await IncidentBook.Open(unit, rulebook, new(elders[visit.Elder], visit.Id.Value, visit.Id), ct);
            Opened ??= incident.Id;
        }
    }

    private static Id<Visit> NameOf(Id<Visit> call, CallPart part, Id<Person> first) =>
        part.IsFirst && part.Elder == first ? call : new(DerivedId.Of(call.Value, $"care.part/{part.Elder}/{part.Day:yyyy-MM-dd}"));

    /// <summary>Whether a post writes down its holder's own visits only.</summary>
    public static bool OnlyForThemselves(Role role) => role is Role.Volunteer or Role.CareWorker or Role.VillageDoctor;
}

/// <summary>A volunteer's own visits, also those to elders whom the asker does not see: only to tell that the time is taken.</summary>
internal static class OwnVisits
{
    public static async Task<List<Visit>> Between(ShouwangDb db, Id<Person> volunteer, DateTimeOffset start, DateTimeOffset end,
        CancellationToken ct)
    {
        var (first, last) = (Days.Of(start), Days.Of(end));
        return await db.Visits.IgnoreQueryFilters(["reach"]).AsNoTracking()
            .Where(v => v.Volunteer == volunteer && v.Day >= first && v.Day <= last).ToListAsync(ct);
    }
}
