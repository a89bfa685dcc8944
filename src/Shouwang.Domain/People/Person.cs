using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>The parts a person can play; one person can play several. 人员角色</summary>
[Flags]
public enum PersonRoles { None = 0, Elder = 1, Volunteer = 2, CareWorker = 4, VillageDoctor = 8, Family = 16, Official = 32 }

/// <summary>Sex as the ID number states it, by the codes of GB/T 2261.1; unknown of a relative known only by name and phone. 性别</summary>
public enum Sex { Unknown = 0, Male = 1, Female = 2 }

/// <summary>Someone the village knows: an elder, a helper, a relative. 人员</summary>
public sealed partial class Person : Entity
{
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

    /// <summary>The entry that goes on in place of this one, once somebody decided that both are one person. 并入</summary>
    public Id<Person>? MergedInto { get; private set; }

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

    /// <summary>Lets a person play these parts and no others.</summary>
    public void PlayOnly(PersonRoles roles) => Roles = roles;

    public void LiveAt(string group, Id<Household>? household) => (Group, Household) = (group, household);

    /// <summary>Puts right what was written wrongly: the name, the sex, the birthday.</summary>
    public void Correct(PersonName name, Sex sex, DateOnly born)
    {
        (Name, NameKey, Initials) = name;
        (Sex, Born) = (sex, born);
    }

    /// <summary>Gives way to another entry of the same person: plays no part any more, and points to where the person goes on.</summary>
    internal void GiveWay(Id<Person> to) => (MergedInto, Roles) = (to, PersonRoles.None);

    public void Seal(Secrets secrets) => Secrets = secrets;
}
