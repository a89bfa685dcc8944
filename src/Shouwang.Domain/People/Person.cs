using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>The parts a person can play; one person can play several. 人员角色</summary>
[Flags]
public enum PersonRoles { None = 0, Elder = 1, Volunteer = 2, CareWorker = 4, VillageDoctor = 8, Family = 16, Official = 32 }

/// <summary>Sex as the ID number states it, by the codes of GB/T 2261.1; unknown of a relative known only by name and phone. 性别</summary>
public enum Sex { Unknown = 0, Male = 1, Female = 2 }

/// <summary>With whom an elder lives; three of these are different situations and are never merged. 居住状况</summary>
public enum LivingSituation { WithFamily = 1, LivingAlone = 2, EmptyNest = 3, LeftBehind = 4 }

/// <summary>Official support category. 救助类别</summary>
public enum SupportCategory { None = 0, ExtremeHardship = 1, MinimumAllowance = 2, MinimumAllowanceEdge = 3 }

/// <summary>Ability level per GB/T 42195-2022, 0 intact to 4 complete loss. 能力等级</summary>
public enum AbilityLevel { Intact = 0, Mild = 1, Moderate = 2, Severe = 3, Complete = 4 }

/// <summary>Someone the village knows: an elder, a helper, a relative. 人员</summary>
public sealed class Person : Entity
{
    private readonly List<PersonFact> _facts = [];

    private Person() { }

    public Person(Id<Person> id, AreaCode area, PersonName name, Sex sex, DateOnly born)
    {
        (Id, Area, Sex, Born) = (id, area, sex, born);
        (Name, NameKey, Initials) = name;
    }

    public Id<Person> Id { get; private init; }

    public string Name { get; private set; } = "";

    /// <summary>The name as searched: normalised, without spaces.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>Pinyin initials of the name, upper case.</summary>
    public string Initials { get; private set; } = "";

    public Sex Sex { get; private set; }

    /// <summary>The birthday; the first day of all where it is not known (<see cref="BornIsKnown"/>), as of most relatives.</summary>
    public DateOnly Born { get; private set; }

    public bool BornIsKnown => Born != default;

    public PersonRoles Roles { get; private set; }

    public Id<Household>? Household { get; private set; }

    /// <summary>The villagers' group (村民组) the home belongs to.</summary>
    public string Group { get; private set; } = "";

    /// <summary>The ID number, phone and home, sealed by the vault; never read here.</summary>
    public Secrets Secrets { get; private set; } = Secrets.None;

    public IReadOnlyList<PersonFact> Facts => _facts;

    public bool Is(PersonRoles role) => (Roles & role) != 0;

    /// <summary>Completed years of life on a day. 周岁</summary>
    public int AgeOn(DateOnly day) => Age(Born, day);

    /// <summary>Completed years between a birthday and a day.</summary>
    public static int Age(DateOnly born, DateOnly day)
    {
        var years = day.Year - born.Year;
        return day < born.AddYears(years) ? years - 1 : years;
    }

    /// <summary>Lets a person play a part, besides those already played.</summary>
    public void Play(PersonRoles role) => Roles |= role;

    public void LiveAt(string group, Id<Household>? household) => (Group, Household) = (group, household);

    /// <summary>Puts right what was written wrongly: the name, the sex, the birthday.</summary>
    public void Correct(PersonName name, Sex sex, DateOnly born)
    {
        (Name, NameKey, Initials) = name;
        (Sex, Born) = (sex, born);
    }

    public void Seal(Secrets secrets) => Secrets = secrets;

    /// <summary>Learns that something holds from a day on; the earlier value of the same kind ends that day.</summary>
    /// <param name="from">The first day it holds.</param>
    /// <param name="now">When the house learned it.</param>
    public void Learn<T>(FactKind kind, T value, DateOnly from, DateTimeOffset now) where T : struct, Enum
    {
        var text = value.ToString();
        if (FactOn(kind, from) == text) return;

        var open = _facts.FindIndex(f => f.Kind == kind && f.Period.Holds(from));
        var until = open >= 0 ? _facts[open].To : null;
        if (open >= 0) _facts[open].EndOn(from);
        _facts.Add(new(_facts.Count + 1, kind, text, from, until, now));
    }

