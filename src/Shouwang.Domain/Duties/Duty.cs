using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.Duties;

/// <summary>What somebody has to see to. 值守事项</summary>
public enum DutyKind { OverdueVisit = 1, Incident = 2, HoursDispute = 3 }

/// <summary>Whose turn it is: each rung is further from the door and has more means. 值守层级</summary>
public enum DutyRung { Pair = 1, Understudy = 2, Point = 3, Village = 4, Township = 5 }

/// <summary>Where a duty stands; a dropped one lost its reason before anybody acted. 值守状态</summary>
public enum DutyState { Open = 1, Done = 2, Dropped = 3 }

/// <summary>What happened to a duty. 值守经过</summary>
public enum DutyEvent { Opened = 1, Climbed = 2, HandedOver = 3, StoodIn = 4, Done = 5, Dropped = 6 }

/// <summary>Who has the duty now, until when. 值守安排</summary>
/// <param name="StandIn">Who acts for the holder while they are away.</param>
public readonly record struct DutyTurn(DutyRung Rung, Id<Person> Holder, DateTimeOffset DueAt, Id<Person>? StandIn = null);

/// <summary>What a duty is about: a person, and perhaps a record of another module. 值守对象</summary>
public readonly record struct DutySubject(DutyKind Kind, Id<Person> About, Guid? Record = null);

/// <summary>What one named person holds until it is done or climbs to the next. 值守</summary>
public sealed class Duty : Entity
{
    private readonly List<DutyStep> _steps = [];

    private Duty() { }

    public Id<Duty> Id { get; private init; }

    public DutyKind Kind { get; private init; }

    /// <summary>Whom it is about.</summary>
    public Id<Person> About { get; private init; }

    /// <summary>The record it is about, if any.</summary>
    public Guid? Record { get; private init; }

    public Id<Person> Holder { get; private set; }

    /// <summary>Who acts for the holder while they are away.</summary>
    public Id<Person>? StandIn { get; private set; }

    public DutyRung Rung { get; private set; }

    /// <summary>When it climbs, unless it is done.</summary>
    public DateTimeOffset DueAt { get; private set; }

    public DutyState State { get; private set; }

