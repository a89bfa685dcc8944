using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.IntegrationTests.Care;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>The clock was a year ahead once: nothing waits until that year is over.</summary>
public sealed class ClockLeapTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Checkpoints_go_on_after_one_that_is_dated_ahead(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var before = village.Clock.GetUtcNow();
        village.Clock.AdjustTime(before.AddYears(1));
        await Happen(village);
        await village.Settle();
        Assert.Equal(1, await Checkpoints(village));

        village.Clock.AdjustTime(before.AddMinutes(1));
        await Happen(village);
        await village.Settle();
        Assert.Equal(2, await Checkpoints(village));

        // And again no more often than once a minute.
        await Happen(village);
        await village.Settle();
        Assert.Equal(2, await Checkpoints(village));
        Assert.True((await village.Get<VerifyAudit>().Run(village.House, Ct)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task The_night_watch_checks_tonight_although_a_check_is_dated_ahead(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (before, watch) = (village.Clock.GetUtcNow(), village.Get<NightWatch>());
        village.Clock.AdjustTime(before.AddYears(1));
        Assert.True(await watch.Round(Ct));

        village.Clock.AdjustTime(before);
        Assert.True(await watch.Round(Ct));
        Assert.False(await watch.Round(Ct));
    }

    [Theory, EachDatabase]
    public async Task What_was_announced_in_the_leap_is_delivered_at_once_and_so_is_what_failed_in_it(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var (village, before) = (day.Village, day.Village.Clock.GetUtcNow());
        village.Clock.AdjustTime(before.AddDays(3));
        var visit = (await day.Record(day.Call(60, 0))).Value.Id;
        await Verify(day, visit);

        village.Clock.AdjustTime(before);
        Assert.Equal(1, await village.Get<Dispatcher>().Drain(Ct));

        // A try that failed in the leap is dated ahead too.
        village.Clock.AdjustTime(before.AddDays(3).AddHours(2));
        visit = (await day.Record(day.Call(60, 0))).Value.Id;
        await Verify(day, visit);
        await Tried(database);
        village.Clock.AdjustTime(before);
        Assert.Equal(1, await village.Get<Dispatcher>().Drain(Ct));
    }

    private static async Task Verify(CareDay day, Id<Visit> visit) => Assert.Null(
        (await day.Village.Get<VerifyVisit>().Run(
            new(day.NewVisit().Value, visit, VerificationWay.SecondPerson), day.Village.House, Ct)).Refusal);

    /// <summary>As if every delivery that waits had been tried once, and were to be tried again when it says.</summary>
    private static async Task Tried(TestDatabase database)
    {
        await using var connection = await database.Open(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = """UPDATE outbox_delivery SET "Attempts" = 1 WHERE "DeliveredAt" IS NULL""";
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Ct));
    }

    /// <summary>Something that the audit log keeps.</summary>
    private static Task Happen(Village village) => village.Get<Workspace>().Report("test.happened", "Test", village.House, Ct);

    private static Task<int> Checkpoints(Village village) =>
        village.Get<Workspace>().Read(village.House, db => db.SealCheckpoints.CountAsync(Ct));
}
