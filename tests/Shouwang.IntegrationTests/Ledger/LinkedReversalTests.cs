using System.Net;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>What is linked across the two books is put right as it was written: all of it or nothing, whichever part is named.</summary>
public sealed class LinkedReversalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Linked_transactions_are_reversed_together_and_once_whichever_is_named(TestDatabase database)
    {
        await using var village = await Village.On(database);
        foreach (var named in new[] { 0, 1 })
        {
            var link = await Link.Write(village, 30, 500);
            var shown = (await village.Get<ShowTransaction>().Run(link.Parts[named], link.Officer, Ct)).Value;
            Assert.Equal(link.Parts[1 - named], Assert.Single(shown.Linked).Id);
            Assert.Equal([30L, 500L], new[] { shown, shown.Linked[0] }.SelectMany(v => v.Lines).Select(l => l.Amount).Order());

            Assert.True((await link.Reverse(named)).Value.Done);

            Assert.Equal((0, 0), await link.Balances());
            foreach (var part in link.Parts)
                Assert.True((await village.Get<ShowTransaction>().Run(part, link.Officer, Ct)).Value.IsReversed);
            Assert.Equal("ledger.already-reversed", (await link.Reverse(1 - named)).Refusal?.Code);
        }

        await village.Settle();
        var rows = await village.Get<Workspace>().Read(village.House, db => Task.FromResult(db.Transactions.ToList()));
        var mirrors = rows.Where(r => r.Reverses is not null).ToList();
        Assert.Equal(4, mirrors.Count);
        Assert.All(mirrors, m => Assert.Equal(2, mirrors.Count(other => other.LinkedTo == m.LinkedTo && m.LinkedTo is not null)));
        Assert.True((await village.Get<VerifyLedger>().Run(village.House, Ct)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task If_any_part_is_above_its_limit_two_people_reverse_all_of_it(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var link = await Link.Write(village, 30, 600_000);

        var asked = (await link.Reverse(0)).Value;
        Assert.False(asked.Done);
        Assert.Equal((30, 600_000), await link.Balances());
        var waits = Assert.Single((await village.Get<ListReversals>().Run(1, link.Officer, Ct)).Value);
        Assert.Equal(600_000, Assert.Single(Assert.Single(waits.Wrong.Linked).Lines).Amount);

        var second = link.Officer with { Person = (await village.With("孙主任", PersonRoles.Official)).Id };
        var agree = new ApproveReversal.Command(Id<Transaction>.New(village.Clock).Value, asked.Id);
        Assert.Null((await village.Get<ApproveReversal>().Run(agree, second, Ct)).Refusal);
        Assert.Equal((0, 0), await link.Balances());
    }

    [Theory, EachDatabase]
    public async Task Where_one_part_was_spent_meanwhile_no_part_is_taken_back(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var link = await Link.Write(village, 30, 500);
        await link.Spend(Book.Money, 1);

        foreach (var named in new[] { 0, 1 }) Assert.Equal("ledger.not-enough", (await link.Reverse(named)).Refusal?.Code);

        Assert.Equal((30, 499), await link.Balances());
        Assert.True((await village.Get<VerifyLedger>().Run(village.House, Ct)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task Who_may_not_reverse_every_part_reverses_none(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var link = await Link.Write(village, 30, 500, new(990101200201));

        Assert.Equal("ledger.linked-elsewhere", (await link.Reverse(0)).Refusal?.Code);
        Assert.Equal("ledger.transaction-not-found", (await link.Reverse(1)).Refusal?.Code);
        Assert.Equal((30, 500), await link.Balances());
    }

    [Theory, EachDatabase]
    public async Task Whoever_reverses_sees_every_part_first(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var officer = await house.SignIn(await house.Someone(Role.TownshipOfficer, new(Village.X.At(AreaLevel.Township))));
        var named = Id<Transaction>.New(house.Clock);
        await house.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(Actor.System(AreaCode.Nation));
                var legs = new List<(Slip, Move)>();
                foreach (var (book, amount, id) in new[] { (Book.Hours, 30, named), (Book.Money, 1234, Id<Transaction>.New(house.Clock)) })
                {
                    AccountKey[] keys = [AccountKey.OfOutside(book, Village.X), AccountKey.OfPool(book, Village.X, 0)];
                    var taken = await unit.Books.Take(Ct, keys);
                    legs.Add((new(id, Village.X, Reasons.Granted, unit.Now), new(taken[keys[0]], taken[keys[1]], amount)));
                }

                _ = (await unit.PostLinked(legs, Ct)).Value;
                return new(true, true);
            },
            Ct);

        using var answer = await house.Send(HttpMethod.Get, $"/ledger/transactions/{named}/reversal", officer);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
        Assert.All(new[] { "30 分钟", "12.34 元", "一并冲正" }, said => Assert.Contains(said, page, StringComparison.Ordinal));
    }

    /// <summary>Hours that somebody was given, and money that came with them.</summary>
    private sealed record Link(Village Village, AccountKey[] Keys, Actor Officer, Id<Transaction>[] Parts)
    {
        /// <param name="elsewhere">Where the money was entered, if not where the hours were.</param>
        public static async Task<Link> Write(Village village, long minutes, long fen, AreaCode? elsewhere = null)
        {
            var li = Id<Person>.New(village.Clock);
            AccountKey[] keys =
            [
                AccountKey.OfOutside(Book.Hours, Village.X), AccountKey.OfPerson(Book.Hours, li, Village.X),
                AccountKey.OfOutside(Book.Money, Village.X), AccountKey.OfPerson(Book.Money, li, Village.X),
            ];
            Id<Transaction>[] parts = [Id<Transaction>.New(village.Clock), Id<Transaction>.New(village.Clock)];
            var person = await village.With("王主任", PersonRoles.Official);
            var link = new Link(
                village, keys, new(person.Id, Role.TownshipOfficer, Village.X.At(AreaLevel.Township), Reach.Area), parts);
            await link.In(async unit =>
            {
                var all = await unit.Books.Take(Ct, keys);
                return (await unit.PostLinked(
                    [
                        (new(parts[0], Village.X, "test.hours", unit.Now), new(all[keys[0]], all[keys[1]], minutes)),
                        (new(parts[1], elsewhere ?? Village.X, "test.money", unit.Now), new(all[keys[2]], all[keys[3]], fen)),
                    ],
                    Ct)).Value;
            });
            return link;
        }

        public Task<Result<ReverseTransaction.Receipt>> Reverse(int part) => Village.Get<ReverseTransaction>().Run(
            new(Id<Transaction>.New(Village.Clock), Parts[part], ReversalReason.EnteredTwice), Officer, Ct);

        public async Task<(long Minutes, long Fen)> Balances()
        {
            var all = await In(unit => unit.Books.Take(Ct, Keys));
            return (all[Keys[1]].Balance, all[Keys[3]].Balance);
        }

        public Task Spend(Book book, long amount) => In(async unit =>
        {
            var all = await unit.Books.Take(Ct, Keys);
            var (outside, own) = book == Book.Hours ? (Keys[0], Keys[1]) : (Keys[2], Keys[3]);
            var slip = new Slip(Id<Transaction>.New(Village.Clock), Village.X, "test.spent", unit.Now);
            return (await unit.Post(slip, all[own], all[outside], amount, Ct)).Value;
        });

        private async Task<T> In<T>(Func<UnitOfWork, Task<T>> act)
        {
            T? answer = default;
            await Village.Get<Store>().Writer.Run<bool>(
                async unit =>
                {
                    unit.Look(Village.House);
                    answer = await act(unit);
                    return new(true, true);
                },
                Ct);
            return answer!;
        }
    }
}
