using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>What somebody who may have gone is to the elder. 与老人的关系</summary>
public enum WentAs { Pair = 1, Understudy = 2, Writer = 3, Helper = 4 }

/// <summary>Who may have gone to an elder, for whoever writes down the visits of others: the pair, the understudy, oneself, then all who
/// help in the village. 谁去的</summary>
public sealed class WhoWent(Workspace work)
{
    public sealed record Candidate(Id<Person> Person, string Name, WentAs As);

    /// <param name="People">Nobody where the actor only ever writes down their own visits.</param>
    public sealed record View(IReadOnlyList<Candidate> People);

    /// <param name="recorded">Who stands in a record that is to be put right; they can stay there.</param>
    public async Task<Result<View>> Run(Id<Person> elder, Id<Person>? recorded, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.RecordVisits, actor.Scope)) return CommonRefusals.Forbidden;
        if (CallBook.OnlyForThemselves(actor.Role)) return new View([]);
        return await work.Read(actor, db => List(db, elder, recorded, ct));
    }

    private async Task<Result<View>> List(ShouwangDb db, Id<Person> elder, Id<Person>? recorded, CancellationToken ct)
    {
        if (await db.People.SingleOrDefaultAsync(p => p.Id == elder, ct) is not { } visited) return PeopleRefusals.NotFound;

        var pair = await db.Pairs.Where(p => p.Elder == elder && p.State == PairState.Active)
            .Select(p => new { p.Volunteer, p.Understudy }).FirstOrDefaultAsync(ct);
        var near = new (Id<Person>? Who, WentAs As)[]
        {
            (pair?.Volunteer, WentAs.Pair), (pair?.Understudy, WentAs.Understudy), (db.Looking.Person, WentAs.Writer),
            (recorded, WentAs.Helper),
        }.Where(n => n.Who is not null).Select(n => (Who: n.Who!.Value, n.As)).ToList();
        var names = await KnownNames.Of(db, near.Select(n => n.Who), ct);
        var village = await ByName.Order(WhoLives.Here(db.People, work.Today)
                .Where(p => p.Area == visited.Area && p.MergedInto == null && (p.Roles & KnownNames.Helping) != 0))
            .Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        return new View([
            .. near.Select(n => new Candidate(n.Who, names[n.Who], n.As))
                .Concat(village.Select(p => new Candidate(p.Id, p.Name, WentAs.Helper)))
                .Where(c => c.Person != elder).DistinctBy(c => c.Person),
        ]);
    }
}
