using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>That one person is another's child, spouse, guardian or neighbour. 关系</summary>
public sealed class Relation : Entity
{
    private Relation() { }

    public Relation(Id<Relation> id, AreaCode area, Id<Person> elder, Id<Person> relative, RelationKind kind) =>
        (Id, Area, Elder, Relative, Kind) = (id, area, elder, relative, kind);

    public Id<Relation> Id { get; private init; }

    public Id<Person> Elder { get; private set; }

    public Id<Person> Relative { get; private set; }

    public RelationKind Kind { get; private init; }

    /// <summary>The place among those to call in an emergency, from 1; 0 for one who is not called. 紧急联系人顺序</summary>
    public int Contact { get; private set; }

    /// <summary>The first day it no longer holds; null while it does.</summary>
    public DateOnly? EndedOn { get; private set; }

    /// <summary>Those by blood or marriage in the next degree: spouse, parents and children. 直系亲属</summary>
    public static readonly IReadOnlyList<RelationKind> Direct = [RelationKind.Child, RelationKind.Spouse];

    public bool HoldsOn(DateOnly day) => EndedOn is null || day < EndedOn;

    /// <summary>Ends the relation from a day on; whoever is no relative is no contact.</summary>
    public Result<Relation> End(DateOnly day)
    {
        if (EndedOn is not null) return PeopleRefusals.RelationEnded;
        (EndedOn, Contact) = (day, 0);
        return this;
    }

    /// <summary>Goes on under the other entry of the same person. 随人归并</summary>
    public void Follow(Id<Person> from, Id<Person> to) =>
        (Elder, Relative) = (Elder == from ? to : Elder, Relative == from ? to : Relative);

    /// <summary>Puts one of an elder's relations at a place among the emergency contacts; the others keep their order around it.</summary>
    /// <param name="all">Every standing relation of the elder.</param>
    /// <param name="place">From 1; beyond the last means last, 0 takes it off the list.</param>
    public static void Order(IReadOnlyCollection<Relation> all, Relation moved, int place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        var called = all.Where(r => r != moved && r.Contact > 0).OrderBy(r => r.Contact).ToList();
        moved.Contact = 0;
        if (place > 0) called.Insert(Math.Min(place - 1, called.Count), moved);
        for (var i = 0; i < called.Count; i++) called[i].Contact = i + 1;
    }
}

/// <summary>How two people belong together. 关系种类</summary>
public enum RelationKind { Child = 1, Spouse = 2, Guardian = 3, Neighbour = 4 }
