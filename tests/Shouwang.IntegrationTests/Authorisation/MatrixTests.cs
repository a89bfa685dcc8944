using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.IntegrationTests.Look;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Authorisation;

public sealed class MatrixTests
{
    private static readonly string s_table = Path.Combine(Repository.Root, "tests/Shouwang.IntegrationTests/Authorisation/matrix.tsv");

    [Theory, EachDatabase]
    public async Task Every_endpoint_answers_every_role_from_every_position_as_the_table_says(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var world = await World.In(house);

        var answered = await Matrix.Ask(world);

        Committed.Agrees(s_table, answered);
    }

    [Theory, EachDatabase]
    public async Task The_table_follows_from_permissions_area_and_reach(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        Committed.Agrees(s_table, Matrix.Expect(house.Services));
    }

    [Theory, EachDatabase]
    public Task Without_the_area_filter_the_table_is_no_longer_met(TestDatabase database) => IsMissed(database, Blindness.Area);

    [Theory, EachDatabase]
    public Task Without_the_filter_of_the_reach_the_table_is_no_longer_met(TestDatabase database) => IsMissed(database, Blindness.Reach);

    private static async Task IsMissed(TestDatabase database, Blindness blindness)
    {
        await using var house = await OpenHouse.On(
            database, s => s.AddScoped(x => x.GetRequiredService<ActorSource>().Actor with { Without = blindness }));
        var world = await World.In(house);

        // The first line that differs is enough: walking on would take as long as the whole table.
        var table = await File.ReadAllLinesAsync(s_table, TestContext.Current.CancellationToken);
        var met = 0;
        await foreach (var line in Matrix.Lines(world))
        {
            if (met == table.Length || table[met++] != line) return;
        }

        Assert.Fail($"All {met} lines are answered as with the filter.");
    }

    [Fact]
    public async Task An_endpoint_that_does_not_say_who_may_use_it_keeps_the_house_from_opening()
    {
        await using var database = await TestDatabase.Create(DatabaseKind.Sqlite, TestContext.Current.CancellationToken);
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
        await using var app = builder.Build();
        Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/silent", () => "");

        Assert.Contains("/silent", Assert.Throws<InvalidOperationException>(() => Access.Check(app)).Message, StringComparison.Ordinal);
    }
}
