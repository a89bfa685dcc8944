using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>How someone left the village for good. 离开方式</summary>
public enum DepartureKind { Death = 1, Move = 2 }

/// <summary>That someone died or moved away, as one act that the rest of the house hears of, and that can be undone. 去世或迁出</summary>
public sealed class Departure : Entity
{
    private Departure() { }

    public Id<Departure> Id { get; private init; }

    public Id<Person> Person { get; private init; }

    public DepartureKind Kind { get; private init; }

    /// <summary>The day of death, or the first day away.</summary>
    public DateOnly Day { get; private init; }

    public DateTimeOffset RecordedAt { get; private init; }

    public DateTimeOffset? UndoneAt { get; private set; }

    /// <summary>Ends a person's residence from a day on and tells the house.</summary>
    public static Result<Departure> Of(Id<Departure> id, Person person, DepartureKind kind, DateOnly day, DateTimeOffset now)
    {
        if (day > Days.Of(now)) return DepartureRefusals.Ahead;
        if (person.HasDepartedOn(day)) return DepartureRefusals.Already;

        // From here on it succeeds.
        person.LearnFrom(FactKind.Residence, new($"{(kind == DepartureKind.Death ? Residence.Ended : Residence.MovedAway)}"), day, now);
        person.LearnFrom(FactKind.Absence, new($"{(kind == DepartureKind.Death ? Absence.Dead : Absence.Moved)}"), day, now);
        var departure = new Departure { Id = id, Area = person.Area, Person = person.Id, Kind = kind, Day = day, RecordedAt = now };
        departure.Raise(new PersonDeparted(id, person.Id, kind, day));
        return departure;
    }

    /// <summary>Takes it back: residence and absence are as they were before, and the house hears of it. Refused once something was built
    /// on it.</summary>
    public Result<Departure> Undo(Person person, DateTimeOffset now)
    {
        if (UndoneAt is not null) return DepartureRefusals.Undone;
        if (!person.MayRevert(FactKind.Residence, RecordedAt) || !person.MayRevert(FactKind.Absence, RecordedAt))
            return DepartureRefusals.BuiltOn;

        // From here on it succeeds.
        person.Revert(FactKind.Residence, RecordedAt, now);
        person.Revert(FactKind.Absence, RecordedAt, now);
        UndoneAt = now;
        Raise(new DepartureUndone(Id, Person, Day));
        return this;
    }
}

/// <summary>Someone died or moved away; everything that was arranged for them ends. 人员离开</summary>
public sealed record PersonDeparted(Id<Departure> Departure, Id<Person> Person, DepartureKind Kind, DateOnly Day) : IDomainEvent
{
    public const string Name = "people.departed";

    public string WireName => Name;

    public Guid Stream => Person.Value;
}

/// <summary>It was written down by mistake; what ended because of it goes on. 撤销离开</summary>
public sealed record DepartureUndone(Id<Departure> Departure, Id<Person> Person, DateOnly Day) : IDomainEvent
{
    public const string Name = "people.departure-undone";

    public string WireName => Name;

    public Guid Stream => Person.Value;
}

/// <summary>What a departure says no with.</summary>
public static class DepartureRefusals
{
    public static readonly Refusal NotFound = new("people.departure-not-found", RefusalKind.NotFound);

    /// <summary>The day lies ahead.</summary>
    public static readonly Refusal Ahead = new("people.departure-ahead", RefusalKind.Invalid, "day");

    /// <summary>The person has died or moved away already.</summary>
    public static readonly Refusal Already = new("people.departed-already", RefusalKind.Conflict);

    /// <summary>It was undone before.</summary>
    public static readonly Refusal Undone = new("people.departure-undone-already", RefusalKind.Conflict);

    /// <summary>Residence or absence was changed since; put those facts right first.</summary>
    public static readonly Refusal BuiltOn = new("people.departure-built-on");
}
