using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>A database server at the end of a slow line: everyone hears in time, and afterwards it goes on.</summary>
public sealed class SlowServerTests
{
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(2.5);
    private static readonly int[] s_told = [200, 503];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task On_a_slow_line_a_page_or_that_it_does_not_come_now_is_there_within_fifteen_seconds(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var line = LineTo(database);
        await using var house = await On(database, line);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/today", cookie));

        line.DelayAnswers(s_late);
        for (var i = 0; i < 2; i++)
            Assert.Contains(await house.StatusOf(HttpMethod.Get, "/today", cookie).WaitAsync(s_answer, Ct), s_told);

        line.DelayAnswers(TimeSpan.Zero);
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/today", cookie));
    }

    [Theory, EachDatabase]
    public async Task On_a_slow_line_who_wants_something_done_hears_within_fifteen_seconds_and_asks_again(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var line = LineTo(database);
        await using var house = await On(database, line);
        var officer = await house.SignIn(await house.Someone(Role.CountyOfficer, new(Village.X.At(AreaLevel.County))));
        Assert.Equal(200, await Fill(house, officer, house.NewId()));

        line.DelayAnswers(s_late);
        var id = house.NewId();
        for (var i = 0; i < 2; i++) Assert.Contains(await Fill(house, officer, id).WaitAsync(s_answer, Ct), s_told);

        line.DelayAnswers(TimeSpan.Zero);
        Assert.Equal(200, await Fill(house, officer, id));
    }

    [Fact]
    public async Task Who_has_waited_long_enough_waits_for_nothing_more_unless_it_takes_the_time_it_takes()
    {
        Assert.Equal(15, Patience.Seconds(15));
        Patience.Begin();
        Assert.Equal(8, Patience.Seconds(15));
        Patience.Waited(TimeSpan.FromSeconds(5));
        Assert.Equal((3, 2), (Patience.Seconds(15), Patience.Seconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(0.5), Patience.Within(s_answer));

        // What somebody else begins is theirs.
        await Task.Run(Patience.Begin, Ct);
        Assert.Equal(3, Patience.Seconds(15));
        Patience.Waited(TimeSpan.FromSeconds(0.5));
        Assert.Throws<TimeoutException>(() => Patience.Seconds(15));

        // What only has to be committed is committed a while longer.
        Assert.Equal(3, Patience.SecondsToCommit(15));
        Patience.Waited(TimeSpan.FromSeconds(1.5));
        Assert.Equal(2, Patience.SecondsToCommit(15));
        Patience.Waited(TimeSpan.FromSeconds(0.5));
        Assert.Throws<TimeoutException>(() => Patience.SecondsToCommit(15));
        Assert.Equal(TimeSpan.Zero, Patience.Within(s_answer));

        Patience.Lift();
        Assert.Equal(15, Patience.Seconds(15));
        Assert.Equal(s_answer, Patience.Within(s_answer));
    }

    private static SlowProxy LineTo(TestDatabase database) => new(new NpgsqlConnectionStringBuilder(database.ConnectionString).Port);

    private static Task<OpenHouse> On(TestDatabase database, SlowProxy line)
    {
        var over = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = line.Port };
        var site = Village.SiteOf(database) with { Connection = over.ToString() };
        return OpenHouse.On(database, services =>
            services.AddSingleton(s => site.OpenStore(s.GetRequiredService<TimeProvider>())));
    }

    private static async Task<int> Fill(OpenHouse house, string officer, Guid id)
    {
        using var answer = await house.Send(
            HttpMethod.Put, $"/api/v1/pool-fillings/{id}", officer, new { pool = $"{Village.X}", minutes = 10 });
        return (int)answer.StatusCode;
    }
}
