using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>The books are checked every night at the hour of the rules, once, and what is found is kept.</summary>
public sealed class CheckBooksTests
{
    private static readonly Guid s_li = new("01980000-0000-7000-8000-000000000001");

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
    public async Task A_transaction_the_house_never_wrote_gets_no_seal_and_the_alarm_reaches_the_auditor(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var auditor = await house.SignIn(await house.Someone(Role.Auditor, new(Village.X.At(AreaLevel.County))));
        await Given(house);
        Assert.DoesNotContain("账目核对有问题", await TodayOf(house, auditor), StringComparison.Ordinal);

        Assert.True(await house.Get<NightWatch>().Round(Ct));
        Assert.False(await house.Get<NightWatch>().Round(Ct));

        // With every guard of the database kept, balances that agree and the mark of a real row.
        await Forge(database);
        await Given(house);
        await house.Get<AuditSealer>().Seal(Ct);
        Assert.True(await house.Get<NightWatch>().Round(Ct));

        var found = (await house.Get<VerifyLedger>().Run(Actor.System(AreaCode.Nation), Ct)).Value;
        var forged = Assert.Single(found.First);
        Assert.Equal(("row-changed", 1), (forged.What, house.Get<AuditSealer>().Refused));
        Assert.Contains("77777777-7777-7777-8777-777777777777", forged.Where, StringComparison.Ordinal);
        var said = await house.Get<Workspace>().Read(Actor.System(AreaCode.Nation), db => db.SecurityEvents
            .Where(e => e.Code == AuditSealer.ForgedRow).Select(e => e.Command).ToListAsync(Ct));
        Assert.Equal(["Transaction 2"], said);
        Assert.Contains("账目核对有问题", await TodayOf(house, auditor), StringComparison.Ordinal);
        Assert.False(await house.Get<NightWatch>().Round(Ct));
    }

    private static async Task<string> TodayOf(OpenHouse house, string cookie)
    {
        using var answer = await house.Send(HttpMethod.Get, "/today", cookie);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private static Task Given(OpenHouse house) => house.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            var bank = AccountKey.OfOutside(Book.Hours, Village.X);
            var own = AccountKey.OfPerson(Book.Hours, new Id<Account>(s_li), Village.X);
            var taken = await unit.Books.Take(Ct, bank, own);
            var slip = new Slip(Id<Transaction>.New(house.Clock), Village.X, "test.given", unit.Now);
            return new(true, (await unit.Post(slip, taken[bank], taken[own], 5, Ct)).Refusal is null);
        },
        Ct);

    private static async Task Forge(TestDatabase database)
    {
        await using var connection = await database.Open(Ct);
        await using var forge = connection.CreateCommand();
        forge.CommandText =
            """
            INSERT INTO ledger_transaction ("Id", "Book", "Area", "Reason", "At", "Mark")
            SELECT '77777777-7777-7777-8777-777777777777', "Book", "Area", "Reason", "At", "Mark" FROM ledger_transaction;
            INSERT INTO ledger_posting ("TransactionId", "Line", "From", "To", "Amount")
            SELECT '77777777-7777-7777-8777-777777777777', 1, "From", "To", "Amount" FROM ledger_posting;
            UPDATE ledger_account SET "Balance" = "Balance" + 5, "Version" = "Version" + 1 WHERE "Kind" = 'Person';
            UPDATE ledger_account SET "Balance" = "Balance" - 5, "Version" = "Version" + 1 WHERE "Kind" = 'Outside';
            """;
        await forge.ExecuteNonQueryAsync(Ct);
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
