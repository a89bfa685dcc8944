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

/// <summary>Where a visit stands; a corrected one has given way to a later record and counts nowhere. 探访状态</summary>
public enum VisitState { Recorded = 1, Verified = 2, Corrected = 3 }

/// <summary>Who says that the visit took place. 核验方式</summary>
public enum VerificationWay { Elder = 1, Relative = 2, SecondPerson = 3, PaperList = 4 }

/// <summary>What was done on a visit and what was found. 探访内容</summary>
public readonly record struct VisitReport(VisitWay Way, VisitOutcome Outcome, ServiceItems Items, Condition Condition);

/// <summary>One call on an elder, as recorded and as verified by another person. 探访</summary>
public sealed class Visit : Entity
{
    /// <summary>Phones whose clocks run a little ahead are believed this far.</summary>
    private static readonly TimeSpan s_clockSlack = TimeSpan.FromMinutes(5);

    private Visit() { }

    public Id<Visit> Id { get; private init; }

    /// <summary>The call this is part of: the id of its first visit.</summary>
    public Id<Visit> Call { get; private init; }

    /// <summary>Whether this is what went on after midnight of a visit that began the day before.</summary>
    public bool GoesOn { get; private init; }

    /// <summary>The call that this one puts right.</summary>
    public Id<Visit>? Corrects { get; private init; }

    /// <summary>The call that puts this one right.</summary>
    public Id<Visit>? CorrectedBy { get; private set; }

    public Id<Person> Elder { get; private init; }

    public Id<Person> Volunteer { get; private init; }

    public Id<Place>? Point { get; private init; }

    public DateTimeOffset StartedAt { get; private init; }

    public DateTimeOffset EndedAt { get; private init; }

    /// <summary>The day in Shanghai; a call across midnight is two visits.</summary>
    public DateOnly Day { get; private init; }

    /// <summary>The elder's share of the call's minutes on this day.</summary>
    public int Minutes { get; private init; }

    public VisitWay Way { get; private init; }

    public VisitOutcome Outcome { get; private init; }

    public ServiceItems Items { get; private init; }

    public Condition Condition { get; private init; }

    public VisitState State { get; private set; }

    public DateTimeOffset RecordedAt { get; private init; }

    public Id<Person> RecordedBy { get; private init; }

    /// <summary>Remarks, sealed with the elder's own key; never read here.</summary>
    public byte[]? Remarks { get; private set; }

    public Id<Person>? VerifiedBy { get; private set; }

    public VerificationWay? VerifiedHow { get; private set; }

    public DateTimeOffset? VerifiedAt { get; private set; }

    /// <summary>Who said so, where it was not the person who wrote the confirmation down.</summary>
    public string? Witness { get; private set; }

    /// <summary>Writes down a call: one visit for each elder and each day it touched.</summary>
    /// <param name="entry">Whose hand wrote it, under which id.</param>
    /// <param name="seats">Where each elder belongs.</param>
    public static Result<List<Visit>> Record(Entry entry, Call call, VisitReport report, IReadOnlyDictionary<Id<Person>, Seat> seats,
        VisitLimits limits)
    {
        if (call.EndedAt > entry.At + s_clockSlack) return CareRefusals.InTheFuture;
        if (call.EndedAt < call.StartedAt) return CareRefusals.EndsBeforeStart;
        if (call.Minutes > limits.Longest) return CareRefusals.TooLong.With("minutes", call.Minutes).With("longest", limits.Longest);
        if (call.Elders.Contains(call.Volunteer)) return CareRefusals.OwnElder;
        if (call.Elders.Distinct().Count() < call.Elders.Count) return CareRefusals.SameElderTwice;
        if ((report.Items & ~limits.Offered) != 0) return CareRefusals.NotOffered;
        if (report.Outcome == VisitOutcome.Done && call.Minutes < call.Elders.Count) return CareRefusals.TooShort;
        if (report.Outcome == VisitOutcome.Done && report.Items == ServiceItems.None) return CareRefusals.NothingDone;

        return call.Parts().Select(part => new Visit
        {
            Id = entry.NameOf(part), Call = entry.Call, GoesOn = !part.IsFirst, Corrects = entry.Corrects, Area = seats[part.Elder].Area,
            Point = seats[part.Elder].Point, Elder = part.Elder, Volunteer = call.Volunteer, StartedAt = part.StartedAt,
            EndedAt = part.EndedAt, Day = part.Day, Minutes = part.Minutes, Way = report.Way, Outcome = report.Outcome,
            Items = report.Outcome == VisitOutcome.Done ? report.Items : ServiceItems.None, Condition = report.Condition,
            State = VisitState.Recorded, RecordedAt = entry.At, RecordedBy = entry.By,
        }).ToList();
    }

