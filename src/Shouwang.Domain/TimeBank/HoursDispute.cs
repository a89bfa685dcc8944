using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.TimeBank;

/// <summary>What a volunteer finds wrong with the hours of a visit. 异议理由</summary>
public enum DisputeReason { MinutesWrong = 1, ItemsWrong = 2, CapWrong = 3, Other = 4 }

/// <summary>How the village answered. 异议结果</summary>
public enum DisputeOutcome { Explained = 1, ToBeCorrected = 2 }

/// <summary>A volunteer's objection to what one visit earned; somebody else answers it. 时长异议</summary>
public sealed class HoursDispute : Entity
{
    private HoursDispute() { }

    public HoursDispute(Id<HoursDispute> id, VisitCredit credit, DisputeReason reason, DateTimeOffset now)
    {
        (Id, Area, Visit, Volunteer, Reason, RaisedAt) = (id, credit.Area, credit.Visit, credit.Volunteer, reason, now);
        Raise(new HoursDisputed(id, Volunteer));
    }

    public Id<HoursDispute> Id { get; private init; }

    /// <summary>The visit whose hours are disputed.</summary>
    public Guid Visit { get; private init; }

    public Id<Person> Volunteer { get; private init; }

    public DisputeReason Reason { get; private init; }

    public DateTimeOffset RaisedAt { get; private init; }

    public DisputeOutcome? Outcome { get; private set; }

    public Id<Person>? SettledBy { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    public bool IsOpen => Outcome is null;

    /// <summary>Answers the objection: the hours were explained, or the record is to be put right. 答复</summary>
    public Result<HoursDispute> Settle(DisputeOutcome outcome, Id<Person> by, DateTimeOffset now)
    {
        if (!Enum.IsDefined(outcome)) return DisputeRefusals.NoAnswer;
        if (by == Volunteer) return DisputeRefusals.OwnDispute;
        if (!IsOpen) return DisputeRefusals.AlreadySettled;

        // From here on it succeeds.
        (Outcome, SettledBy, SettledAt) = (outcome, by, now);
        Raise(new HoursAnswered(Id, by));
        return this;
    }
}

/// <summary>A volunteer objects to what a visit earned. 提出时长异议</summary>
public sealed record HoursDisputed(Id<HoursDispute> Dispute, Id<Person> Volunteer) : IDomainEvent
{
    public const string Name = "timebank.hours-disputed";

    public string WireName => Name;

    public Guid Stream => Dispute.Value;
}

/// <summary>An objection to hours was answered. 时长异议已答复</summary>
public sealed record HoursAnswered(Id<HoursDispute> Dispute, Id<Person> By) : IDomainEvent
{
    public const string Name = "timebank.hours-answered";

    public string WireName => Name;

    public Guid Stream => Dispute.Value;
}

/// <summary>What disputes over hours are refused with.</summary>
public static class DisputeRefusals
{
    public static readonly Refusal CreditNotFound = new("timebank.credit-not-found", RefusalKind.NotFound);
    public static readonly Refusal NotFound = new("timebank.dispute-not-found", RefusalKind.NotFound);
    public static readonly Refusal NoReason = new("timebank.dispute-no-reason", RefusalKind.Invalid, "reason");
    public static readonly Refusal NoAnswer = new("timebank.dispute-no-answer", RefusalKind.Invalid, "outcome");
    public static readonly Refusal AlreadyOpen = new("timebank.dispute-already-open", RefusalKind.Conflict);
    public static readonly Refusal AlreadySettled = new("timebank.dispute-already-settled", RefusalKind.Conflict);
    public static readonly Refusal OwnDispute = new("timebank.own-dispute");
}
