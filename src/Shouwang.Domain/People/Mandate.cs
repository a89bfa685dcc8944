using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>What someone may do in another's place. 代办事项</summary>
[Flags]
public enum MandateMatters { None = 0, Consents = 1, Visits = 2, Meals = 4, Hours = 8, Requests = 16, OwnFile = 32 }

/// <summary>That one person may act for another in some matters until a day; each use is written down. 代办授权</summary>
public sealed class Mandate : Entity
{
    private readonly List<MandateUse> _uses = [];

    private Mandate() { }

    public Id<Mandate> Id { get; private init; }

    /// <summary>For whom.</summary>
    public Id<Person> Person { get; private set; }

    /// <summary>Who acts.</summary>
    public Id<Person> Agent { get; private set; }

    public MandateMatters Matters { get; private init; }

    public DateOnly From { get; private init; }

    /// <summary>The first day it no longer holds.</summary>
    public DateOnly Until { get; private set; }

    public IReadOnlyList<MandateUse> Uses => _uses;

    /// <summary>Lets an agent act for a person.</summary>
    public static Result<Mandate> Give(Id<Mandate> id, Person person, MandateGiven given)
    {
        if (given.Matters == MandateMatters.None || given.Agent == person.Id || given.Until <= given.From)
            return ConsentRefusals.MandateUnclear;
        return new Mandate
        {
            Id = id, Area = person.Area, Person = person.Id, Agent = given.Agent, Matters = given.Matters, From = given.From,
            Until = given.Until,
        };
    }

    public bool Covers(MandateMatters matter, DateOnly day) => From <= day && day < Until && (Matters & matter) == matter;

    /// <summary>Acts once in a matter; the use is written down with the command it was for.</summary>
    public Result<Mandate> Use(MandateMatters matter, Guid command, DateTimeOffset now)
    {
        if (!Covers(matter, Days.Of(now))) return ConsentRefusals.NoMandate;
        _uses.Add(new(_uses.Count + 1, matter, command, now));
        return this;
    }

    /// <summary>Goes on under the other entry of the same person. 随人归并</summary>
    public void Follow(Id<Person> from, Id<Person> to) => (Person, Agent) = (Person == from ? to : Person, Agent == from ? to : Agent);

    /// <summary>Ends it from a day on.</summary>
    public Result<Mandate> End(DateOnly day)
    {
        if (Until <= day) return ConsentRefusals.MandateEnded;
        Until = day > From ? day : From;
        return this;
    }
}

/// <summary>Who may act for whom, in what, until when. 授权内容</summary>
/// <param name="Until">The first day it no longer holds.</param>
public sealed record MandateGiven(Id<Person> Agent, MandateMatters Matters, DateOnly From, DateOnly Until);

/// <summary>One use of a mandate. 代办记录</summary>
public sealed class MandateUse(int line, MandateMatters matter, Guid command, DateTimeOffset at)
{
    public int Line { get; private init; } = line;

    public MandateMatters Matter { get; private init; } = matter;

    /// <summary>The id of what was done, as the audit log keeps it.</summary>
    public Guid Command { get; private init; } = command;

    public DateTimeOffset At { get; private init; } = at;
}
