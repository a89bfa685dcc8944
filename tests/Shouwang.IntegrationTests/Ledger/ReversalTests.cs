using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>A mistake in the books is put right by its mirror image: with a reason, once, and above a limit by two people.</summary>
public sealed class ReversalTests
{
    [Theory, EachDatabase]
    public async Task A_small_transaction_is_reversed_by_one_person_once_however_often_it_is_asked(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, wrong) = await Given(village, 45);
        var officer = await Officer(village);
        var command = new ReverseTransaction.Command(NewId(village), wrong, ReversalReason.EnteredTwice);

        var reverse = village.Get<ReverseTransaction>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => reverse.Run(command, officer, default)));

        Assert.All(answers, a => Assert.True(a.Value.Done));
        Assert.Equal(0, await BalanceOf(village, li));
        var again = await reverse.Run(command with { Id = NewId(village) }, officer, default);
        Assert.Equal("ledger.already-reversed", again.Refusal?.Code);
        Assert.True((await village.Get<VerifyLedger>().Run(village.House, default)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task Above_the_limit_nothing_moves_until_a_second_person_agrees(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, wrong) = await Given(village, 6000);
        var (first, second) = (await Officer(village), await Officer(village));
        var asked = (await village.Get<ReverseTransaction>()
            .Run(new(NewId(village), wrong, ReversalReason.WrongAmount), first, default)).Value;
        Assert.False(asked.Done);
        Assert.Equal(6000, await BalanceOf(village, li));

        Assert.False(Assert.Single((await village.Get<ListReversals>().Run(1, first, default)).Value).MayAgree);
        var shown = Assert.Single((await village.Get<ListReversals>().Run(1, second, default)).Value);
        Assert.Equal((asked.Id, true, "王主任", wrong), (shown.Id, shown.MayAgree, shown.AskedBy, shown.Wrong.Id));
        var line = Assert.Single(shown.Wrong.Lines);
        Assert.Equal((null, AccountKind.Outside, "李大娘", 6000L), (line.From, line.FromKind, line.To, line.Amount));

        var own = await village.Get<ApproveReversal>().Run(new(NewId(village).Value, asked.Id), first, default);
        Assert.Equal("ledger.second-person-needed", own.Refusal?.Code);
        Assert.Equal(6000, await BalanceOf(village, li));

        Assert.Null((await village.Get<ApproveReversal>().Run(new(NewId(village).Value, asked.Id), second, default)).Refusal);
        Assert.Equal(0, await BalanceOf(village, li));
        Assert.Empty((await village.Get<ListReversals>().Run(1, second, default)).Value);
        Assert.True((await village.Get<ShowTransaction>().Run(wrong, second, default)).Value.IsReversed);
        var twice = await village.Get<ApproveReversal>().Run(new(NewId(village).Value, asked.Id), second, default);
        Assert.Equal("ledger.already-reversed", twice.Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task What_was_spent_meanwhile_is_not_taken_back(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, wrong) = await Given(village, 45);
        await Move(village, 40, AccountKey.OfPerson(Book.Hours, li.Id, li.Area), AccountKey.OfOutside(Book.Hours, Village.X));

        var answer = await village.Get<ReverseTransaction>()
            .Run(new(NewId(village), wrong, ReversalReason.NotDone), await Officer(village), default);

        Assert.Equal("ledger.not-enough", answer.Refusal?.Code);
        Assert.Equal(5, await BalanceOf(village, li));
    }

    [Theory, EachDatabase]
    public async Task A_volunteer_may_not_and_outside_ones_area_it_is_not_found(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, wrong) = await Given(village, 45);
        var command = new ReverseTransaction.Command(NewId(village), wrong, ReversalReason.WrongPerson);
        var elsewhere = (await Officer(village)) with { Scope = new(990102100000) };

        Assert.Equal("common.forbidden",
            (await village.Get<ReverseTransaction>().Run(command, village.As(li, Role.Volunteer), default)).Refusal?.Code);
        Assert.Equal("ledger.transaction-not-found",
            (await village.Get<ReverseTransaction>().Run(command, elsewhere, default)).Refusal?.Code);
        Assert.Equal("ledger.transaction-not-found", (await village.Get<ShowTransaction>().Run(wrong, elsewhere, default)).Refusal?.Code);
        Assert.Equal(45, await BalanceOf(village, li));
    }

    private static Id<Transaction> NewId(Village village) => Id<Transaction>.New(village.Clock);

    private static async Task<Actor> Officer(Village village)
    {
        var person = await village.With("王主任", PersonRoles.Official);
        return new(person.Id, Role.TownshipOfficer, Village.X.At(AreaLevel.Township), Reach.Area);
    }

    private static async Task<(Person Li, Id<Transaction> Wrong)> Given(Village village, int minutes)
    {
        var li = await village.With("李大娘", PersonRoles.Volunteer);
        return (li, await Move(village, minutes, AccountKey.OfOutside(Book.Hours, Village.X),
            AccountKey.OfPerson(Book.Hours, li.Id, li.Area)));
    }

    private static async Task<Id<Transaction>> Move(Village village, int minutes, AccountKey from, AccountKey to)
    {
        var id = NewId(village);
        await village.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(village.House);
                var accounts = await unit.Books.Take(default, from, to);
                _ = (await unit.Post(new(id, Village.X, "test.given", unit.Now), accounts[from], accounts[to], minutes, default)).Value;
                return new(true, true);
            },
            default);
        return id;
    }

    private static async Task<long> BalanceOf(Village village, Person person) =>
        (await village.Get<HoursOf>().Run(person.Id, village.House, default)).Value.Balance;
}
