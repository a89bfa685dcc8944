using Shouwang.Planning.MealRuns;
using Xunit;

namespace Shouwang.Tests.Planning.MealRuns;

public sealed class RoutingCheckTests
{
    private const string Toy = """
        toy

        VEHICLE
        NUMBER     CAPACITY
          2         10

        CUSTOMER
        CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME

            0      0         0          0          0        100          0
            1      3         4          4         10         20          5
            2      1         1          6          0         30          5
            3      0         7          5          0         50          5
        """;

    [Fact]
    public void The_stored_best_solution_of_an_x_instance_costs_what_its_file_says()
    {
        var verdict = RoutingCheck.Check(MealRunCases.X101(), RoutingSolution.Read(MealRunCases.Text("X-n101-k25.sol")));

        Assert.Empty(verdict.Breaches);
        Assert.Equal(27591, verdict.Cost);
    }

    [Theory]
    [InlineData(DistanceRounding.Dimacs, 5 + 3.6 + 1.4 + 14)]
    [InlineData(DistanceRounding.Real, 5 + 3.605551 + 1.414214 + 14)]
    public void A_toy_worked_out_by_hand_costs_the_same_under_both_roundings(DistanceRounding rounding, double cost)
    {
        var instance = SolomonFile.Read(Toy, rounding);

        var verdict = RoutingCheck.Check(instance, RoutingSolution.Read($"Route #1: 1 2\nRoute #2: 3\nCost {cost:0.####}"));

        Assert.Empty(verdict.Breaches);
        Assert.Equal(cost, verdict.Cost, 4);
    }

    [Theory]
    [InlineData("Route #1: 1 2\nRoute #2: 3\nCost 25", "cost", 3)]
    [InlineData("Route #1: 1 2\nCost 10", "visit", 2)]
    [InlineData("Route #1: 1 2\nRoute #2: 3 1\nCost 31.8", "visit", 2)]
    [InlineData("Route #1: 1 2\nRoute #2: 3 4\nCost 24", "visit", 2)]
    [InlineData("Route #1: 1 0 2\nRoute #2: 3\nCost 24", "visit", 1)]
    [InlineData("Route #1: 1 2 3\nCost 21.6", "capacity", 1)]
    [InlineData("Route #1: 3 1\nRoute #2: 2\nCost 18", "window", 1)]
    [InlineData("Route #1: 1\nRoute #2: 2\nRoute #3: 3\nCost 26.8", "fleet", 3)]
    [InlineData("Route #1: 1 2\nRoute #2:\nRoute #3: 3\nCost 24", "route", 2)]
    public void Each_kind_of_mutation_is_named_with_its_line(string solution, string constraint, int line)
    {
        var tight = Toy.Replace("10         20          5", "10         11          5", StringComparison.Ordinal);

        var verdict = RoutingCheck.Check(SolomonFile.Read(tight, DistanceRounding.Dimacs), RoutingSolution.Read(solution));

        Assert.Contains(verdict.Breaches, b => b.Constraint == constraint && b.Line == line);
    }

    [Theory]
    [InlineData("Route #1: 1 2\nRoute #3: 3\nCost 24", 2)]
    [InlineData("Route #1: 1 two\nRoute #2: 3\nCost 24", 1)]
    [InlineData("Route #1: 1 2\nRoute #2: 3", 2)]
    [InlineData("Route #1: 1 2\nCost 24\nRoute #2: 3", 3)]
    [InlineData("Tour 1 2 3\nCost 24", 1)]
    public void A_solution_file_out_of_format_is_refused_with_its_line(string solution, int line) =>
        Assert.Equal(line, Assert.Throws<RoutingFileException>(() => RoutingSolution.Read(solution)).Line);

    [Fact]
    public void A_solved_windows_instance_holds_and_every_move_of_a_stop_that_breaks_it_is_seen()
    {
        var instance = MealRunCases.R101();
        var solution = MealRunCases.Solve(instance, 60);
        Assert.Empty(RoutingCheck.Check(instance, solution).Breaches);

        var turned = solution.Routes.Select(r => (r.Line, r.Stops.Reverse().ToArray())).ToArray();

        Assert.Contains(RoutingCheck.Check(instance, solution with { Routes = turned }).Breaches, b => b.Constraint == "window");
    }

    [Theory]
    [InlineData("          2         10\n", "          2\n", 5)]
    [InlineData("    2      1         1          6 ", "    2      1         1          16 ", 12)]
    [InlineData("    2      1         1          6          0         30", "    2      1         1          6          40         30", 12)]
    [InlineData("    2      1         1          6          0         30", "    2      1         1          6          0         x", 12)]
    [InlineData("    2      1         1          6 ", "    7      1         1          6 ", 12)]
    [InlineData("    3      0         7          5          0         50", "    3      0         7          5          0         6", 13)]
    [InlineData("    3      0         7          5          0         50", "    3      0         60          5          0         99", 13)]
    public void An_instance_that_is_malformed_or_impossible_is_refused_with_its_line(string was, string becomes, int line)
    {
        var text = Toy.ReplaceLineEndings("\n").Replace(was.TrimStart('\n'), becomes, StringComparison.Ordinal);
        text = text == Toy.ReplaceLineEndings("\n") ? text.Replace(was.Trim(), becomes.Trim(), StringComparison.Ordinal) : text;

        var refused = Assert.Throws<RoutingFileException>(() => SolomonFile.Read(text, DistanceRounding.Dimacs).ToSolvableProblem());

        Assert.Equal(line, refused.Line);
    }

    [Theory]
    [InlineData("TYPE : \tCVRP", "TYPE : \tTSP", 3)]
    [InlineData("EUC_2D", "EXPLICIT", 5)]
    [InlineData("3\t792\t5", "3\t792", 10)]
    [InlineData("3\t792\t5", "2\t792\t5", 10)]
    [InlineData("CAPACITY : \t206", "CAPACITY : \t20", 111)]
    [InlineData("DIMENSION : \t101", "DIMENSION : \t100", 0)]
    public void A_capacity_instance_that_is_malformed_is_refused_with_its_line(string was, string becomes, int line)
    {
        var text = MealRunCases.Text("X-n101-k25.vrp");
        Assert.Contains(was, text, StringComparison.Ordinal);

        var refused = Assert.Throws<RoutingFileException>(() => CvrpFile.Read(text.Replace(was, becomes, StringComparison.Ordinal)));

        Assert.Equal(line, refused.Line);
    }
}
