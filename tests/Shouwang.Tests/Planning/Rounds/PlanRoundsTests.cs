using Shouwang.Cli.Plan;
using Xunit;

namespace Shouwang.Tests.Planning.Rounds;

/// <summary>The command line refuses what cannot be planned, and writes nothing then.</summary>
public sealed class PlanRoundsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rounds");

    [Theory]
    [InlineData("hhcrsp", "{ \"patients\": ")]
    [InlineData("hhcrsp", "{ \"patients\": [], \"caregivers\": [], \"distances\": [[0]] }")]
    [InlineData("uhhc", "{ }")]
    public void A_malformed_instance_ends_with_1_and_writes_nothing(string kind, string text)
    {
        var (file, target) = (Path.Combine(_folder.FullName, "in.json"), Path.Combine(_folder.FullName, "out.json"));
        File.WriteAllText(file, text);
        Assert.Equal(1, PlanCommand.Create().Parse([kind, file, "--iterations", "10", "--out", target]).Invoke());
        Assert.False(File.Exists(target));
    }

    [Fact]
    public void A_plan_is_written_and_found_valid()
    {
        var (file, target) = (Path.Combine(_folder.FullName, "in.json"), Path.Combine(_folder.FullName, "out.json"));
        File.WriteAllText(file, RoundsCases.Text("uhhc-i-134.json"));
        Assert.Equal(0, PlanCommand.Create().Parse(["uhhc", file, "--iterations", "2000", "--out", target]).Invoke());
        Assert.Equal(0, PlanCommand.Create().Parse(["validate", "uhhc", file, target]).Invoke());
        File.WriteAllText(target, File.ReadAllText(target).Replace("\"service\":\"s7\"", "\"service\":\"s1\"", StringComparison.Ordinal));
        Assert.Equal(1, PlanCommand.Create().Parse(["validate", "uhhc", file, target]).Invoke());
    }

    [Fact]
    public void A_long_search_is_heard_at_most_once_in_two_seconds()
    {
        using var voice = new StringWriter { NewLine = "\n" };
        var now = 0.0;
        var progress = new PlanProgress(voice, () => now);
        foreach (var (second, cost) in new[] { (0.5, 900.0), (2.1, 800.25), (3.9, 700), (4.2, 600) })
        {
            now = second;
            progress.Hear(cost);
        }

        Assert.Equal("2 s: cost 800.25 so far\n4 s: cost 600 so far\n", voice.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
