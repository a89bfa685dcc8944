using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>A house in which every table that verification answers for has rows.</summary>
internal static class LivedIn
{
    public static AccountKey Bank { get; } = AccountKey.OfOutside(Book.Hours, Village.X);
    public static AccountKey Li { get; } =
        AccountKey.OfPerson(Book.Hours, new Id<Person>(new("01980000-0000-7000-8000-000000000001")), Village.X);
    public static AccountKey Fund { get; } = AccountKey.OfOutside(Book.Money, Village.X);
    public static AccountKey Purse { get; } = Li with { Book = Book.Money };

    /// <summary>What they may be short of together is more than a balance can say.</summary>
    public static AccountKey[] Deep { get; } =
        [.. Enumerable.Range(1, 8).Select(i => AccountKey.OfOutside(Book.Hours, new(Village.X.Value + i)))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A small house with rows of every kind, sealed in two sittings five minutes apart, each with its checkpoint.</summary>
    public static async Task<Village> On(TestDatabase database)
    {
        var village = await Village.On(database);
        foreach (var minutes in new[] { 30, 30 })
        {
            village.Clock.Advance(TimeSpan.FromMinutes(5));
            var filled = new Application.TimeBank.FillPool.Command(Id<Transaction>.New(village.Clock), Village.X, minutes);
            _ = (await village.Get<Application.TimeBank.FillPool>().Run(filled, village.House, Ct)).Value;
            await village.Get<Workspace>().Report("test.refused", "Test", village.House, Ct);
            await village.Get<Store>().Writer.Run<bool>(unit => Live(unit, minutes), Ct);
            _ = (await village.Get<CheckBooks>().Run(new(Id<BookCheck>.New(village.Clock).Value), village.House, Ct)).Value;
            await village.Settle();
            await village.Get<AuditSealer>().Checkpoint(Ct);
        }

        return village;
    }

    /// <summary>Li gets minutes, sets five aside and gets as many back.</summary>
    private static async Task<Verdict<bool>> Live(UnitOfWork unit, int minutes)
    {
        unit.Look(Actor.System(Village.X));
        var taken = await unit.Books.Take(Ct, [Bank, Li, Fund, Purse, .. Deep]);
        var slip = new Slip(Id<Transaction>.New(TimeProvider.System), Village.X, "test.given", unit.Now);
        _ = (await unit.Post(slip, taken[Bank], taken[Li], minutes, Ct)).Value;
        foreach (var isGivenBack in new[] { true, false })
        {
            var held = new HoldSlip(Id<Hold>.New(TimeProvider.System), Village.X, "test.held", unit.Now, unit.Now.AddDays(1));
            var hold = (await unit.Reserve(held, taken[Li], taken[Bank], 5, Ct)).Value;
            if (isGivenBack) await unit.Books.Write(hold.Void(taken[Li], unit.Now).Value, null, Ct);
        }

        return new(true, true);
    }
}
