using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>The books are checked every night at the hour of the rules, once, and what is found is kept.</summary>
public sealed class CheckBooksTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task The_night_watch_checks_once_a_night_and_not_before_its_hour(TestDatabase database)
    {
        await using var village = await Village.On(database);
        village.Clock.SetUtcNow(new(2026, 3, 17, 2, 50, 0, TimeSpan.FromHours(8)));
        var watch = village.Get<NightWatch>();

        Assert.False(await watch.Round(Ct));
        village.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await watch.Round(Ct));
        await village.Settle();
        village.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.False(await watch.Round(Ct));
        village.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True(await watch.Round(Ct));

        var checks = (await village.Get<ListChecks>().Run(village.House, Ct)).Value;
        Assert.Equal([0, 0], checks.Select(c => c.Findings));
    }

    [Theory, EachDatabase]
    public async Task A_balance_that_was_changed_is_in_the_record_of_the_check(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await using (var connection = await database.Open(Ct))
        {
            await using var tamper = connection.CreateCommand();
            tamper.CommandText =
                """
                INSERT INTO ledger_account ("Id", "Book", "Kind", "Holder", "Area", "Stripe", "Floor", "Held", "Balance", "Version")
                VALUES ('00000000-0000-7000-8000-000000000001', 'Hours', 'Person', '00000000-0000-7000-8000-000000000002', 990101100201, 0, 0, 0, 60, 0)
                """;
            await tamper.ExecuteNonQueryAsync(Ct);
        }

        var receipt = (await village.Get<CheckBooks>().Run(new(Id<BookCheck>.New(village.Clock).Value), village.House, Ct)).Value;

        Assert.True(receipt.Findings >= 3);
        var check = Assert.Single((await village.Get<ListChecks>().Run(village.House, Ct)).Value);
        Assert.Contains(check.First, f => f.StartsWith("balance ", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task Who_may_not_verify_may_not_check(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var helper = village.As(await village.With("李大娘", Domain.People.PersonRoles.Volunteer), Role.Volunteer);

        var refused = await village.Get<CheckBooks>().Run(new(Id<BookCheck>.New(village.Clock).Value), helper, Ct);

        Assert.Equal(("common.forbidden", "common.forbidden"),
            (refused.Refusal?.Code, (await village.Get<ListChecks>().Run(helper, Ct)).Refusal?.Code));
    }
}