    public DateTimeOffset OpenedAt { get; private init; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Everything that happened to it, in order.</summary>
    public IReadOnlyList<DutyStep> Steps => _steps;

    /// <summary>Puts something into somebody's hands.</summary>
    public static Duty Open(Id<Duty> id, AreaCode area, DutySubject subject, DutyTurn turn, DateTimeOffset now)
    {
        var duty = new Duty
        {
            Id = id, Area = area, Kind = subject.Kind, About = subject.About, Record = subject.Record, State = DutyState.Open,
            OpenedAt = now,
        };
        duty.Take(turn, DutyEvent.Opened, null, now);
        return duty;
    }

    /// <summary>Whether it ends with the record it is about, and not before: an emergency, an objection.</summary>
    public bool EndsWithRecord => Kind != DutyKind.OverdueVisit;

    /// <summary>Whether it is for this person to act.</summary>
    public bool IsHeldBy(Id<Person> person) => person == Holder || person == StandIn;

    /// <summary>Climbs to the next rung when its time has passed. 升级</summary>
    /// <exception cref="ArgumentException">The next rung is no higher.</exception>
    public Result<Duty> Climb(DutyTurn next, DateTimeOffset now)
    {
        if (next.Rung <= Rung) throw new ArgumentException("A duty climbs upwards only.", nameof(next));
        if (State != DutyState.Open) return DutyRefusals.Ended;
        if (now < DueAt) return DutyRefusals.NotYetDue;

        // From here on it succeeds.
        Take(next, DutyEvent.Climbed, null, now);
        return this;
    }

    /// <summary>Gives it to another person on the same rung. 移交</summary>
    /// <param name="by">Who gives it away: whoever holds it, or somebody who may assign duties.</param>
    public Result<Duty> HandOver(Id<Person> to, Id<Person> by, DateTimeOffset now)
    {
        if (State != DutyState.Open) return DutyRefusals.Ended;
        if (to == Holder) return DutyRefusals.SameHolder;

        // From here on it succeeds.
        Take(new(Rung, to, DueAt), DutyEvent.HandedOver, by, now);
        return this;
    }

    /// <summary>Lets another act while the holder is away; the holder keeps it too. 代班</summary>
    public Result<Duty> LetStandIn(Id<Person> standIn, Id<Person> by, DateTimeOffset now)
    {
        if (State != DutyState.Open) return DutyRefusals.Ended;
        if (standIn == Holder) return DutyRefusals.SameHolder;

        // From here on it succeeds.
        Take(new(Rung, Holder, DueAt, standIn), DutyEvent.StoodIn, by, now);
        return this;
    }

    /// <summary>Says that it is done, where nothing else says so. 办结</summary>
    public Result<Duty> FinishByHand(Id<Person> by, DateTimeOffset now) => EndsWithRecord ? DutyRefusals.EndsWithRecord : Finish(by, now);

    /// <summary>Ends it with what it was about. 办结</summary>
    public Result<Duty> Finish(Id<Person> by, DateTimeOffset now) => End(DutyState.Done, DutyEvent.Done, by, now);

    /// <summary>Takes it back because its reason is gone. 撤销</summary>
    public Result<Duty> Drop(Id<Person> by, DateTimeOffset now) => End(DutyState.Dropped, DutyEvent.Dropped, by, now);

    private Result<Duty> End(DutyState state, DutyEvent what, Id<Person> by, DateTimeOffset now)
    {
        if (State != DutyState.Open) return DutyRefusals.Ended;

        // From here on it succeeds.
        (State, EndedAt) = (state, now);
        _steps.Add(new(_steps.Count + 1, what, Rung, Holder, by, now));
        return this;
    }

    private void Take(DutyTurn turn, DutyEvent what, Id<Person>? by, DateTimeOffset now)
    {
        (Rung, Holder, DueAt, StandIn) = (turn.Rung, turn.Holder, turn.DueAt, turn.StandIn);
        _steps.Add(new(_steps.Count + 1, what, Rung, what == DutyEvent.StoodIn ? turn.StandIn!.Value : Holder, by, now));
    }
}

/// <summary>One thing that happened to a duty: what, on which rung, into whose hands, by whom, when. 值守步骤</summary>
/// <param name="by">Nobody where the house itself acted.</param>
public sealed class DutyStep(int line, DutyEvent what, DutyRung rung, Id<Person> holder, Id<Person>? by, DateTimeOffset at)
{
    public int Line { get; private init; } = line;

    public DutyEvent What { get; private init; } = what;

    public DutyRung Rung { get; private init; } = rung;

    public Id<Person> Holder { get; private init; } = holder;

    public Id<Person>? By { get; private init; } = by;

    public DateTimeOffset At { get; private init; } = at;
}

/// <summary>That one person acts for another while they are away. 代班安排</summary>
public sealed class StandIn : Entity
{
    private StandIn() { }

    public StandIn(Id<StandIn> id, AreaCode area, Id<Person> away, Id<Person> acts, Period period)
    {
        (Id, Area, Away, Acts) = (id, area, away, acts);
        (From, To) = period;
    }

    public Id<StandIn> Id { get; private init; }

    public Id<Person> Away { get; private init; }

    public Id<Person> Acts { get; private init; }

    public DateOnly From { get; private init; }

    public DateOnly? To { get; private init; }

    public Period Period => new(From, To);
}

/// <summary>What duties say no with.</summary>
public static class DutyRefusals
{
    public static readonly Refusal NotFound = new("duties.not-found", RefusalKind.NotFound);
    public static readonly Refusal Ended = new("duties.ended", RefusalKind.Conflict);
    public static readonly Refusal EndsWithRecord = new("duties.ends-with-record");
    public static readonly Refusal NotYetDue = new("duties.not-yet-due");
    public static readonly Refusal NotYours = new("duties.not-yours", RefusalKind.Forbidden);
    public static readonly Refusal SameHolder = new("duties.same-holder", RefusalKind.Invalid, "to");
    public static readonly Refusal EndsBeforeStart = new("duties.ends-before-start", RefusalKind.Invalid, "to");
}
