using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>The verification on the command line where nothing can be written.</summary>
public sealed class VerifyCommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task What_was_found_is_said_before_anything_is_sealed(TestDatabase database)
    {
        await using (var village = await Village.On(database)) await Give(village);
        await using var writer = await database.Open(Ct);
        await using var hold = writer.CreateCommand();
        hold.CommandText = database.Kind == DatabaseKind.Sqlite ? "BEGIN IMMEDIATE" : "BEGIN; LOCK TABLE seal_link IN EXCLUSIVE MODE";
        await hold.ExecuteNonQueryAsync(Ct);

        var said = await CommandLine.Shipped(database).Answer(0, "ledger", "verify");

        Assert.Equal((1, 0), (said.GetProperty("transactions").GetInt32(), said.GetProperty("findings").GetInt32()));
    }

    private static Task Give(Village village) => village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(village.House);
            var (bank, own) = (AccountKey.OfOutside(Book.Hours, Village.X), AccountKey.OfPool(Book.Hours, Village.X, 0));
            var all = await unit.Books.Take(Ct, bank, own);
            var slip = new Slip(Id<Transaction>.New(village.Clock), Village.X, "test.given", unit.Now);
            _ = (await unit.Post(slip, all[bank], all[own], 10, Ct)).Value;
            return new(true, true);
        },
        Ct);
}
