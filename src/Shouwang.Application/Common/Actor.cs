using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.Common;

/// <summary>How far an actor sees inside their working area. 可及范围</summary>
public enum ReachKind { Area, Point, Pairs, Kin }

/// <summary>Whom an actor sees inside the area: everyone, the people of a point, the elders they are paired with, or their kin.
/// 可及范围</summary>
/// <param name="Kind">Which of the four.</param>
/// <param name="People">The people seen; not looked at when the reach is the whole area.</param>
/// <param name="Point">The mutual-aid point, when the reach is a point.</param>
public sealed record Reach(ReachKind Kind, IReadOnlyList<Guid> People, Id<Place>? Point = null)
{
    public static Reach Area { get; } = new(ReachKind.Area, []);
}

/// <summary>Who is asking, the one area they work in now, what they may do and whom they see. 操作者</summary>
public sealed record Actor(Id<Person> Person, Role Role, AreaCode Scope, Reach Reach)
{
    private static readonly Id<Person> s_system = new(new Guid("00000000-0000-8000-8000-000000000001"));

    /// <summary>The house itself: outbox deliveries, schedules, the command line.</summary>
    public static Actor System(AreaCode area) => new(s_system, Role.System, area, Reach.Area);

    /// <summary>Other areas this scope covers, because they were merged into it.</summary>
    public IReadOnlyList<AreaCode> Predecessors { get; init; } = [];

    /// <summary>Puts one of the two filters out of action, so that tests can prove that they would notice.</summary>
    internal Blindness Without { get; init; }

    public bool IsSystem => Role == Role.System;

    /// <summary>Whether this actor may do a thing in a place.</summary>
    public bool May(Permission permission, AreaCode where) =>
        Roles.Allows(Role, permission) && Covers(where);

    /// <summary>Whether a place lies in the working area or in one that was merged into it.</summary>
    public bool Covers(AreaCode where) => Scope.Contains(where) || Predecessors.Any(p => p.Contains(where));

    /// <summary>Whether this actor sees one person.</summary>
    public bool Sees(Id<Person> person) =>
        Reach.Kind == ReachKind.Area || person == Person || Reach.People.Contains(person.Value);
}

/// <summary>Which filter a test has put out of action.</summary>
internal enum Blindness { None, Area, Reach }
