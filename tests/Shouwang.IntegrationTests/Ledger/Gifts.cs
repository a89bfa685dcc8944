using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>Something to seal: transactions of ten minutes, written in one commit past the use cases.</summary>
internal static class Gifts
{
    public static Task Give(Village village, int times)
    {
        var ct = TestContext.Current.CancellationToken;
        return village.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(village.House);
                var own = new AccountKey(Book.Hours, AccountKind.Person, new Guid("00000000-0000-8000-8000-000000000001"), Village.X);
                var bank = AccountKey.OfOutside(Book.Hours, Village.X);
                var accounts = await unit.Books.Take(ct, bank, own);
                for (var i = 0; i < times; i++)
                {
                    // By the time that passes: two houses of a test may stand at the same moment.
                    var slip = new Slip(Id<Transaction>.New(TimeProvider.System), Village.X, "test.given", unit.Now);
                    _ = (await unit.Post(slip, accounts[bank], accounts[own], 10, ct)).Value;
                }

                return new(true, true);
            },
            ct);
    }
}