    /// <summary>Keeps remarks that the vault has sealed.</summary>
    public void Remark(byte[] sealedRemarks) => Remarks = sealedRemarks;

    /// <summary>Gives way to the call that puts this one right; the record stays, and counts no more. 更正</summary>
    /// <param name="byVerifier">Whether whoever corrects may confirm visits; to nobody else a confirmed one gives way.</param>
    public Result<Visit> GiveWay(Id<Visit> to, VisitLimits limits, DateTimeOffset now, bool byVerifier)
    {
        if (State == VisitState.Corrected) return CareRefusals.AlreadyCorrected;
        if (State == VisitState.Verified && !byVerifier) return CareRefusals.VerifiedStands;
        if (now > RecordedAt.AddDays(limits.CorrectDays)) return CareRefusals.TooLateToCorrect.With("days", limits.CorrectDays);

        // From here on it succeeds.
        (State, CorrectedBy) = (VisitState.Corrected, to);
        return this;
    }

    /// <summary>Confirms that the visit took place; hours are credited after this. Nobody verifies their own visit, and whoever wrote it
    /// down is no second person, though they may type in what was signed on paper. 核验</summary>
    /// <param name="witness">The name of whoever said so, where another wrote it down.</param>
    public Result<Visit> Verify(Id<Person> by, VerificationWay how, string? witness, DateTimeOffset now)
    {
        if (by == Volunteer) return CareRefusals.OwnVisit;
        if (State == VisitState.Corrected) return CareRefusals.AlreadyCorrected;
        if (State == VisitState.Verified) return CareRefusals.AlreadyVerified;
        if (Outcome != VisitOutcome.Done) return CareRefusals.NothingToVerify;
        if (how == VerificationWay.SecondPerson && by == RecordedBy && witness is null) return CareRefusals.OwnRecord;

        // From here on it succeeds.
        (State, VerifiedBy, VerifiedHow, VerifiedAt, Witness) = (VisitState.Verified, by, how, now, witness);
        Raise(new VisitVerified(Id, Volunteer, Elder, Day, Minutes, Items));
        return this;
    }
}

/// <summary>Where an elder belongs when visited. 老人归属</summary>
public readonly record struct Seat(AreaCode Area, Id<Place>? Point);

/// <summary>How a call comes to paper: under which id, by whose hand, when, and which earlier one it puts right. 登记</summary>
/// <param name="NameOf">The id of each visit; the first has the call's own.</param>
public sealed record Entry(Id<Visit> Call, Id<Person> By, DateTimeOffset At, Func<CallPart, Id<Visit>> NameOf, Id<Visit>? Corrects = null);

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
    public static readonly Refusal WitnessNeeded = new("care.witness-needed", RefusalKind.Invalid, "witness");
    public static readonly Refusal TooWide = new("care.too-wide");
    public static readonly Refusal NothingOverdue = new("care.nothing-overdue");
    public static readonly Refusal NotATime = new("care.not-a-time", RefusalKind.Invalid, "start");
    public static readonly Refusal NotOffered = new("care.not-offered", RefusalKind.Rule, "items");
    public static readonly Refusal SameElderTwice = new("care.same-elder-twice", RefusalKind.Invalid, "elder");
    public static readonly Refusal TwoPlacesAtOnce = new("care.two-places-at-once", RefusalKind.Conflict, "started");
    public static readonly Refusal AlreadyCorrected = new("care.already-corrected", RefusalKind.Conflict);
    public static readonly Refusal VerifiedStands = new("care.verified-stands", RefusalKind.Conflict);
    public static readonly Refusal TooLateToCorrect = new("care.too-late-to-correct");
    public static readonly Refusal RemarkTooLong = new("care.remark-too-long", RefusalKind.Invalid, "remarks");
    public static readonly Refusal NoRemarks = new("care.no-remarks", RefusalKind.NotFound);
    public static readonly Refusal OwnVisit = new("care.own-visit", RefusalKind.Forbidden);
    public static readonly Refusal OwnRecord = new("care.own-record", RefusalKind.Invalid, "witness");
    public static readonly Refusal WhoWent = new("care.who-went", RefusalKind.Invalid, "volunteer");
    public static readonly Refusal AlreadyVerified = new("care.already-verified", RefusalKind.Conflict);
    public static readonly Refusal NothingToVerify = new("care.nothing-to-verify");
    public static readonly Refusal NotFound = new("care.not-found", RefusalKind.NotFound);
}
