using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Domain.Care;

/// <summary>How the elder was met. 探访方式</summary>
public enum VisitWay { Door = 1, Phone = 2, Video = 3 }

/// <summary>How a call on an elder ended. 探访结果</summary>
public enum VisitOutcome { Done = 1, Refused = 2, NobodyHome = 3 }

/// <summary>How the elder was found. 老人状况</summary>
public enum Condition { Well = 1, Unwell = 2, Urgent = 3 }

/// <summary>Where a visit stands. 探访状态</summary>
public enum VisitState { Recorded = 1, Verified = 2 }

/// <summary>Who says that the visit took place. 核验方式</summary>
public enum VerificationWay { Elder = 1, Relative = 2, SecondPerson = 3, PaperList = 4 }

/// <summary>Who went to whom, and when. 探访双方与时间</summary>
public readonly record struct VisitSpan(Id<Person> Elder, Id<Person> Volunteer, DateTimeOffset StartedAt, DateTimeOffset EndedAt)
{
    /// <summary>Whole minutes between start and end.</summary>
    public int Minutes => (int)(EndedAt - StartedAt).TotalMinutes;
}

/// <summary>What was done on a visit and what was found. 探访内容</summary>
public readonly record struct VisitReport(VisitWay Way, VisitOutcome Outcome, ServiceItems Items, Condition Condition);

/// <summary>One call on an elder, as recorded and as verified by another person. 探访</summary>
public sealed class Visit : Entity
{
    /// <summary>Phones whose clocks run a little ahead are believed this far.</summary>
    private static readonly TimeSpan s_clockSlack = TimeSpan.FromMinutes(5);

    private Visit() { }

    public Id<Visit> Id { get; private init; }

    public Id<Person> Elder { get; private init; }

    public Id<Person> Volunteer { get; private init; }

    public Id<Place>? Point { get; private init; }

    public DateTimeOffset StartedAt { get; private init; }

    public DateTimeOffset EndedAt { get; private init; }

    /// <summary>The day in Shanghai on which the visit began.</summary>
    public DateOnly Day { get; private init; }

    public int Minutes { get; private init; }

    public VisitWay Way { get; private init; }

    public VisitOutcome Outcome { get; private init; }

    public ServiceItems Items { get; private init; }

    public Condition Condition { get; private init; }

    public VisitState State { get; private set; }

    public DateTimeOffset RecordedAt { get; private init; }

    public Id<Person>? VerifiedBy { get; private set; }

    public VerificationWay? VerifiedHow { get; private set; }

    public DateTimeOffset? VerifiedAt { get; private set; }

    /// <summary>Records a call that took place.</summary>
    /// <param name="longest">Minutes one visit may last at most (rule care.max-visit-minutes).</param>
    public static Result<Visit> Record(Id<Visit> id, AreaCode area, Id<Place>? point, VisitSpan span, VisitReport report, int longest,
        DateTimeOffset now)
    {
        if (span.EndedAt > now + s_clockSlack) return CareRefusals.InTheFuture;
        if (span.EndedAt < span.StartedAt) return CareRefusals.EndsBeforeStart;
        if (span.Minutes > longest) return CareRefusals.TooLong.With("minutes", span.Minutes).With("longest", longest);
        if (span.Elder == span.Volunteer) return CareRefusals.OwnElder;
        if (report.Outcome == VisitOutcome.Done && span.Minutes < 1) return CareRefusals.TooShort;
        if (report.Outcome == VisitOutcome.Done && report.Items == ServiceItems.None) return CareRefusals.NothingDone;

        return new Visit
        {
            Id = id, Area = area, Point = point, Elder = span.Elder, Volunteer = span.Volunteer, StartedAt = span.StartedAt,
            EndedAt = span.EndedAt,
            Day = Days.Of(span.StartedAt), Minutes = span.Minutes, Way = report.Way, Outcome = report.Outcome, Items = report.Items,
            Condition = report.Condition, State = VisitState.Recorded, RecordedAt = now,
        };
    }

    /// <summary>Confirms that the visit took place; hours are credited after this. Nobody verifies their own visit. 核验</summary>
    public Result<Visit> Verify(Id<Person> by, VerificationWay how, DateTimeOffset now)
    {
        if (by == Volunteer) return CareRefusals.OwnVisit;
        if (State == VisitState.Verified) return CareRefusals.AlreadyVerified;
        if (Outcome != VisitOutcome.Done) return CareRefusals.NothingToVerify;

        // From here on it succeeds.
        (State, VerifiedBy, VerifiedHow, VerifiedAt) = (VisitState.Verified, by, how, now);
        Raise(new VisitVerified(Id, Volunteer, Elder, Day, Minutes, Items));
        return this;
    }
}

/// <summary>A second person confirmed a visit. 探访已核验</summary>
public sealed record VisitVerified(Id<Visit> Visit, Id<Person> Volunteer, Id<Person> Elder, DateOnly Day, int Minutes,
    ServiceItems Items) : IDomainEvent
{
    public const string Name = "care.visit-verified";

    public string WireName => Name;

    /// <summary>One volunteer's credits come in the order of their verifications.</summary>
    public Guid Stream => Volunteer.Value;
}

/// <summary>What care says no with.</summary>
public static class CareRefusals
{
    public static readonly Refusal InTheFuture = new("care.in-the-future", RefusalKind.Invalid, "ended");
    public static readonly Refusal EndsBeforeStart = new("care.ends-before-start", RefusalKind.Invalid, "ended");
    public static readonly Refusal TooLong = new("care.too-long", RefusalKind.Invalid, "ended");
    public static readonly Refusal TooShort = new("care.too-short", RefusalKind.Invalid, "ended");
    public static readonly Refusal OwnElder = new("care.own-elder", RefusalKind.Invalid, "elder");
    public static readonly Refusal NothingDone = new("care.nothing-done", RefusalKind.Invalid, "items");
    public static readonly Refusal OwnVisit = new("care.own-visit", RefusalKind.Forbidden);
    public static readonly Refusal AlreadyVerified = new("care.already-verified", RefusalKind.Conflict);
    public static readonly Refusal NothingToVerify = new("care.nothing-to-verify");
    public static readonly Refusal NotFound = new("care.not-found", RefusalKind.NotFound);
}
