using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.Places;

/// <summary>Lets a person belong to a place from a day on; a point's elder or volunteer leaves the point they belonged to. 变更成员</summary>
public sealed class MoveMember(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Place> Place, Id<Person> Person, MemberPart Part, DateOnly From) : ICommand;

    public sealed record Receipt(Id<Place> Place, Id<Person> Person);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Move(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Move(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var place = await unit.Db.Places.SingleOrDefaultAsync(p => p.Id == command.Place, ct);
        if (place is null) return PlaceRefusals.NotFound;
        if (!unit.Actor.May(Permission.KeepPlaces, place.Area)) return CommonRefusals.Forbidden;
        var person = await unit.Db.People.SingleOrDefaultAsync(p => p.Id == command.Person, ct);
        if (person is null) return PeopleRefusals.NotFound.On("person");
        if (!Fits(person, command.Part)) return PlaceRefusals.WrongPart;

        if (place.Kind == PlaceKind.Point && command.Part is MemberPart.Elder or MemberPart.Volunteer)
        {
            var before = await unit.Db.Places.Where(p => p.Kind == PlaceKind.Point && p.Id != place.Id
                && p.Members.Any(m => m.Person == person.Id && m.Part == command.Part && m.To == null)).ToListAsync(ct);
            foreach (var left in before)
            {
                if (!left.LetGo(person.Id, command.Part, command.From).IsOk(out _, out var no)) return no;
            }
        }

        return place.TakeIn(person.Id, command.Part, command.From).IsOk(out _, out var refusal)
            ? new Receipt(place.Id, person.Id) : refusal;
    }

    private static bool Fits(Person person, MemberPart part) => part switch
    {
        MemberPart.Elder => person.Is(PersonRoles.Elder),
        MemberPart.Volunteer => person.Is(PersonRoles.Volunteer | PersonRoles.CareWorker | PersonRoles.VillageDoctor),
        _ => Enum.IsDefined(part),
    };
}
