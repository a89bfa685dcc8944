using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.People;

/// <summary>Everyone and everything a roster can meet in one village, found the ways a roster names them. 村级名册</summary>
internal sealed class VillageRegister
{
    private readonly Dictionary<string, Person> _byId = [];
    private readonly Dictionary<(string Name, DateOnly Born), List<Person>> _byName = [];
    private readonly Dictionary<(string? Phone, string Name), Person> _byPhone = [];
    private readonly Dictionary<string, Household> _households = [];
    private readonly Dictionary<Id<Household>, string> _numbers = [];
    private readonly Dictionary<string, Place> _points = [];
    private readonly Dictionary<Id<Person>, HashSet<Place>> _pointsOf = [];
    private readonly Dictionary<Id<Person>, List<(Relation Relation, Person Relative)>> _relatives = [];

    private readonly HashSet<(Id<Person> One, Id<Person> Other)> _apart = [];

    private readonly HashSet<Id<Person>> _unlocated = [];
    private readonly ShouwangDb _db;
    private readonly HashSet<Entity> _untouched = new(ReferenceEqualityComparer.Instance);

    private VillageRegister(ShouwangDb db) => _db = db;

    /// <summary>What was made here and is not stored yet.</summary>
    public List<Entity> Entered { get; } = [];

    public static async Task<VillageRegister> Load(ShouwangDb db, AreaCode village, CancellationToken ct)
    {
        var register = new VillageRegister(db);
        var households = await db.Households.AsNoTracking().Where(h => h.Area == village).ToListAsync(ct);
        foreach (var household in households) register.Know(household);
        var people = await db.People.AsNoTracking().Where(p => p.Area == village).AsSplitQuery().ToListAsync(ct);
        foreach (var person in people.OrderBy(p => p.MergedInto is not null)) register.Know(person);
        register._apart.UnionWith(
            (await db.KeptApart.AsNoTracking().Where(k => k.Area == village).ToListAsync(ct)).Select(k => (k.One, k.Other)));
        register._unlocated.UnionWith(await ConsentBook.WhoTookBack(db, ConsentPurpose.Location).ToListAsync(ct));
        var points = await db.Places.AsNoTracking().Where(p => p.Area == village && p.Kind == PlaceKind.Point).ToListAsync(ct);
        foreach (var point in points) register.Know(point);
        register._untouched.UnionWith([.. people, .. points]);

        var byId = people.ToDictionary(p => p.Id);
        foreach (var relation in await db.Relations.AsNoTracking().Where(r => r.Area == village).ToListAsync(ct))
        {
            if (byId.TryGetValue(relation.Relative, out var relative)) register.Know(relation, relative);
        }

        return register;
    }

    /// <summary>A record that is about to change: from here on, what changes in it is stored. Nearly all of a village stays as it is, and
    /// is not followed.</summary>
    public T ToChange<T>(T record) where T : Entity
    {
        if (_untouched.Remove(record)) _db.Attach(record);
        return record;
    }

    public Person? WithId(string index) => _byId.GetValueOrDefault(index);

    /// <summary>Those of this name and birthday.</summary>
    public IReadOnlyList<Person> Named(string key, DateOnly born) => _byName.GetValueOrDefault((key, born)) ?? [];

    /// <summary>Whether somebody else may be the same person, and nobody has decided yet.</summary>
    public bool Suspects(Person person) => person.BornIsKnown && Named(person.NameKey, person.Born).Any(other =>
        Duplicates.Between(person, other) is not null && !_apart.Contains(KeptApart.Ordered(person.Id, other.Id)));

    /// <summary>Whether the person took back the consent to coordinates.</summary>
    public bool IsUnlocated(Person person) => _unlocated.Contains(person.Id);

    public string NumberOf(Person person) => person.Household is { } id ? _numbers[id] : "";

    public Household? Household(string number) => _households.GetValueOrDefault(number);

    /// <summary>A relative known by phone and name: brothers and sisters often name the same one.</summary>
    public Person? Relative(string? phoneIndex, string key) => phoneIndex is null ? null : _byPhone.GetValueOrDefault((phoneIndex, key));

    public IReadOnlyList<(Relation Relation, Person Relative)> RelativesOf(Person person) => _relatives.GetValueOrDefault(person.Id) ?? [];

    public Place? Point(string name) => _points.GetValueOrDefault(name);

    /// <summary>The points a person belongs to on a day, in a part.</summary>
    public IEnumerable<Place> PointsOf(Person person, MemberPart part, DateOnly day) =>
        _pointsOf.GetValueOrDefault(person.Id)?.Where(p => p.On(day, part).Contains(person.Id)) ?? [];

    /// <summary>Notes that a person belongs to a point from now on.</summary>
    public void Joined(Place point, Id<Person> person)
    {
        if (!_pointsOf.TryGetValue(person, out var points)) _pointsOf[person] = points = [];
        points.Add(point);
    }

    public void Enter(Household household)
    {
        Entered.Add(household);
        Know(household);
    }

    public void Enter(Person person)
    {
        Entered.Add(person);
        Know(person);
    }

    public void Enter(Place point)
    {
        Entered.Add(point);
        _points.Add(point.Name, point);
    }

    public void Enter(Relation relation, Person relative)
    {
        Entered.Add(relation);
        Know(relation, relative);
    }

    private void Know(Place point)
    {
        _points[point.Name] = point;
        foreach (var member in point.Members) Joined(point, member.Person);
    }

    private void Know(Household household)
    {
        _households.TryAdd(household.Number, household);
        _numbers[household.Id] = household.Number;
    }

    /// <summary>Files a person under the keys it has now; after a change, under the new ones too.</summary>
    public void Know(Person person)
    {
        if (person.Secrets.IdIndex is { } id) _byId.TryAdd(id, person);
        if (person.Secrets.PhoneIndex is { } phone) _byPhone.TryAdd((phone, person.NameKey), person);
        if (!person.BornIsKnown) return;
        if (!_byName.TryGetValue((person.NameKey, person.Born), out var named)) _byName[(person.NameKey, person.Born)] = named = [];
        if (!named.Contains(person)) named.Add(person);
    }

    private void Know(Relation relation, Person relative)
    {
        if (!_relatives.TryGetValue(relation.Elder, out var known)) _relatives[relation.Elder] = known = [];
        known.Add((relation, relative));
    }
}
