using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Domain.Care;

/// <summary>Where a month's statement stands; a draft is stored nowhere. 月报状态</summary>
public enum StatementState { Draft = 0, Submitted = 1, Accepted = 2, Returned = 3 }

/// <summary>A month closed at a point or in a village: the statement's bytes as they were, who handed it in, who took it. 月报结账</summary>
public sealed class MonthClose : Entity
{
    private MonthClose() { }

    private MonthClose(Id<MonthClose> id, AreaCode area, Id<Place>? point, DateOnly month) =>
        (Id, Area, Point, Month) = (id, area, point, month);

    public Id<MonthClose> Id { get; private init; }

    /// <summary>The mutual-aid point; none means the village as a whole.</summary>
    public Id<Place>? Point { get; private init; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; private init; }

    public StatementState State { get; private set; }

    /// <summary>The statement as it was handed in; never changed while it stands.</summary>
    public byte[] Content { get; private set; } = [];

    /// <summary>SHA-256 of the content, as printed on the sheet.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Under which rules it was worked out.</summary>
    public string Rules { get; private set; } = "";

    public Id<Person> SubmittedBy { get; private set; }

    /// <summary>What was known at this moment is in the statement; what came later is a supplement.</summary>
    public DateTimeOffset SubmittedAt { get; private set; }

    public Id<Person>? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Whether the statement stands: handed in, or taken.</summary>
    public bool Stands => State is StatementState.Submitted or StatementState.Accepted;

    /// <summary>Begins the close of a month; <see cref="Submit"/> hands it in.</summary>
    public static MonthClose Of(Id<MonthClose> id, AreaCode area, Id<Place>? point, DateOnly month) =>
        new(id, area, point, new(month.Year, month.Month, 1));

    /// <summary>Hands the month in, once it is over. 上报</summary>
    /// <param name="hash">SHA-256 of the content.</param>
    public Result<MonthClose> Submit(byte[] content, string hash, string rules, Id<Person> by, DateTimeOffset now)
    {
        if (Days.Of(now) < Month.AddMonths(1)) return StatementRefusals.MonthNotOver;
        if (Stands) return StatementRefusals.AlreadySubmitted;

        // From here on it succeeds.
        (State, Content, Hash) = (StatementState.Submitted, content, hash);
        (Rules, SubmittedBy, SubmittedAt, DecidedBy, DecidedAt) = (rules, by, now, null, null);
        return this;
    }

    /// <summary>Takes the statement; from then on it is locked. 接收</summary>
    public Result<MonthClose> Accept(Id<Person> by, DateTimeOffset now) => Decide(StatementState.Accepted, by, now);

    /// <summary>Gives the statement back to the village, which hands it in again. 退回</summary>
    public Result<MonthClose> Return(Id<Person> by, DateTimeOffset now) => Decide(StatementState.Returned, by, now);

    private Result<MonthClose> Decide(StatementState state, Id<Person> by, DateTimeOffset now)
    {
        if (State == StatementState.Accepted) return StatementRefusals.Locked;
        if (State != StatementState.Submitted) return StatementRefusals.NotSubmitted;
        if (by == SubmittedBy) return StatementRefusals.OwnStatement;

        // From here on it succeeds.
        (State, DecidedBy, DecidedAt) = (state, by, now);
        return this;
    }
}

/// <summary>What closing a month is refused with.</summary>
public static class StatementRefusals
{
    public static readonly Refusal NotFound = new("statement.not-found", RefusalKind.NotFound);
    public static readonly Refusal MonthNotOver = new("statement.month-not-over");
    public static readonly Refusal MonthAhead = new("statement.month-ahead", Field: "month");
    public static readonly Refusal AlreadySubmitted = new("statement.already-submitted", RefusalKind.Conflict);
    public static readonly Refusal NotSubmitted = new("statement.not-submitted", RefusalKind.Conflict);
    public static readonly Refusal Locked = new("statement.locked", RefusalKind.Conflict);
    public static readonly Refusal OwnStatement = new("statement.own");
    public static readonly Refusal HoursOnTheWay = new("statement.hours-on-the-way", RefusalKind.Conflict);
}
