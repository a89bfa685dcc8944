using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Places;

/// <summary>One place: who hosts, manages and leads it, whom it serves, and what it lacks. 场所页</summary>
public sealed class ShowPlace(Workspace work, Rulebook rulebook)
{
    /// <param name="To">The first day the membership no longer holds.</param>
    public sealed record Line(Id<Person> Person, string Name, MemberPart Part, DateOnly From, DateOnly? To, bool Holds);

    /// <param name="Compliance">How a point stands against its rules; null for other places.</param>
    /// <param name="MinElders">What the rule asks for.</param>
    /// <param name="PerVolunteer">What the rule asks for.</param>
    public sealed record View(
        Id<Place> Id, string Name, PlaceKind Kind, AreaCode Area, OpeningDays OpenOn, Id<Household>? Host, string HostNumber,
        DateOnly? ClosedOn, Compliance? Compliance, int MinElders, int PerVolunteer, IReadOnlyList<Line> Members, bool MayKeep)
    {
        /// <summary>Who lives in the host household, the eldest first.</summary>
        public IReadOnlyList<string> HostPeople { get; init; } = [];
    }

    public async Task<Result<View>> Run(Id<Place> id, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPlaces, actor.Scope) ? await work.Read(actor, db => Show(db, id, actor, ct)) : CommonRefusals.Forbidden;

    private async Task<Result<View>> Show(ShouwangDb db, Id<Place> id, Actor actor, CancellationToken ct)
    {
        var place = await db.Places.SingleOrDefaultAsync(p => p.Id == id, ct);
        if (place is null) return PlaceRefusals.NotFound;

        var (today, rules) = (work.Today, rulebook.At(place.Area, work.Today));
        var (least, each) = (rules.Int("points.min-elders"), rules.Int("points.max-elders-per-volunteer"));
        var number = place.HostHousehold is not { } roof ? null
            : await db.Households.Where(h => h.Id == roof).Select(h => h.Number).FirstOrDefaultAsync(ct);
        var hosts = place.HostHousehold is not { } host ? []
            : await db.People.Where(p => p.Household == host && p.MergedInto == null).OrderBy(p => p.Born).ThenBy(p => p.Id)
                .Select(p => p.Name).ToListAsync(ct);
        var names = await KnownNames.Of(db, place.Members.Select(m => m.Person), ct);
        var lines = place.Members.OrderByDescending(m => m.Period.Holds(today)).ThenBy(m => m.Part).ThenBy(m => m.From)
            .Select(m => new Line(m.Person, PersonSight.NameFor(actor, names.GetValueOrDefault(m.Person, "")), m.Part, m.From, m.To,
                m.Period.Holds(today)));
        return new View(
            place.Id, place.Name, place.Kind, place.Area, place.OpenOn, place.HostHousehold, number ?? "", place.ClosedOn,
            place.Kind == PlaceKind.Point ? place.ComplianceOn(today, least, each) : null, least, each, [.. lines],
            actor.May(Permission.KeepPlaces, place.Area))
        {
            HostPeople = [.. hosts.Select(name => PersonSight.NameFor(actor, name))],
        };
    }
}
