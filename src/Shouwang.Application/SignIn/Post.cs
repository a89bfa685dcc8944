using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.SignIn;

/// <summary>That a person holds a role in an area for a time; a session works in one post. 岗位</summary>
public sealed class Post : Entity
{
    private Post() { }

    public Post(Id<Post> id, Id<Person> person, Role role, Workplace at, DateOnly from) =>
        (Id, Person, Role, Area, Point, From) = (id, person, role, at.Area, at.Point, from);

    public Id<Post> Id { get; private init; }

    public Id<Person> Person { get; private set; }

    public Role Role { get; private init; }

    /// <summary>The mutual-aid point of a point manager; none for other roles.</summary>
    public Id<Place>? Point { get; private init; }

    /// <summary>The first day it is held.</summary>
    public DateOnly From { get; private init; }

    /// <summary>The first day it is no longer held.</summary>
    public DateOnly? To { get; private set; }

    public bool IsHeldOn(DateOnly day) => new Period(From, To).Holds(day);

    /// <summary>Goes on under the other entry of the same person. 随人归并</summary>
    public void Follow(Id<Person> to) => Person = to;

    /// <summary>Ends the post on a day.</summary>
    public Result<Post> End(DateOnly day)
    {
        if (To is not null) return SignInRefusals.PostEnded;
        To = day;
        return this;
    }
}

/// <summary>Where a post is held: an area, and for a point manager the point. 工作地点</summary>
public sealed record Workplace(AreaCode Area, Id<Place>? Point = null);
