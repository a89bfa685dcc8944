using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>Where the record that is asked for stands, seen from whoever asks.</summary>
internal enum Position { Self, OwnArea, OwnPoint, Pair, Kin, Parent, Child, Sibling, OtherCounty }

/// <summary>One person at work in each role, all in one township, and for each of them a subject at every position.</summary>
internal sealed class World
{
    /// <summary>The working area of every role: a township, so that it has a parent, children, siblings.</summary>
    public static readonly AreaCode Home = new(990101100000);

    public static IReadOnlyList<Role> Roles { get; } = [.. Enum.GetValues<Role>().Where(r => r != Role.System)];

    private readonly Dictionary<Role, Bearer> _actors = [];
    private readonly Dictionary<Role, string> _cookies = [];
    private readonly Dictionary<Role, Id<Place>> _points = [];
    private readonly Dictionary<(Role, Position), Bearer> _subjects = [];

    private World(OpenHouse house) => House = house;

    public OpenHouse House { get; }

    public string CookieOf(Role role) => _cookies[role];

    public Bearer Actor(Role role) => _actors[role];

    /// <summary>The point whose manager, elders and statement a role's own point means.</summary>
    public Id<Place> PointOf(Role role) => _points[role];

    /// <summary>The person a record at this position belongs to.</summary>
    public Bearer Subject(Role role, Position position) => _subjects[(role, position)];

    /// <summary>The area a position lies in.</summary>
    public static AreaCode AreaOf(Position position) => position switch
    {
        Position.Parent => Home.Parent,
        Position.Child => new(990101100201),
        Position.Sibling => new(990101101000),
        Position.OtherCounty => new(990102100000),
        _ => Home,
    };

    /// <summary>What the area filter and the reach of a role let it see: the default of the expected table.</summary>
    public static bool Sees(Role role, Position position) => position switch
    {
        Position.Parent or Position.Sibling or Position.OtherCounty => false,
        Position.Self => true,
        _ => Application.Common.Roles.ReachOf(role) switch
        {
            ReachKind.Area => true,
            ReachKind.Point => position == Position.OwnPoint,
            ReachKind.Pairs => position == Position.Pair,
            _ => position == Position.Kin,
        },
    };

    public static async Task<World> In(OpenHouse house)
    {
        var world = new World(house);
        await house.Add(
            Domain.Areas.Area.Enter(Home, "示例乡", new(2020, 1, 1)).Value,
            Domain.Areas.Area.Enter(AreaOf(Position.Child), "示例村", new(2020, 1, 1)).Value);
        foreach (var role in Roles) await world.Settle(role);
        return world;
    }

    private async Task Settle(Role role)
    {
        var point = new Place(Id<Place>.New(House.Clock), Home, PlaceKind.Point, "示例点");
        _points[role] = point.Id;
        var actor = await House.Someone(role, new(Home, role == Role.PointManager ? point.Id : null), PersonRoles.Volunteer);
        _actors[role] = _subjects[(role, Position.Self)] = actor;
        foreach (var position in Enum.GetValues<Position>().Where(p => p != Position.Self))
        {
            _subjects[(role, position)] = await House.Someone(
                Role.Volunteer, new(AreaOf(position)), PersonRoles.Elder | PersonRoles.Volunteer);
        }

        var (member, paired, kin) = (Subject(role, Position.OwnPoint), Subject(role, Position.Pair), Subject(role, Position.Kin));
        point.Join(member.Person.Id, MemberPart.Elder, House.Today.AddDays(-10));
        var pair = new Pair(Id<Pair>.New(House.Clock), Home, paired.Person.Id, actor.Person.Id, null);
        _ = pair.Accept(House.Today.AddDays(-10)).Value;
        var relation = new Relation(Id<Relation>.New(House.Clock), Home, kin.Person.Id, actor.Person.Id, RelationKind.Child);
        var consent = Consent.Give(
            Id<Consent>.New(House.Clock), kin.Person, new(ConsentPurpose.FamilyView, ConsentMethod.Signed, null),
            House.Clock.GetUtcNow()).Value;
        await House.Add(point, pair, relation, consent);
        _cookies[role] = await House.SignIn(actor);
    }
}
