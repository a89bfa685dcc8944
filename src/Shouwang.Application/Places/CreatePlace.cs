using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Places;

/// <summary>What a place is like. 场所资料</summary>
/// <param name="Household">The number of the household that gives its rooms; empty for none.</param>
public sealed record PlaceArranged(string Name, OpeningDays OpenOn, string? Household)
{
    /// <summary>Somebody who lives in the household that gives its rooms; instead of its number.</summary>
    public Id<Person>? HostedBy { get; init; }
}

/// <summary>Sets up a place in a village: a mutual-aid point, a site, a home, a canteen, a day centre. 设立场所</summary>
public sealed class CreatePlace(Workspace work, Rulebook rulebook)
{
    private const int LongestName = 40;

    public sealed record Command(Id<Place> Id, AreaCode Village, PlaceKind Kind, PlaceArranged Arranged) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<Place> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Create(unit, command, ct), ct);

    private async Task<Result<Receipt>> Create(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!unit.Actor.Scope.Contains(command.Village)) return CommonRefusals.NotFound.On("village");
        if (!unit.Actor.May(Permission.KeepPlaces, command.Village)) return CommonRefusals.Forbidden;
        if (!Enum.IsDefined(command.Kind)) return CommonRefusals.BadInput.On("kind");
        if (!await unit.Db.Areas.AnyAsync(a => a.Area == command.Village, ct)) return PeopleRefusals.VillageUnknown;

        var most = rulebook.At(command.Village, Days.Of(unit.Now)).Int("points.max-per-village");
        if (command.Kind == PlaceKind.Point && await unit.Db.Places
            .CountAsync(p => p.Area == command.Village && p.Kind == PlaceKind.Point && p.ClosedOn == null, ct) >= most)
            return PlaceRefusals.TooMany.With("most", most);

        var place = new Place(command.Id, command.Village, command.Kind, "");
        if (!(await Arrange(unit, command.CommandId, place, command.Arranged, ct)).IsOk(out _, out var refusal)) return refusal;
        unit.Db.Add(place);
        return new Receipt(place.Id);
    }

    /// <summary>Settles name, opening days and host household of a place.</summary>
    internal static async Task<Result<Place>> Arrange(
        UnitOfWork unit, Guid command, Place place, PlaceArranged arranged, CancellationToken ct)
    {
        var name = arranged.Name.Trim();
        if (name.Length is 0 or > LongestName) return CommonRefusals.BadInput.On("name");
        if (await unit.Db.Places.AnyAsync(p => p.Area == place.Area && p.Name == name && p.Id != place.Id && p.ClosedOn == null, ct))
            return PlaceRefusals.NameTaken;

        if (arranged.HostedBy is { } person)
        {
            if (!(await HostOf(unit, place.Area, person, ct)).IsOk(out var host, out var refusal)) return refusal;
            place.Arrange(name, arranged.OpenOn, host);
            return place;
        }

        var number = (arranged.Household ?? "").Trim();
        var household = number.Length == 0 ? null : await KeptPerson.HouseholdOf(unit, command, place.Area, number, ct);
        place.Arrange(name, arranged.OpenOn, household?.Id);
        return place;
    }

    /// <summary>The household somebody of the village lives in.</summary>
    private static async Task<Result<Id<Household>>> HostOf(UnitOfWork unit, AreaCode area, Id<Person> id, CancellationToken ct)
    {
        var goesOn = await Successor.Of(unit.Db, id, ct);
        var person = await unit.Db.People.SingleOrDefaultAsync(p => p.Id == goesOn && p.Area == area, ct);
        if (person is null) return PeopleRefusals.NotFound.On("person");
        return person.Household is { } household ? household : PlaceRefusals.HostUnhoused;
    }
}
