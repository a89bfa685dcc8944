using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

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
