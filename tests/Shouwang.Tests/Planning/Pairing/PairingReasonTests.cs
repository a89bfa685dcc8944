using CsCheck;
using Shouwang.Planning.Pairing;
using Xunit;

namespace Shouwang.Tests.Planning.Pairing;

/// <summary>Reasons: what a cadre reads out must be what the plan would really cost.</summary>
public class PairingReasonTests
{
    [Fact]
    public void The_nearer_volunteer_is_full_and_moving_her_would_cost_another_elder()
    {
        // Volunteer 0 is near both but takes one; elder 1 would have 340 m more.
        var problem = new PairingProblem(2, 2, [0, 2, 4], [0, 1, 0, 1], [100, 200, 60, 400], [1, 1], [0, 0], [9000, 9000]);
        var session = new PairingSession(problem);
        session.SolveAll(TestContext.Current.CancellationToken);
        var reason = session.ReasonFor(0);
        Assert.Equal(new PairingReason(0, PairingReasonKind.BetterIsFull, 1, 0, 100, 240, 1, 1, 340, 1), reason);
        Assert.Equal(PairingReasonKind.Best, session.ReasonFor(1).Kind);
    }

    [Fact]
    public void An_unpaired_elder_hears_whether_nobody_may_come_or_everybody_is_full()
    {
        var problem = new PairingProblem(3, 1, [0, 1, 2, 2], [0, 0], [10, 70], [1], [0], [500, 500, 500]);
        var session = new PairingSession(problem);
        session.SolveAll(TestContext.Current.CancellationToken);
        Assert.Equal(new PairingReason(1, PairingReasonKind.AllFull, -1, 0, 430, 60, 0, -1, 490, 1), session.ReasonFor(1));
        Assert.Equal(PairingReasonKind.NoCandidate, session.ReasonFor(2).Kind);
    }

    [Fact]
    public void The_loss_a_reason_names_is_what_forcing_the_pair_costs() =>
        PairingCases.Small.Sample(problem =>
        {
            var session = new PairingSession(problem);
            session.SolveAll();
            var cost = session.Cost;
            for (var i = 0; i < problem.Elders; i++)
            {
                var without = session.LossWithoutPair(i);
                var j = session.VolunteerOf(i);
                if (j >= 0) Assert.Equal(cost + without, PairingSolver.Solve(Without(problem, i, j)).Cost);
                if (session.ReasonFor(i) is not { Better: >= 0 } reason) continue;
                Assert.Equal(cost + reason.PlanLoss, PairingSolver.Solve(Forced(problem, i, reason.Better)).Cost - Force);
                Assert.Equal(cost, session.Cost);
            }
        }, iter: 40);

    [Fact]
    public void All_reasons_at_once_are_the_reasons_one_by_one() => PairingCases.Small.Sample(problem =>
    {
        var session = new PairingSession(problem);
        session.SolveAll();

        var all = session.Reasons();

        Assert.Equal(Enumerable.Range(0, problem.Elders).Select(session.ReasonFor), all);
    }, iter: 400);

    private const long Force = -100_000_000;

    private static PairingProblem Forced(PairingProblem problem, int elder, int volunteer) => Recost(problem, elder, volunteer, Force);

    private static PairingProblem Without(PairingProblem problem, int elder, int volunteer) => Recost(problem, elder, volunteer, -Force);

    private static PairingProblem Recost(PairingProblem problem, int elder, int volunteer, long more)
    {
        long[] cost = [.. problem.ArcCost];
        var first = problem.FirstArc[elder];
        cost[Array.IndexOf(problem.ArcVolunteer, volunteer, first, problem.FirstArc[elder + 1] - first)] += more;
        return problem with { ArcCost = cost };
    }
}
