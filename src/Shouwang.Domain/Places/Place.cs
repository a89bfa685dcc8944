using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.Places;

/// <summary>What a place is for. 场所种类</summary>
public enum PlaceKind { Point = 1, Site = 2, Home = 3, Canteen = 4, DayCentre = 5 }

/// <summary>Where things happen; a mutual-aid point (邻里互助点) is the place of kind Point. 场所</summary>
public sealed class Place : Entity
{
    private readonly List<PlaceMember> _members = [];

    private Place() { }

    public Place(Id<Place> id, AreaCode area, PlaceKind kind, string name) => (Id, Area, Kind, Name) = (id, area, kind, name);

    public Id<Place> Id { get; private init; }

    public PlaceKind Kind { get; private init; }

    public string Name { get; private set; } = "";

    /// <summary>The days of the week on which it is open. 开放日</summary>
    public OpeningDays OpenOn { get; private set; }

    /// <summary>The household that gives its rooms. 承办户</summary>
    public Id<Household>? HostHousehold { get; private set; }

    /// <summary>The first day it no longer exists; null while it does.</summary>
    public DateOnly? ClosedOn { get; private set; }

    public IReadOnlyList<PlaceMember> Members => _members;

    /// <summary>Settles what a point is like: its name, its opening days, its host household.</summary>
    public void Arrange(string name, OpeningDays openOn, Id<Household>? host) => (Name, OpenOn, HostHousehold) = (name, openOn, host);

    /// <summary>Closes the place from a day on; everyone's membership ends that day.</summary>
    public Result<Place> Close(DateOnly day)
    {
        if (ClosedOn is not null) return PlaceRefusals.Closed;
        ClosedOn = day;
        foreach (var member in _members.Where(m => m.To is null || m.To > day)) member.EndOn(day > member.From ? day : member.From);
        return this;
    }

    /// <summary>Whether a person belongs to the place on a day, in a part.</summary>
    public bool Has(Id<Person> person, MemberPart part, DateOnly day) =>
        _members.Exists(m => m.Person == person && m.Part == part && m.Period.Holds(day));

    /// <summary>Takes someone in from a day on. A place has one leader, one manager and one host: the one before steps back that day.
    /// </summary>
    public Result<Place> TakeIn(Id<Person> person, MemberPart part, DateOnly from)
    {
        if (ClosedOn is not null) return PlaceRefusals.Closed;
        if (_members.Exists(m => m.Person == person && m.Part == part && (m.To is null || m.To > from))) return PlaceRefusals.MemberAlready;
        var before = part is MemberPart.Elder or MemberPart.Volunteer ? null : _members.Find(m => m.Part == part && m.To is null);
        if (before is not null && before.From > from) return PlaceRefusals.BeforeJoining.With("day", before.From);
        if (part is not (MemberPart.Elder or MemberPart.Volunteer) && _members.Find(m => m.Part == part && m.To > from) is { } later)
            return PlaceRefusals.BeforeJoining.With("day", later.To!.Value);

        // From here on it succeeds.
        before?.EndOn(from);
        _members.Add(new(_members.Count + 1, person, part, from));
        return this;
    }

    /// <summary>Ends every membership of a person together with something that can be undone; says how many.</summary>
    public int LoseMember(Id<Person> person, DateOnly day, Guid cause)
    {
        var lost = _members.Where(m => m.Person == person && m.To is null).ToList();
        foreach (var member in lost) member.EndOn(day > member.From ? day : member.From, cause);
        return lost.Count;
    }

    /// <summary>Memberships go on after what ended them was undone; says how many. A part that someone else holds by now stays theirs.
    /// </summary>
    public int Restore(Guid cause)
    {
        var lost = _members.Where(m => m.EndedBy == cause && !_members.Exists(o => o != m && o.To is null && o.Part == m.Part
            && (o.Person == m.Person || m.Part is not (MemberPart.Elder or MemberPart.Volunteer)))).ToList();
        foreach (var member in lost) member.GoOn();
        return lost.Count;
    }

    /// <summary>Lets someone go from a day on.</summary>
    public Result<Place> LetGo(Id<Person> person, MemberPart part, DateOnly day)
    {
        if (_members.FindLast(m => m.Person == person && m.Part == part && m.To is null) is not { } member) return PlaceRefusals.NoMember;
        if (day < member.From) return PlaceRefusals.BeforeJoining.With("day", member.From);
        member.EndOn(day);
        return this;
    }

