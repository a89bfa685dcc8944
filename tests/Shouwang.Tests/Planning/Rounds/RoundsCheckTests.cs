using Shouwang.Planning.Rounds;
using System.Text.Json.Nodes;
using Xunit;

namespace Shouwang.Tests.Planning.Rounds;

/// <summary>The checkers find the published costs, and find out what is wrong.</summary>
public sealed class RoundsCheckTests
{
    [Theory]
    [InlineData("hhcrsp-10-3", 305.858)]
    [InlineData("hhcrsp-25-2", 476.049)]
    public void A_published_solution_of_double_visits_has_its_published_cost(string name, double cost)
    {
        var verdict = MankowskaCheck.Check(RoundsCases.Text(name + ".json"), RoundsCases.Text(name + ".solution.json"));
        Assert.Empty(verdict.Broken);
        Assert.Equal(cost, verdict.Cost, 0.001);
    }

    [Theory]
    [InlineData("uhhc-i-116", 17393)]
    [InlineData("uhhc-i-134", 15820)]
    public void A_published_solution_with_shifts_and_lunch_has_its_published_cost(string name, double cost)
    {
        var verdict = UhhcCheck.Check(RoundsCases.Text(name + ".json"), RoundsCases.Text(name + ".solution.json"));
        Assert.Empty(verdict.Broken);
        Assert.Equal(cost, verdict.Cost, 0.001);
    }

    [Theory]
    [InlineData("a visit is missing", "is not given")]
    [InlineData("a visit is there twice", "is given twice")]
    [InlineData("the carer lacks the ability", "not able to give")]
    [InlineData("one carer does both", "both services are given by")]
    [InlineData("the carer cannot be there yet", "cannot be there before")]
    [InlineData("the window is not open", "before the window opens")]
    [InlineData("the second comes too late", "the second service starts")]
    [InlineData("the visit is cut short", "lasts")]
    [InlineData("the stated cost is wrong", "the file says it costs")]
    [InlineData("the patient is unknown", "does not exist")]
    [InlineData("the carer is unknown", "does not exist")]
    [InlineData("the service is not wanted", "does not need service")]
    [InlineData("a carer has two routes", "has two routes")]
    public void A_changed_solution_of_double_visits_is_rejected(string change, string says)
    {
        var solution = JsonNode.Parse(RoundsCases.Text("hhcrsp-10-3.solution.json"))!;
        RoundsMutations.Mankowska(solution, change);
        var verdict = MankowskaCheck.Check(RoundsCases.Text("hhcrsp-10-3.json"), solution.ToJsonString());
        Assert.Contains(verdict.Broken, rule => rule.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a visit is missing", "only 1 of 2 services")]
    [InlineData("a patient is missing", "not optional, but not visited")]
    [InlineData("a visit is there twice", "is given twice")]
    [InlineData("the carer lacks the ability", "qualification is")]
    [InlineData("the carer cannot be there yet", "cannot be there before")]
    [InlineData("the shift has not begun", "before the shift starts")]
    [InlineData("the window is not open", "before the window opens")]
    [InlineData("the visit is cut short", "lasts")]
    [InlineData("lunch is too short", "lunch is shorter")]
    [InlineData("lunch is too early", "is outside")]
    [InlineData("the stated cost is wrong", "the file says it costs")]
    [InlineData("the patient is unknown", "does not exist")]
    [InlineData("the carer is unknown", "does not exist")]
    public void A_changed_solution_with_shifts_and_lunch_is_rejected(string change, string says)
    {
        var solution = JsonNode.Parse(RoundsCases.Text("uhhc-i-116.solution.json"))!;
        RoundsMutations.Uhhc(solution, change);
        var verdict = UhhcCheck.Check(RoundsCases.Text("uhhc-i-116.json"), solution.ToJsonString());
        Assert.Contains(verdict.Broken, rule => rule.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("{}", "\"patients\" is missing")]
    [InlineData("""{"patients":[],"caregivers":[],"distances":[[0,1],[1]]}""", "row 1")]
    [InlineData("""{"patients":[],"caregivers":[],"distances":[[-1]]}""", "negative")]
    [InlineData("""{"patients":[],"caregivers":[],"distances":[[0]]}""", "no carer")]
    [InlineData(
        """{"patients":[{"id":"p1","time_window":[9,3],"required_caregivers":[{"service":"s","duration":1}]}],"caregivers":[{"id":"c","abilities":["s"]}],"distances":[[0,1],[1,0]]}""",
        "p1: time window ends before it starts")]
    [InlineData(
        """{"patients":[{"id":"p1","time_window":[3,9],"required_caregivers":[{"service":"t","duration":1}]}],"caregivers":[{"id":"c","abilities":["s"]}],"distances":[[0,1],[1,0]]}""",
        "p1: no carer may do service t")]
    public void A_malformed_instance_is_refused_with_the_place_of_the_fault(string text, string says)
    {
        var fault = Assert.Throws<RoundsFormatException>(() => MankowskaJson.Read(text));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }
}
