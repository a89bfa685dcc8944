using System.Text.Json;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>The benchmarks fill the tables past the use cases, so a new column or index can break them without any other test failing: each
/// runs here once, at the smallest size, for its answer and not for its times.</summary>
public sealed class BenchesTests
{
    [Theory, EachDatabase]
    public async Task The_made_up_books_of_the_verify_benchmark_are_sound(TestDatabase database)
    {
        var measured = await CommandLine.Shipped(database).Answer(0, "bench", "verify", "--entries", "600", "--people", "40");

        Assert.Equal(600, measured.GetProperty("entries").GetInt32());
        Assert.True(measured.GetProperty("sound").GetBoolean());
    }

    [Theory, EachDatabase]
    public async Task The_made_up_county_of_the_list_benchmark_shows_every_list(TestDatabase database)
    {
        var (exit, output, error) = await CommandLine.Shipped(database).RunBare("bench", "lists", "--people", "200", "--runs", "1");

        Assert.True(exit == 0, error);
        var pages = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("page").GetString()).ToList();
        Assert.Contains("people", pages);
        Assert.Contains("security events", pages);
    }

    [Theory, EachDatabase]
    public async Task The_made_up_people_of_the_people_benchmark_are_found(TestDatabase database)
    {
        var (exit, output, error) = await CommandLine.Shipped(database).RunBare("bench", "people", "--people", "120", "--runs", "1");

        Assert.True(exit == 0, error);
        Assert.Equal(120, JsonDocument.Parse(output).RootElement.GetProperty("people").GetInt32());
    }
}