    /// <summary>Who belongs to the place on a day, in a part.</summary>
    public IEnumerable<Id<Person>> On(DateOnly day, MemberPart part) =>
        _members.Where(m => m.Part == part && m.Period.Holds(day)).Select(m => m.Person);

    /// <summary>Lets a person belong from a day on; someone who already does in that part stays as they are.</summary>
    public void Join(Id<Person> person, MemberPart part, DateOnly from)
    {
        if (_members.Exists(m => m.Person == person && m.Part == part && m.To is null)) return;
        _members.Add(new(_members.Count + 1, person, part, from));
    }

    /// <summary>Ends a membership on a day.</summary>
    public void Leave(Id<Person> person, MemberPart part, DateOnly day) =>
        _members.FindLast(m => m.Person == person && m.Part == part && m.To is null)?.EndOn(day);

    /// <summary>What a point lacks to count as one: elders, and volunteers for them. 互助点达标情况</summary>
    /// <param name="minElders">Elders a point needs at least (rule points.min-elders).</param>
    /// <param name="perVolunteer">Elders one volunteer may have (rule points.max-elders-per-volunteer).</param>
    public Compliance ComplianceOn(DateOnly day, int minElders, int perVolunteer)
    {
        var elders = On(day, MemberPart.Elder).Count();
        var team = On(day, MemberPart.Volunteer).Count();
        var needed = (elders + perVolunteer - 1) / perVolunteer;
        return new(elders, team, Math.Max(0, minElders - elders), Math.Max(0, needed - team));
    }
}

/// <summary>In which part a person belongs to a place. 成员身份</summary>
public enum MemberPart { Elder = 1, Volunteer = 2, Leader = 3, Manager = 4, Host = 5 }

/// <summary>That a person belongs to a place for a time. 成员</summary>
public sealed class PlaceMember(int line, Id<Person> person, MemberPart part, DateOnly from)
{
    public int Line { get; private init; } = line;

    public Id<Person> Person { get; private init; } = person;

    public MemberPart Part { get; private init; } = part;

    public DateOnly From { get; private init; } = from;

    public DateOnly? To { get; private set; }

    public Period Period => new(From, To);

    /// <summary>What it ended with, when that can be undone: the departure of the person.</summary>
    public Guid? EndedBy { get; private set; }

    internal void EndOn(DateOnly day, Guid? cause = null) => (To, EndedBy) = (day, cause);

    internal void GoOn() => (To, EndedBy) = (null, null);
}

/// <summary>How a point stands against its two rules. 达标情况</summary>
/// <param name="MissingElders">How many elders it lacks.</param>
/// <param name="MissingVolunteers">How many volunteers its team lacks.</param>
public sealed record Compliance(int Elders, int Volunteers, int MissingElders, int MissingVolunteers)
{
    public bool IsMet => MissingElders == 0 && MissingVolunteers == 0;
}

/// <summary>Days of the week. 开放日</summary>
[Flags]
public enum OpeningDays
{
    None = 0, Monday = 1, Tuesday = 2, Wednesday = 4, Thursday = 8, Friday = 16, Saturday = 32, Sunday = 64,
}

/// <summary>What places say no with.</summary>
public static class PlaceRefusals
{
    /// <summary>The place was closed.</summary>
    public static readonly Refusal Closed = new("places.closed");

    /// <summary>The person already belongs to it in this part.</summary>
    public static readonly Refusal MemberAlready = new("places.member-already", RefusalKind.Conflict, "person");

    /// <summary>The person does not belong to it in this part.</summary>
    public static readonly Refusal NoMember = new("places.no-member", RefusalKind.NotFound, "person");

    /// <summary>Nobody leaves before they came.</summary>
    public static readonly Refusal BeforeJoining = new("places.before-joining", RefusalKind.Invalid, "day");

    /// <summary>The village has another place of this name.</summary>
    public static readonly Refusal NameTaken = new("places.name-taken", RefusalKind.Conflict, "name");

    /// <summary>The part asks for someone else: elders are served by volunteers, and volunteers help.</summary>
    public static readonly Refusal WrongPart = new("places.wrong-part", RefusalKind.Rule, "part");

    /// <summary>Whoever was chosen as host belongs to no household yet.</summary>
    public static readonly Refusal HostUnhoused = new("places.host-unhoused", RefusalKind.Rule, "person");

    /// <summary>A village may have only so many points.</summary>
    public static readonly Refusal TooMany = new("places.too-many");

    public static readonly Refusal NotFound = new("places.not-found", RefusalKind.NotFound);
}
