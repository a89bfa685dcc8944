using CsCheck;
using Shouwang.Planning.Pairing;
using Xunit;

namespace Shouwang.Tests.Planning.Pairing;

/// <summary>Changes to a standing plan: as cheap as planning anew, and only the people on one path move.</summary>
public class PairingSessionTests
{
    [Fact]
    public void Any_series_of_changes_costs_what_planning_anew_costs() =>
        Gen.Select(PairingCases.Small, Gen.Int[0, 1_000_000]).Sample((problem, seed) =>
        {
            var session = new PairingSession(problem);
            session.SolveAll();
            var random = new Random(seed);
            for (var step = 0; step < 12; step++)
            {
                var before = Volunteers(session);
                var moves = Change(session, random);
                Assert.Equal(Differences(before, Volunteers(session)), moves);
                var now = session.Problem();
                Assert.True(PairingCertificate.Check(now, session.Plan()).Holds, $"step {step}");
                Assert.Equal(PairingSolver.Solve(now).Cost, session.Cost);
            }
        });

    [Fact]
    public void One_more_elder_where_there_is_room_moves_nobody_else()
    {
        var problem = VillageSketch.Draw(50, 25, 3).ToProblem(10);
        var session = new PairingSession(problem);
        session.SolveAll(TestContext.Current.CancellationToken);
        var free = Enumerable.Range(0, 25).First(j => session.LoadOf(j) < 3);
        Assert.Equal([new PairingMove(50, -1, free)], session.AddElder([free], [100], 1_000_000));
    }

    [Fact]
    public void Removing_an_elder_nobody_waits_for_moves_nobody_else()
    {
        var session = new PairingSession(new PairingProblem(2, 2, [0, 1, 2], [0, 1], [5, 5], [2, 2], [0, 0, 0, 0], [99, 99]));
        session.SolveAll(TestContext.Current.CancellationToken);
        Assert.Equal([new PairingMove(0, 0, -1)], session.RemoveElder(0));
    }

    [Fact]
    public void A_forbidden_pair_never_comes_back()
    {
        var problem = VillageSketch.Draw(50, 20, 5).ToProblem(10);
        var session = new PairingSession(problem);
        session.SolveAll(TestContext.Current.CancellationToken);
        var refused = new HashSet<(int, int)>();
        for (var i = 0; i < 50; i++)
        {
            if (session.VolunteerOf(i) is not (>= 0 and var j)) continue;
            session.Forbid(i, j);
            refused.Add((i, j));
            Assert.DoesNotContain(Enumerable.Range(0, 50), e => refused.Contains((e, session.VolunteerOf(e))));
            Assert.True(PairingCertificate.Check(session.Problem(), session.Plan()).Holds);
        }
    }

    [Fact]
    public void A_dearer_pair_that_is_still_the_cheapest_stays_and_a_dearer_one_parts()
    {
        var session = new PairingSession(new PairingProblem(1, 2, [0, 2], [0, 1], [5, 30], [1, 1], [0, 0], [99]));
        session.SolveAll(TestContext.Current.CancellationToken);
        Assert.Empty(session.Raise(0, 1, 7));
        Assert.Empty(session.Raise(0, 0, 32));
        Assert.Equal(37, session.Cost);
        Assert.Equal([new PairingMove(0, 0, 1)], session.Raise(0, 0, 1));
        Assert.Equal(37, session.Cost);
        session.Forbid(0, 0);
        Assert.Empty(session.Raise(0, 0, 1));
        Assert.Single(session.Problem().ArcCost);
    }

    private static int[] Volunteers(PairingSession session) =>
        [.. Enumerable.Range(0, session.Elders).Select(session.VolunteerOf)];

    private static List<PairingMove> Differences(int[] before, int[] after)
    {
        var moves = new List<PairingMove>();
        for (var i = 0; i < after.Length; i++)
        {
            var from = i < before.Length ? before[i] : -1;
            if (from != after[i]) moves.Add(new PairingMove(i, from, after[i]));
        }

        return moves;
    }

    private static IReadOnlyList<PairingMove> Change(PairingSession session, Random random)
    {
        var elder = session.Elders == 0 ? -1 : random.Next(session.Elders);
        var volunteer = session.Volunteers == 0 ? -1 : random.Next(session.Volunteers);
        switch (random.Next(8))
        {
            case 0 when elder >= 0:
                return session.RemoveElder(elder);
            case 1 when elder >= 0:
                var (candidates, costs) = Some(session.Volunteers, random);
                return session.ChangeElder(elder, candidates, costs, random.Next(1000));
            case 2 when volunteer >= 0:
                return session.ChangeVolunteer(volunteer, Places(random));
            case 3 when volunteer >= 0:
                return session.RemoveVolunteer(volunteer);
            case 4 when elder >= 0 && volunteer >= 0:
                return session.Forbid(elder, volunteer);
            case 5 when elder >= 0 && volunteer >= 0:
                return session.Raise(elder, session.VolunteerOf(elder) is >= 0 and var hers ? hers : volunteer, random.Next(200));
            case 6:
                var (elders, arcs) = Some(session.Elders, random);
                return session.AddVolunteer(Places(random), elders, arcs);
            default:
                var (known, prices) = Some(session.Volunteers, random);
                return session.AddElder(known, prices, random.Next(1000));
        }
    }

    private static (int[] Ids, long[] Costs) Some(int of, Random random)
    {
        var ids = Enumerable.Range(0, of).Where(_ => random.Next(3) == 0).ToArray();
        return (ids, [.. ids.Select(_ => (long)random.Next(-50, 500))]);
    }

    private static long[] Places(Random random)
    {
        var places = new long[random.Next(4)];
        for (var k = 0; k < places.Length; k++) places[k] = (k == 0 ? random.Next(-20, 20) : places[k - 1]) + (random.Next(3) * 20);
        return places;
    }
}
