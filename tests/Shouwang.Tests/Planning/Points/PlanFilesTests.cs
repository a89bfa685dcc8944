using Shouwang.Cli.Plan;
using Xunit;

namespace Shouwang.Tests.Planning.Points;

/// <summary>Plans of made-up counties and hamlets are files that anybody can check; a changed one is not believed.</summary>
public sealed class PlanFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plans");

    private string Problem => Path.Combine(_folder.FullName, "problem.json");

    private string Plan => Path.Combine(_folder.FullName, "plan.json");

    [Theory]
    [InlineData("points", "--elders 60 --sites 8 --iterations 3000", "\"site\":[", 10)]
    [InlineData("pairs", "--elders 200 --volunteers 90", "\"volunteer\":[", 10)]
    public void A_plan_is_found_valid_and_each_of_ten_changed_ones_is_not(string kind, string asked, string list, int changes)
    {
        Assert.Equal(0, Run([kind, .. asked.Split(' '), "--problem", Problem, "--out", Plan]));
        Assert.Equal(0, Run(["validate", kind, Problem, Plan]));
        var text = File.ReadAllText(Plan);
        var at = text.IndexOf(list, StringComparison.Ordinal) + list.Length;
        var end = text.IndexOf(']', at);
        var chosen = text[at..end].Split(',');
        for (var k = 0; k < changes; k++)
        {
            var changed = chosen.ToArray();
            changed[5 * k] = changed[5 * k] == "0" ? "1" : k % 3 == 0 ? "99999" : "0";
            File.WriteAllText(Plan, text[..at] + string.Join(',', changed) + text[end..]);
            Assert.Equal(1, Run(["validate", kind, Problem, Plan]));
        }
    }

    [Theory]
    [InlineData("points", "{}", "{}")]
    [InlineData("pairs", "{", "{}")]
    [InlineData("points", "{\"firstArc\":[0],\"arcSite\":[],\"arcCost\":[],\"smallest\":[],\"largest\":[],\"openCost\":[],\"hamlet\":[0],\"splitCost\":0}", "{\"site\":[0],\"cost\":0,\"bound\":0}")]
    public void A_malformed_file_is_refused(string kind, string problem, string plan)
    {
        File.WriteAllText(Problem, problem);
        File.WriteAllText(Plan, plan);
        Assert.Equal(1, Run(["validate", kind, Problem, Plan]));
    }

    [Theory]
    [InlineData("cvrp", "X-n101-k25.vrp", "X-n101-k25.sol")]
    public void A_stored_route_solution_is_found_valid_and_a_changed_one_is_not(string kind, string instance, string solution)
    {
        File.WriteAllText(Problem, MealRuns.MealRunCases.Text(instance));
        File.WriteAllText(Plan, MealRuns.MealRunCases.Text(solution));
        Assert.Equal(0, Run(["validate", kind, Problem, Plan]));
        File.WriteAllText(Plan, MealRuns.MealRunCases.Text(solution).Replace("Cost 27591", "Cost 27590", StringComparison.Ordinal));
        Assert.Equal(1, Run(["validate", kind, Problem, Plan]));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static int Run(string[] words) => PlanCommand.Create().Parse(words).Invoke();
}
