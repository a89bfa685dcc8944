using Shouwang.Planning.Rounds;
using Xunit;

namespace Shouwang.Tests.Planning.Rounds;

/// <summary>Planning again from a present plan: who was promised whom counts.</summary>
public sealed class ReplanTests
{
    private static readonly RoundsProblem s_problem = MankowskaJson.Read(RoundsCases.Text("hhcrsp-25-2.json"));
    private static readonly RoundsPlan s_present = RoundsCases.Solve(s_problem, 100_000);

    [Fact]
    public void Nothing_changes_when_nothing_has_happened()
    {
        var again = RoundsCases.Solve(Replanned(s_problem, change: 10_000), 50_000);
        Assert.Equal(0, Changed(again));
    }

    [Fact]
    public void Only_the_visits_of_an_ill_carer_change_hands_when_change_is_dear()
    {
        var ill = Enumerable.Range(0, s_problem.Carers.Length).First(CanBeSpared);
        var without = s_problem with { Requests = [.. s_problem.Requests.Select(request => Without(request, ill))] };
        var dear = RoundsCases.Solve(Replanned(without, change: 100_000_000), 100_000);
        var free = RoundsCases.Solve(Replanned(without, change: 0), 100_000);
        Assert.Empty(dear.Routes[ill]);
        Assert.Equal(s_present.Routes[ill].Length, Changed(dear));
        Assert.True(Changed(free) > Changed(dear), "without a price more visits change hands");
    }

    private static bool CanBeSpared(int carer) =>
        s_present.Routes[carer].Length > 0
            && (s_problem with { Requests = [.. s_problem.Requests.Select(request => Without(request, carer))] }).Fault() is null;

    private static RoundsRequest Without(RoundsRequest request, int ill) =>
        request with { Visits = [.. request.Visits.Select(visit =>
            visit with { Carers = [.. visit.Carers.Where(carer => carer != ill)] })] };

    private static RoundsProblem Replanned(RoundsProblem problem, double change)
    {
        var carers = Carers(s_present);
        return problem with
        {
            Prices = problem.Prices with { Change = change },
            Requests = [.. problem.Requests.Select((request, r) => request with
            {
                Present = [.. request.Visits.Select((_, i) => carers[(r, i)].Carer)],
                PresentStart = carers[(r, 0)].Start,
            })],
        };
    }

    private static Dictionary<(int Request, int Visit), (int Carer, int Start)> Carers(RoundsPlan plan) =>
        plan.Routes.SelectMany((stops, carer) => stops.Select(stop => ((stop.Request, stop.Visit), (carer, stop.Start)))).ToDictionary();

    private static int Changed(RoundsPlan plan)
    {
        var before = Carers(s_present);
        return Carers(plan).Count(visit => before[visit.Key].Carer != visit.Value.Carer);
    }
}
