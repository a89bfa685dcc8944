using CsCheck;
using Shouwang.Planning.Pairing;
using Xunit;

namespace Shouwang.Tests.Planning.Pairing;

/// <summary>The pairing engine against an outside judge, and the certificate against planted mistakes.</summary>
public class PairingSolverTests
{
    [Fact]
    public void Two_hundred_random_problems_cost_what_the_outside_judge_finds()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var elders = seed < 180 ? 1 + (seed * 3 / 2) : 100 * (seed - 179);
            var problem = PairingCases.Draw(elders, 1 + (elders * (35 + (seed % 30)) / 100), 12, seed);
            var plan = PairingSolver.Solve(problem, TestContext.Current.CancellationToken);
            Assert.Equal(PairingCases.JudgeCost(problem), plan.Cost);
            Assert.True(PairingCertificate.Check(problem, plan).Holds, $"seed {seed}");
        }
    }

    [Fact]
    public void No_plan_breaks_a_hard_rule_and_every_plan_carries_its_proof() =>
        PairingCases.Small.Sample(problem =>
        {
            var certificate = PairingCertificate.Check(problem, PairingSolver.Solve(problem));
            Assert.Equal(0, certificate.BrokenRules);
            Assert.True(certificate.Holds);
            Assert.Equal(-1, certificate.FirstDoubt);
        });

    [Fact]
    public void The_certificate_catches_any_planted_dearer_pair()
    {
        var caught = 0;
        for (var seed = 0; seed < 50; seed++)
        {
            var problem = PairingCases.Draw(40, 25, 6, seed);
            var plan = PairingSolver.Solve(problem, TestContext.Current.CancellationToken);
            var elder = Enumerable.Range(0, 40).First(i => plan.Volunteer[i] >= 0 && problem.UnpairedCost[i] == 5000);
            plan.Volunteer[elder] = -1;
            Assert.False(PairingCertificate.Check(problem, plan).Holds);
            caught++;
        }

        Assert.Equal(50, caught);
    }

    [Fact]
    public void The_certificate_catches_too_many_elders_a_stranger_and_a_false_price()
    {
        var problem = new PairingProblem(2, 2, [0, 1, 2], [0, 0], [10, 20], [1, 1], [0, 0], [500, 500]);
        var plan = PairingSolver.Solve(problem, TestContext.Current.CancellationToken);
        Assert.True(PairingCertificate.Check(problem, plan).Holds);
        Assert.Equal(1, PairingCertificate.Check(problem, plan with { Volunteer = [0, 0] }).BrokenRules);
        Assert.Equal(1, PairingCertificate.Check(problem, plan with { Volunteer = [0, 1] }).BrokenRules);
        Assert.False(PairingCertificate.Check(problem, plan with { Price = [0, 0] }).Holds);
    }

    [Fact]
    public void Rising_place_costs_spread_the_elders_fairly()
    {
        int[] to = [0, 1, 0, 1, 0, 1, 0, 1];
        long[] cost = [10, 12, 10, 12, 10, 12, 10, 12];
        var flat = new PairingProblem(4, 2, [0, 2, 4, 6, 8], to, cost, [4, 4], new long[8], [99, 99, 99, 99]);
        var fair = flat with { LoadCost = [0, 5, 10, 15, 0, 5, 10, 15] };
        Assert.Equal(4, PairingSolver.Solve(flat, TestContext.Current.CancellationToken).Volunteer.Count(j => j == 0));
        Assert.Equal(2, PairingSolver.Solve(fair, TestContext.Current.CancellationToken).Volunteer.Count(j => j == 0));
    }

    [Fact]
    public void Malformed_arrays_are_named()
    {
        var good = PairingCases.Draw(5, 4, 3, 1);
        Assert.Throws<ArgumentException>(() => (good with { FirstArc = [0] }).Check());
        Assert.Throws<ArgumentException>(() => (good with { Capacity = [1] }).Check());
        Assert.Throws<ArgumentException>(() => (good with { LoadCost = [.. good.LoadCost, 1] }).Check());
        Assert.Throws<ArgumentException>(() => new PairingProblem(1, 1, [0, 2], [0, 0], [1, 2], [1], [0], [9]).Check());
        Assert.Throws<ArgumentException>(() => new PairingProblem(0, 1, [0], [], [], [2], [5, 4], []).Check());
    }

    [Fact]
    public void The_grid_finds_the_same_neighbours_as_looking_at_everyone() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 80], Gen.Int[1, 12], Gen.Int[0, 100_000]).Sample((n, m, k, seed) =>
        {
            var sketch = VillageSketch.Draw(n, m, seed);
            var (first, _, cost) = CandidateGrid.Nearest(sketch.Elders, sketch.Volunteers, k, 900);
            for (var i = 0; i < n; i++)
            {
                var from = sketch.Elders[i];
                var want = sketch.Volunteers.Select(v => Math.Sqrt(Math.Pow(v.X - from.X, 2) + Math.Pow(v.Y - from.Y, 2)))
                    .Where(d => d <= 900).Order().Take(k).Select(d => (long)Math.Round(d));
                Assert.Equal(want, cost[first[i]..first[i + 1]]);
            }
        });
}
