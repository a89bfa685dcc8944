using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Areas;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Application.People;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Cli.Demo;

/// <summary>Fills an empty house with the fictional county: areas, X village's roster, pairs, weeks of visits, one sign-in for each
/// role.</summary>
internal sealed class DemoVillage(IServiceProvider services, Workspace work, TimeProvider clock)
{
    private const int Seed = 20260301;

    /// <summary>X village.</summary>
    internal static readonly AreaCode X = new(990101_100_201);

    public async Task Make(CancellationToken ct)
    {
        var house = Actor.System(X);
        await SampleFiles.ImportAreas(services, ct);
        var begun = work.Today.AddDays(-DaysBack());
        await SampleFiles.ImportRoster(services, X, ct, begun);
        var consents = ActivatorUtilities.CreateInstance<DemoConsents>(services);
        await consents.Ask(X, begun.AddDays(-1), ct);
        var paid = await ActivatorUtilities.CreateInstance<DemoCareWorker>(services).Enter(X, ct);
        _ = (await Get<ProposePairs>().Run(new(Id<ProposePairs>.New(clock), X), house, ct)).Value;
        _ = (await Get<AcceptPairs>().Run(new(Id<AcceptPairs>.New(clock), X, null) { Since = begun }, house, ct)).Value;
        var statements = ActivatorUtilities.CreateInstance<DemoStatements>(services);
        await statements.Agree(X, ct);
        await ActivatorUtilities.CreateInstance<DemoMonth>(services).Replay(X, DaysBack(), Seed, paid, ct);

        var cast = await work.Read(house, db => CastOf(db, paid, ct));
        _ = (await Get<DemoSignIns>().Run(new(Id<DemoSignIns>.New(clock).Value, cast), Actor.System(X.At(AreaLevel.County)), ct))
            .Value;
        await Get<Dispatcher>().Drain(ct);
        await statements.Close(X, ct);
        await consents.TakeOneBack(X, cast.Players[Role.Volunteer], ct);
        await ActivatorUtilities.CreateInstance<DemoDays>(services)
            .Pass(X, cast.Players, ct);
        await Get<Dispatcher>().Drain(ct);
        await Get<AuditSealer>().Seal(ct);
    }

    /// <summary>All of last month and this month until yesterday: the village is in its second month.</summary>
    private int DaysBack()
    {
        var last = work.Today.AddMonths(-1);
        return work.Today.DayNumber - new DateOnly(last.Year, last.Month, 1).DayNumber;
    }

    /// <summary>A volunteer with elders, a relative of one of them, the leader of a point, the care worker: every role sees
    /// something.</summary>
    private static async Task<DemoSignIns.Cast> CastOf(ShouwangDb db, Id<Person> paid, CancellationToken ct)
    {
        var pairs = await db.Pairs.Where(p => p.State == PairState.Active && p.Volunteer != paid).ToListAsync(ct);
        var busiest = pairs.GroupBy(p => p.Volunteer).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Value).First();
        var elders = busiest.Select(p => p.Elder).ToArray();
        var relation = await db.Relations.Where(r => elders.Contains(r.Elder)).OrderBy(r => r.Id).FirstOrDefaultAsync(ct);
        var points = await db.Places.Where(p => p.Kind == PlaceKind.Point).OrderBy(p => p.Name).ToListAsync(ct);
        var leader = points[0].Members.FirstOrDefault(m => m.Part == MemberPart.Leader);
        var doctor = await db.People.Where(p => (p.Roles & PersonRoles.VillageDoctor) != 0).OrderBy(p => p.Id).FirstOrDefaultAsync(ct);

        var players = new Dictionary<Role, Id<Person>> { [Role.Volunteer] = busiest.Key, [Role.CareWorker] = paid };
        if (relation is not null) players[Role.Family] = relation.Relative;
        if (leader is not null && leader.Person != busiest.Key) players[Role.PointManager] = leader.Person;
        if (doctor is not null) players[Role.VillageDoctor] = doctor.Id;
        return new(players, points[0].Id);
    }

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();
}
