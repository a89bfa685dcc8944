using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.Care;

/// <summary>What was done in an emergency. 紧急情况经过</summary>
public enum IncidentEvent { Opened = 1, CalledAmbulance = 2, CalledContact = 3, Coming = 4, Closed = 5 }

/// <summary>How an emergency ended. 紧急情况结果</summary>
public enum IncidentResult { Settled = 1, Hospital = 2, FalseAlarm = 3, Died = 4 }

/// <summary>An emergency of one elder, kept open until somebody says how it ended. 紧急情况</summary>
public sealed class Incident : Entity
{
    private readonly List<IncidentStep> _steps = [];

    private Incident() { }

    public Id<Incident> Id { get; private init; }

    public Id<Person> Elder { get; private init; }

    /// <summary>The visit on which it was found, if it was one.</summary>
    public Id<Visit>? Visit { get; private init; }

    public DateTimeOffset OpenedAt { get; private init; }

    public IncidentResult? Result { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public bool IsOpen => ClosedAt is null;

    /// <summary>Everything that was done, in order.</summary>
    public IReadOnlyList<IncidentStep> Steps => _steps;

    /// <summary>Opens the emergency sheet of an elder.</summary>
    public static Incident Open(Id<Incident> id, AreaCode area, Id<Person> elder, Id<Visit>? visit, Told told)
    {
        var incident = new Incident { Id = id, Area = area, Elder = elder, Visit = visit, OpenedAt = told.At };
        incident.Write(IncidentEvent.Opened, told, null);
        return incident;
    }

    /// <summary>Writes down that the ambulance or a relative was called, or that somebody is on the way.</summary>
    /// <param name="whom">Who was called.</param>
    /// <exception cref="ArgumentOutOfRangeException">Opening and closing have ways of their own.</exception>
    public Result<Incident> Note(IncidentEvent what, Told told, Id<Person>? whom = null)
    {
        if (what is IncidentEvent.Opened or IncidentEvent.Closed) throw new ArgumentOutOfRangeException(nameof(what));
        if (!IsOpen) return IncidentRefusals.Closed;
        Write(what, told, whom);
        return this;
    }

    /// <summary>Says how it ended. 了结</summary>
    public Result<Incident> Close(IncidentResult result, Told told)
    {
        if (!IsOpen) return IncidentRefusals.Closed;

        // From here on it succeeds.
        (Result, ClosedAt) = (result, told.At);
        Write(IncidentEvent.Closed, told, null);
        return this;
    }

    private void Write(IncidentEvent what, Told told, Id<Person>? whom) => _steps.Add(new(_steps.Count + 1, what, told.By, told.At, whom));
}

/// <summary>Who says something, and when. 经手人与时间</summary>
public readonly record struct Told(Id<Person> By, DateTimeOffset At);

/// <summary>One thing that was done in an emergency: what, by whom, when, and who was called. 紧急情况步骤</summary>
public sealed class IncidentStep(int line, IncidentEvent what, Id<Person> by, DateTimeOffset at, Id<Person>? whom)
{
    public int Line { get; private init; } = line;

    public IncidentEvent What { get; private init; } = what;

    public Id<Person> By { get; private init; } = by;

    public DateTimeOffset At { get; private init; } = at;

    public Id<Person>? Whom { get; private init; } = whom;
}

/// <summary>What emergencies say no with.</summary>
public static class IncidentRefusals
{
    public static readonly Refusal NotFound = new("care.incident-not-found", RefusalKind.NotFound);
    public static readonly Refusal Closed = new("care.incident-closed", RefusalKind.Conflict);
    public static readonly Refusal NotANote = new("care.not-a-note", RefusalKind.Invalid, "what");
    public static readonly Refusal ResultNeeded = new("care.result-needed", RefusalKind.Invalid, "result");
    public static readonly Refusal NoContact = new("care.no-contact", RefusalKind.NotFound);
}
