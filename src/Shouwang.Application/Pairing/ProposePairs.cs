using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.Rules;
using Shouwang.Planning.Pairing;

namespace Shouwang.Application.Pairing;

/// <summary>Proposes who is paired with whom in an area: the cheapest way to give every elder a volunteer, proven so. 结对撮合</summary>
public sealed class ProposePairs(Workspace work, PersonVault vault, Rulebook rulebook)
{
    /// <param name="Id">The command's id.</param>
    /// <param name="Area">Village, township or county; pairs never cross a village border.</param>
    public sealed record Command(Id<ProposePairs> Id, AreaCode Area) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    /// <param name="Elders">Elders without a pair before.</param>
    /// <param name="Cost">Metres in all, with what fairness and leaving someone unpaired cost.</param>
    /// <param name="Optimal">Whether the certificate holds: no cheaper way exists.</param>
    public sealed record Receipt(int Elders, int Paired, IReadOnlyList<Unpaired> Unpaired, long Cost, bool Optimal);

    /// <summary>An elder left without a pair, and why.</summary>
    public sealed record Unpaired(Id<Person> Elder, string Reason);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Propose(unit, command, ct), ct);

    private async Task<Result<Receipt>> Propose(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!unit.Actor.May(Permission.ProposePairs, command.Area)) return CommonRefusals.MayNot(unit.Actor, command.Area);
        var today = Days.Of(unit.Now);
        var rules = rulebook.At(command.Area, today);
        var (elders, volunteers) = await Seats(unit.Db, command.Area, today, rules, ct);
        if (elders.Count == 0) return PairingRefusals.NobodyToPair;

        var problem = PairingBoard.Problem(elders, volunteers, rules);
        var session = new PairingSession(problem);
        session.SolveAll(ct);
        var plan = session.Plan();

        unit.Db.RemoveRange(await InArea(unit.Db.Pairs, command.Area).Where(p => p.State == PairState.Proposed).ToListAsync(ct));
        var unpaired = new List<Unpaired>();
        for (var i = 0; i < elders.Count; i++)
        {
            if (plan.Volunteer[i] < 0) unpaired.Add(new(elders[i].Person, $"pairing.reason.{Kebab(session.ReasonFor(i).Kind)}"));
            else unit.Db.Add(PairOf(command, elders[i], volunteers[plan.Volunteer[i]]));
        }

        return new Receipt(elders.Count, plan.Paired, unpaired, plan.Cost, PairingCertificate.Check(problem, plan).Holds);
    }

    /// <summary>Who is to be paired (elders without a pair) and who has places left.</summary>
    private async Task<(List<BoardSeat> Elders, List<BoardSeat> Volunteers)> Seats(
        ShouwangDb db, AreaCode area, DateOnly today, RulesInForce rules, CancellationToken ct)
    {
        var people = await InArea(db.People.AsNoTracking(), area).OrderBy(p => p.NameKey).ThenBy(p => p.Born)
            .ThenBy(p => p.Id).ToListAsync(ct);
        var active = await InArea(db.Pairs.AsNoTracking(), area).Where(p => p.State == PairState.Active).ToListAsync(ct);
        var points = await InArea(db.Places.AsNoTracking(), area).Where(p => p.Kind == PlaceKind.Point).ToListAsync(ct);
        var pointOf = points.SelectMany(p => p.Members.Where(m => m.Period.Holds(today)).Select(m => (m.Person, p.Id)))
            .GroupBy(m => m.Person).ToDictionary(g => g.Key, g => g.First().Id);
        var paired = active.Select(p => p.Elder).ToHashSet();
        var load = active.CountBy(p => p.Volunteer).ToDictionary();
        var places = rules.Int("points.max-elders-per-volunteer");

        BoardSeat Seat(Person p, int free)
        {
            var home = vault.OpenHome(p.Id, p.Secrets);
            var spot = HomeSpotMetres.Of(home?.Latitude, home?.Longitude);
            return new(p.Id, p.Area, p.Group, pointOf.TryGetValue(p.Id, out var at) ? at : null,
                spot is { } s ? new MapPoint(s.East, s.North) : null, free);
        }

        return (
            [.. people.Where(p => p.Is(PersonRoles.Elder) && !paired.Contains(p.Id)).Select(p => Seat(p, 0))],
            [.. people.Where(p => p.Is(PersonRoles.Volunteer)).Select(p => Seat(p, Math.Max(0, places - load.GetValueOrDefault(p.Id))))]);
    }

    private static Pair PairOf(Command command, BoardSeat elder, BoardSeat volunteer) =>
        new(new(DerivedId.Of(command.Id.Value, elder.Person.ToString())), elder.Village, elder.Person, volunteer.Person, elder.Point);

    private static IQueryable<T> InArea<T>(IQueryable<T> all, AreaCode area) where T : Entity
    {
        var (first, last) = (area.First, area.Last);
        return all.Where(e => e.Area >= first && e.Area <= last);
    }

    private static string Kebab(PairingReasonKind kind) => RuleWords.Kebab(kind.ToString());
}
