using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.TimeBank;

/// <summary>Hours that are set aside: not to be spent, paid once, given back, or free again by themselves.</summary>
public sealed class HoldTests
{
    [Theory, EachDatabase]
    public async Task Twelve_who_set_the_same_hours_aside_at_once_set_them_aside_once(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, zhang, actor) = await Two(village, 60);
        var command = new ReserveHours.Command(Id<Hold>.New(village.Clock), li.Id, zhang.Id, 45);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => village.Get<ReserveHours>().Run(command, actor, default)));

        Assert.All(answers, a => Assert.Equal((15L, village.Clock.GetUtcNow().AddDays(7)), (a.Value.FreeMinutes, a.Value.Until)));
        var gift = await village.Get<TransferHours>().Run(new(NewId(village), li.Id, zhang.Id, 16), actor, default);
        Assert.Equal("ledger.not-enough", gift.Refusal?.Code);
        var row = Assert.Single((await village.Get<ListHolds>().Run(1, actor, default)).Value);
        Assert.Equal((45L, "李大娘", "张小明"), (row.Minutes, row.FromName, row.ToName));
    }

    [Theory, EachDatabase]
    public async Task A_part_is_paid_once_however_often_it_is_asked_and_the_rest_is_free(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, zhang, actor) = await Two(village, 60);
        var hold = await Reserve(village, actor, li, zhang, 45);
        var pay = new PayHold.Command(NewId(village), hold, 30);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => village.Get<PayHold>().Run(pay, actor, default)));

        Assert.All(answers, a => Assert.Equal(15, a.Value.FreedMinutes));
        Assert.Equal("ledger.hold-ended",
            (await village.Get<PayHold>().Run(pay with { Id = NewId(village) }, actor, default)).Refusal?.Code);
        Assert.Null((await village.Get<TransferHours>().Run(new(NewId(village), li.Id, zhang.Id, 30), actor, default)).Refusal);
        Assert.Empty((await village.Get<ListHolds>().Run(1, actor, default)).Value);
        Assert.True((await village.Get<VerifyLedger>().Run(village.House, default)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task After_its_time_a_hold_counts_no_more_though_nobody_has_looked(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, zhang, actor) = await Two(village, 60);
        var hold = await Reserve(village, actor, li, zhang, 60);

        village.Clock.Advance(TimeSpan.FromDays(7));

        Assert.Empty((await village.Get<ListHolds>().Run(1, actor, default)).Value);
        var late = await village.Get<PayHold>().Run(new(NewId(village), hold, 10), actor, default);
        Assert.Equal("ledger.hold-expired", late.Refusal?.Code);
        Assert.Null((await village.Get<TransferHours>().Run(new(NewId(village), li.Id, zhang.Id, 60), actor, default)).Refusal);
    }

    [Theory, EachDatabase]
    public async Task The_house_ends_what_is_over_by_itself_and_once(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, zhang, actor) = await Two(village, 60);
        _ = await Reserve(village, actor, li, zhang, 20);
        _ = await Reserve(village, actor, li, zhang, 20);
        Assert.Equal(0, await village.Get<HoldWatch>().Round(default));

        village.Clock.Advance(TimeSpan.FromDays(8));

        Assert.Equal(1, await village.Get<HoldWatch>().Round(default));
        Assert.Equal(0, await village.Get<HoldWatch>().Round(default));
        Assert.Equal(2L, await Scalar(database, """SELECT COUNT(*) FROM ledger_hold_end WHERE "Outcome" = 'Expired'"""));
        Assert.Equal(0L, await Scalar(database, """SELECT CAST(SUM("Held") AS bigint) FROM ledger_account"""));
    }

    [Theory, EachDatabase]
    public async Task The_cadre_gives_back_what_a_stranger_may_not_touch(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, zhang, actor) = await Two(village, 60);
        var hold = await Reserve(village, actor, li, zhang, 60);
        var cadre = village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre);
        var elsewhere = cadre with { Scope = Village.Beside };

        foreach (var stranger in new[] { village.As(zhang, Role.Volunteer), elsewhere })
        {
            Assert.Empty((await village.Get<ListHolds>().Run(1, stranger, default)).Value);
            Assert.Equal("ledger.hold-not-found", (await Void(village, hold, stranger)).Refusal?.Code);
        }

        var paid = await village.Get<PayHold>().Run(new(NewId(village), hold, 1), cadre, default);
        Assert.Equal("ledger.hold-not-found", paid.Refusal?.Code);
        Assert.Single((await village.Get<ListHolds>().Run(1, cadre, default)).Value);
        Assert.Equal(60, (await Void(village, hold, cadre)).Value.FreedMinutes);
        Assert.Equal("ledger.hold-ended", (await Void(village, hold, actor)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_forged_hold_or_end_does_not_pass_the_database(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, zhang, actor) = await Two(village, 60);
        var hold = await Reserve(village, actor, li, zhang, 40);
        var forged = $"""
            INSERT INTO ledger_hold ("Id", "Book", "Area", "Reason", "From", "To", "Amount", "At", "Until")
            SELECT '{NewId(village).ToString().ToUpperInvariant()}', "Book", "Area", "Reason", "From", "To", 21, "At", "Until"
            FROM ledger_hold
            """;
        if (database.Kind == DatabaseKind.Postgres) forged = forged.Replace("', \"Book\"", "'::uuid, \"Book\"", StringComparison.Ordinal);
        await Refused(database, forged, "ck_ledger_account_floor");

        await Refused(database, End("Committed", 41, "\"At\"", "\"Id\""), "within its amount");
        await Refused(database, End("Expired", 0, "\"At\"", "NULL"), "in time");
        await Refused(database, End("Committed", 10, "\"Until\"", "\"Id\""), "in time");
        await Refused(database, End("Voided", 5, "\"At\"", "NULL"), "within its amount");
        await Refused(database, End("Committed", 10, "\"At\"", "NULL"), "a hold ends once");
        await Refused(database, End("Voided", 0, "\"At\"", "\"Id\""), "a hold ends once");
        var unknown = End("Voided", 0, "\"At\"", "NULL").Replace("\"Id\",", "\"To\",", StringComparison.Ordinal);
        await Refused(database, unknown, "a hold ends once");
        _ = (await Void(village, hold, actor)).Value;
        await Refused(database, End("Voided", 0, "\"At\"", "NULL"), database.Kind == DatabaseKind.Sqlite ? "UNIQUE" : "IX_ledger_hold_end_HoldId");
    }

    [Theory, EachDatabase]
    public async Task Hours_and_money_that_belong_together_move_together_or_not_at_all(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, _, _) = await Two(village, 60);
        foreach (var (fen, moves) in new[] { (501L, false), (500L, true) })
        {
            Assert.Equal(moves, await PayTogether(village, li, minutes: 30, fen));
            var linked = await Scalar(database, """SELECT COUNT(*) FROM ledger_transaction WHERE "LinkedTo" IS NOT NULL""");
            Assert.Equal(moves ? 2L : 0L, linked);
        }

        Assert.True((await village.Get<VerifyLedger>().Run(village.House, default)).Value.IsSound);
    }

    private static Task<bool> PayTogether(Village village, Person payer, long minutes, long fen) => village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(village.House);
            AccountKey[] keys =
            [
                AccountKey.OfPerson(Book.Hours, payer.Id, payer.Area), AccountKey.OfOutside(Book.Hours, Village.X),
                AccountKey.OfPool(Book.Money, Village.X, 0), AccountKey.OfOutside(Book.Money, Village.X),
            ];
            var all = await unit.Books.Take(default, keys);
            if (all[keys[2]].Balance == 0)
            {
                var slip = new Slip(NewId(village), Village.X, "test.given", unit.Now);
                _ = (await unit.Post(slip, all[keys[3]], all[keys[2]], 500, default)).Value;
            }

            var paid = await unit.PostLinked(
                [
                    (new(NewId(village), Village.X, "test.hours", unit.Now), new(all[keys[0]], all[keys[1]], minutes)),
                    (new(NewId(village), Village.X, "test.money", unit.Now), new(all[keys[2]], all[keys[3]], fen)),
                ],
                default);
            return new(true, paid.Refusal is null);
        },
        default);

    private static string End(string outcome, int amount, string at, string paidBy) =>
        $"""
        INSERT INTO ledger_hold_end ("HoldId", "Outcome", "Amount", "At", "PaidBy")
        SELECT "Id", '{outcome}', {amount}, {at}, {paidBy} FROM ledger_hold
        """;

    private static async Task Refused(TestDatabase database, string sql, string why)
    {
        await using var connection = await database.Open(default);
        await using var forging = connection.CreateCommand();
        forging.CommandText = sql;
        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => forging.ExecuteNonQueryAsync());
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<long> Scalar(TestDatabase database, string sql)
    {
        await using var connection = await database.Open(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Id<Transaction> NewId(Village village) => Id<Transaction>.New(village.Clock);

    private static Task<Result<VoidHold.Receipt>> Void(Village village, Id<Hold> hold, Actor actor) =>
        village.Get<VoidHold>().Run(new(NewId(village).Value, hold), actor, default);

    private static async Task<Id<Hold>> Reserve(Village village, Actor actor, Person from, Person to, int minutes) =>
        (await village.Get<ReserveHours>().Run(new(Id<Hold>.New(village.Clock), from.Id, to.Id, minutes), actor, default)).Value.Id;

    /// <summary>Two relatives with an account each, the first of them with hours.</summary>
    private static async Task<(Person Li, Person Zhang, Actor Actor)> Two(Village village, int minutes)
    {
        var (li, zhang) = (await village.With("李大娘", PersonRoles.Volunteer), await village.With("张小明", PersonRoles.Volunteer));
        await village.Add(new Relation(Id<Relation>.New(village.Clock), Village.X, li.Id, zhang.Id, RelationKind.Child));
        await village.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(village.House);
                var bank = AccountKey.OfOutside(Book.Hours, Village.X);
                var (own, other) = (AccountKey.OfPerson(Book.Hours, li.Id, li.Area), AccountKey.OfPerson(Book.Hours, zhang.Id, zhang.Area));
                var all = await unit.Books.Take(default, bank, own, other);
                _ = (await unit.Post(new(NewId(village), Village.X, "test.given", unit.Now), all[bank], all[own], minutes, default)).Value;
                return new(true, true);
            },
            default);
        return (li, zhang, village.As(li, Role.Volunteer));
    }
}
