using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>What is known of people with dates. 事实种类</summary>
public enum FactKind
{
    Living = 1, Support = 2, Ability = 3, BedRidden = 4, Residence = 5, Absence = 6, Registration = 7, Classes = 8,
    Dialect = 9, Reading = 10, Household = 11, Group = 12, PhoneOwner = 13, Phone = 14,
    SecondPhone = 15, Home = 16, Illnesses = 17, Remarks = 18,
    Skills = 19, Availability = 20, Insurance = 21, HealthCheck = 22,
    HelperWish = 23, NeededSkills = 24, VolunteerKinds = 25,
}

/// <summary>What a fact says: in plain text, or sealed with only a mask to be read. 事实内容</summary>
/// <param name="Text">The text, or the mask of what is sealed.</param>
/// <param name="Sealed">The ciphertext of a sensitive fact.</param>
public readonly record struct FactValue(string Text, byte[]? Sealed = null);

/// <summary>Something true of a person for a time, when the house learned it, and when it learned better. 有时效的事实</summary>
public sealed class PersonFact(int line, FactKind kind, string value, DateOnly from, DateOnly? to, DateTimeOffset learnedAt)
{
    public int Line { get; private init; } = line;

    public FactKind Kind { get; private init; } = kind;

    /// <summary>What it says; of a sealed fact only the mask.</summary>
    public string Value { get; private init; } = value;

    public DateOnly From { get; private init; } = from;

    public DateOnly? To { get; private init; } = to;

    public DateTimeOffset LearnedAt { get; private init; } = learnedAt;

    /// <summary>When a later lesson took its place; null while it stands.</summary>
    public DateTimeOffset? ReplacedAt { get; private set; }

    /// <summary>The line under which it was first written; what is sealed is bound to it.</summary>
    public int Origin { get; private init; } = line;

    /// <summary>The ciphertext of a sensitive fact; opened by the vault only.</summary>
    public byte[]? Sealed { get; private init; }

    public Period Period => new(From, To);

    /// <summary>Whether it is what the house believes now.</summary>
    public bool Stands => ReplacedAt is null;

    /// <summary>Whether the house believed it at a moment.</summary>
    public bool KnownAt(DateTimeOffset moment) => LearnedAt <= moment && (ReplacedAt is null || moment < ReplacedAt);

    internal static PersonFact Sealing(int line, FactKind kind, FactValue value, Period period, DateTimeOffset now) =>
        new(line, kind, value.Text, period.From, period.To, now) { Sealed = value.Sealed };

    /// <summary>The same fact for a part of its time, under a new line.</summary>
    internal PersonFact For(int line, Period part, DateTimeOffset now) =>
        new(line, Kind, Value, part.From, part.To, now) { Origin = Origin, Sealed = Sealed };

    internal void ReplaceAt(DateTimeOffset now) => ReplacedAt = now;
}