    /// <summary>What was true of this kind on a day, as far as known now; null where nothing is known.</summary>
    public string? FactOn(FactKind kind, DateOnly day) => _facts.FindLast(f => f.Kind == kind && f.Period.Holds(day))?.Value;

    /// <summary>The same, read as an enumeration value.</summary>
    public T? FactOn<T>(FactKind kind, DateOnly day) where T : struct, Enum =>
        FactOn(kind, day) is { } text ? Enum.Parse<T>(text) : null;
}

/// <summary>What is known of people with dates. 事实种类</summary>
public enum FactKind { Living = 1, Support = 2, Ability = 3, BedRidden = 4, Residence = 5, Absence = 6 }

/// <summary>Something true of a person for a time, and when the house learned it. 有时效的事实</summary>
public sealed class PersonFact(int line, FactKind kind, string value, DateOnly from, DateOnly? to, DateTimeOffset learnedAt)
{
    public int Line { get; private init; } = line;

    public FactKind Kind { get; private init; } = kind;

    public string Value { get; private init; } = value;

    public DateOnly From { get; private init; } = from;

    public DateOnly? To { get; private set; } = to;

    public DateTimeOffset LearnedAt { get; private init; } = learnedAt;

    public Period Period => new(From, To);

    internal void EndOn(DateOnly day) => To = day;
}

/// <summary>A name and the keys it is found by. 姓名</summary>
/// <param name="Initials">Pinyin initials, upper case; may be empty.</param>
public sealed record PersonName(string Text, string Key, string Initials)
{
    /// <summary>The name as strangers see it: 张*明, 李*.</summary>
    public static string Mask(string name) => name.Length switch
    {
        0 => "",
        1 => "*",
        2 => $"{name[0]}*",
        _ => $"{name[0]}{new string('*', name.Length - 2)}{name[^1]}",
    };
}

/// <summary>People who share one roof. 户</summary>
public sealed class Household : Entity
{
    private Household() { }

    public Household(Id<Household> id, AreaCode area, string number) => (Id, Area, Number) = (id, area, number);

    public Id<Household> Id { get; private init; }

    /// <summary>The number the village knows it by.</summary>
    public string Number { get; private init; } = "";
}

/// <summary>Sealed fields of one person: ciphertext, masks for display and keyed indexes for search. 加密字段</summary>
/// <param name="DataKey">The person's own data key, wrapped under a key outside the database.</param>
/// <param name="IdNumber">Sealed national ID number.</param>
/// <param name="IdIndex">Keyed index of the ID number.</param>
/// <param name="IdMask">The ID number with its middle hidden.</param>
/// <param name="Phone">Sealed phone number.</param>
/// <param name="PhoneIndex">Keyed index of the phone number.</param>
/// <param name="PhoneTailIndex">Keyed index of its last four digits.</param>
/// <param name="PhoneMask">The phone number with its middle hidden.</param>
/// <param name="Home">Sealed landmark and coordinates.</param>
public sealed record Secrets(
    byte[] DataKey, byte[]? IdNumber, string? IdIndex, string IdMask,
    byte[]? Phone, string? PhoneIndex, string? PhoneTailIndex, string PhoneMask, byte[]? Home)
{
    public static Secrets None { get; } = new([], null, null, "", null, null, null, "", null);
}

/// <summary>That one person is another's child, spouse, guardian or neighbour. 关系</summary>
public sealed class Relation : Entity
{
    private Relation() { }

    public Relation(Id<Relation> id, AreaCode area, Id<Person> elder, Id<Person> relative, RelationKind kind) =>
        (Id, Area, Elder, Relative, Kind) = (id, area, elder, relative, kind);

    public Id<Relation> Id { get; private init; }

    public Id<Person> Elder { get; private init; }

    public Id<Person> Relative { get; private init; }

    public RelationKind Kind { get; private init; }
}

/// <summary>How two people belong together. 关系种类</summary>
public enum RelationKind { Child = 1, Spouse = 2, Guardian = 3, Neighbour = 4 }
