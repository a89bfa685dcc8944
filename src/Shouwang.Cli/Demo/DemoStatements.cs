using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Application.Places;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;

namespace Shouwang.Cli.Demo;

/// <summary>What stands between two months in the fictional village: both sides of most pairs agreed, last month was handed in, and the
/// township has taken all but one statement.</summary>
internal sealed class DemoStatements(
    IServiceProvider services, Workspace work, TimeProvider clock)
{
    /// <summary>Every so many pairs one consent is still missing, so that the list has something to do.</summary>
    private const int OneMissingIn = 12;

    public async Task Agree(AreaCode village, CancellationToken ct)
    {
        var house = Actor.System(village);
        var standing = (await Get<ListPairs>().All(house, ct)).Value.Pairs.Where(p => p.State == PairState.Active).ToList();
        var said = standing.SelectMany((pair, i) => i % OneMissingIn == 0
            ? new[] { (pair.Id, Side: PairSide.Volunteer) }
            : [(pair.Id, Side: PairSide.Elder), (pair.Id, Side: PairSide.Volunteer)]);
        foreach (var (pair, side) in said)
        {
            var command = new AnswerPair.Command(Id<Pair>.New(clock).Value, pair, side, PairAnswer.Agree, ConsentWay.Spoken);
            _ = (await Get<AnswerPair>().Run(command, house, ct)).Value;
        }
    }

    /// <summary>Hands in last month's statement of the village and of every point; the township takes all but the last point's.</summary>
    public async Task Close(AreaCode village, CancellationToken ct)
    {
        var cadre = await Holder(Role.VillageCadre, village, ct);
        var officer = await Holder(Role.TownshipOfficer, village.At(AreaLevel.Township), ct);
        var closed = new List<Id<MonthClose>>();
        var points = (await Get<ListPoints>().All(cadre, ct)).Value.Select(p => StatementSubject.Of(p.Id));
        foreach (var subject in points.Prepend(StatementSubject.Of(village)))
        {
            var id = Id<MonthClose>.New(clock).Value;
            var command = new SubmitStatement.Command(id, subject, work.Today.AddMonths(-1));
            closed.Add((await Get<SubmitStatement>().Run(command, cadre, ct)).Value.Id);
        }

        foreach (var statement in closed.SkipLast(1))
            _ = (await Get<DecideStatement>().Run(new(Id<MonthClose>.New(clock).Value, statement, true), officer, ct)).Value;
    }

    private async Task<Actor> Holder(Role role, AreaCode area, CancellationToken ct)
    {
        var post = await work.Read(Actor.System(area), db => db.Posts.FirstAsync(p => p.Role == role && p.Area == area, ct));
        return new(post.Person, role, area, Reach.Area);
    }

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();
}
