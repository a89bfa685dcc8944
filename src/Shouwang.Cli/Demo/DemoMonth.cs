using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;

namespace Shouwang.Cli.Demo;

/// <summary>Some weeks of visits in the fictional village, recorded and confirmed through the same use cases as real ones; the same seed
/// gives the same weeks.</summary>
internal sealed class DemoMonth(Workspace work, ListPairs pairs, RecordVisit record, VerifyVisit verify, TimeProvider clock)
{
    /// <summary>How many commands are under way at once; they share commits.</summary>
    private const int AtOnce = 48;

    private static readonly ServiceItems[] s_items =
    [
        ServiceItems.Visit, ServiceItems.Visit, ServiceItems.Visit | ServiceItems.Meals, ServiceItems.Visit | ServiceItems.Cleaning,
        ServiceItems.Errands, ServiceItems.Visit | ServiceItems.Medical, ServiceItems.Farming, ServiceItems.Escort,
    ];

    /// <summary>Replays the weeks before today. Returns how many visits were recorded.</summary>
    /// <param name="paid">The care worker among those who go.</param>
    public async Task<int> Replay(AreaCode village, int days, int seed, Id<Person> paid, CancellationToken ct)
    {
        var house = Actor.System(village);
        var standing = (await pairs.All(house, ct)).Value.Pairs.Where(p => p.State == PairState.Active).ToList();
        var relatives = await work.Read(house, db => db.Relations.ToDictionaryAsync(r => r.Elder, r => r.Relative, ct));
        var random = new Random(seed);
        var planned = standing.SelectMany(p => Weeks(p, relatives.GetValueOrDefault(p.Elder), days, random)).ToList();

        var recorded = 0;
        foreach (var batch in planned.Chunk(AtOnce))
            recorded += (await Task.WhenAll(batch.Select(v => Visit(v, paid, village, ct)))).Count(made => made);
        return recorded;
    }

    private sealed record Planned(RecordVisit.Command Command, Id<Person>? Confirms, VerificationWay How);

    /// <summary>One pair's weeks: a call every two to six days, in daylight, most of them confirmed.</summary>
    private IEnumerable<Planned> Weeks(ListPairs.Row pair, Id<Person> relative, int days, Random random)
    {
        var today = Days.Of(clock.GetUtcNow());
        for (var back = days - random.Next(0, 4); back >= 1; back -= random.Next(2, 7))
        {
            var start = Days.At(today.AddDays(-back), new TimeOnly(random.Next(8, 18), random.Next(0, 60)));
            var outcome = random.Next(100) switch { < 93 => VisitOutcome.Done, < 97 => VisitOutcome.NobodyHome, _ => VisitOutcome.Refused };
            var way = random.Next(100) switch { < 88 => VisitWay.Door, < 98 => VisitWay.Phone, _ => VisitWay.Video };
            var condition = random.Next(100) switch { < 94 => Condition.Well, _ => Condition.Unwell };
            var minutes = outcome == VisitOutcome.Done ? random.Next(2, 16) * 5 : 5;
            var items = outcome == VisitOutcome.Done ? s_items[random.Next(s_items.Length)] : ServiceItems.None;
            var command = new RecordVisit.Command(
                Id<Visit>.New(clock), pair.Elder, pair.Volunteer, start, start.AddMinutes(minutes), new(way, outcome, items, condition));
            var confirmed = outcome == VisitOutcome.Done && random.Next(100) < 85 && relative != default;
            yield return new(command, confirmed ? relative : null, VerificationWay.Relative);
        }
    }

    /// <summary>Records one call and has it confirmed; a call at a time when the volunteer was elsewhere does not take place.</summary>
    private async Task<bool> Visit(Planned planned, Id<Person> paid, AreaCode village, CancellationToken ct)
    {
        var (elder, helper) = (planned.Command.Elder, planned.Command.Volunteer);
        var role = helper == paid ? Role.CareWorker : Role.Volunteer;
        var recorded = await record.Run(planned.Command, new(helper, role, village, new(ReachKind.Pairs, [elder.Value])), ct);
        if (recorded.Refusal == CareRefusals.TwoPlacesAtOnce) return false;
        _ = recorded.Value;
        if (planned.Confirms is not { } relative) return true;

        var family = new Actor(relative, Role.Family, village, new(ReachKind.Kin, [elder.Value]));
        _ = (await verify.Run(new(DerivedId.Of(planned.Command.CommandId, "demo.verified"), planned.Command.Id, planned.How), family, ct))
            .Value;
        return true;
    }
}
