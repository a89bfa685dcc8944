using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;
using Shouwang.Cli.Witness;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>Somebody outside keeps checkpoints: a book that goes on is believed, one that was cut, rewritten or signed by another is
/// not.</summary>
public sealed class WitnessTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_book_that_goes_on_is_believed_minute_after_minute(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var witness = Witness(house, database);

        Assert.Null((await witness.Run(Ct)).Checkpoint);
        for (var minute = 1; minute <= 4; minute++)
        {
            await Give(house, 150);
            house.Clock.Advance(TimeSpan.FromMinutes(1));
            await house.Get<AuditSealer>().Seal(Ct);
            var seen = await witness.Run(Ct);
            Assert.Equal((null, minute, 150 * minute), (seen.Complaint, seen.Checkpoint!.Number, seen.Checkpoint.Size));
        }

        Assert.Null((await witness.Run(Ct)).Complaint);
    }

    [Theory, EachDatabase]
    public async Task A_tail_that_was_cut_with_its_checkpoints_is_seen_only_from_outside(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var witness = Witness(house, database);
        await Minute(house, 20);
        await Minute(house, 20);
        Assert.Null((await witness.Run(Ct)).Complaint);

        await Tamper(database, "DELETE FROM seal_checkpoint WHERE \"Number\" = 2");
        Assert.Equal("rolled-back", (await witness.Run(Ct)).Complaint);
        Assert.True((await house.Get<VerifyAudit>().Run(Actor.System(AreaCode.Nation), Ct)).Value.IsSound);
        Assert.Contains("rolled-back", await File.ReadAllTextAsync(Path.Combine(Folder(database), "alarms.jsonl"), Ct),
            StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_book_that_was_hashed_anew_and_signed_by_the_house_itself_is_not_believed(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var witness = Witness(house, database);
        await Minute(house, 20);
        Assert.Null((await witness.Run(Ct)).Complaint);

        // All seals are thrown away, a row is changed, and the house seals and signs everything again.
        await Tamper(
            database,
            "DELETE FROM seal_link; DELETE FROM seal_checkpoint; UPDATE ledger_transaction SET \"Reason\" = 'x' WHERE \"Seq\" = 3");
        using (var anew = new AuditSealer(house.Get<Store>(), house.Get<KeyRing>(), house.Get<SealKey>()))
        {
            await anew.Seal(Ct);
            await Give(house, 5);
            await anew.Seal(Ct);
            house.Clock.Advance(TimeSpan.FromMinutes(2));
            await anew.Seal(Ct);
        }

        Assert.Equal("rewritten", (await witness.Run(Ct)).Complaint);
    }

    [Theory, EachDatabase]
    public async Task A_key_that_the_old_one_vouched_for_is_believed_and_old_checkpoints_and_marks_stay_valid(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await house.Get<Workspace>().Report("test.seen", "Test", Actor.System(Village.X), Ct);
        await Minute(house, 3);
        var folder = KeyRing.DirectoryOf(Village.SiteOf(database).DataDirectory);
        var kept = new KeptCheckpoints(Folder(database));
        Assert.Null((await new WitnessRound(house.Client, kept, house.Clock).Run(Ct)).Complaint);

        KeyRing.AddMaster(folder);
        SealKey.Rotate(folder);
        await using var anew = await OpenHouse.On(database);
        anew.Clock.SetUtcNow(house.Clock.GetUtcNow());
        await anew.Get<Workspace>().Report("test.seen", "Test", Actor.System(Village.X), Ct);
        await Minute(anew, 3);

        Assert.Null((await new WitnessRound(anew.Client, kept, house.Clock).Run(Ct)).Complaint);
        Assert.Equal(anew.Get<SealKey>().PublicKey, kept.Key);
        var nation = Actor.System(AreaCode.Nation);
        var (log, books) = ((await anew.Get<VerifyAudit>().Run(nation, Ct)).Value, (await anew.Get<VerifyLedger>().Run(nation, Ct)).Value);
        Assert.Equal((true, 2, true, 6), (log.IsSound, log.Checkpoints, books.IsSound, books.Transactions));
        var marks = await anew.Get<Workspace>().Read(nation, db => db.SecurityEvents
            .OrderBy(e => e.Seq).Select(e => e.Mark).ToListAsync(Ct));
        Assert.Equal([1u, 2u], marks.Select(m => BinaryPrimitives.ReadUInt32BigEndian(m.AsSpan(1))));

        // What the replaced key signs from now on is worth nothing.
        house.Clock.Advance(TimeSpan.FromMinutes(5));
        await Minute(house, 1);
        log = (await anew.Get<VerifyAudit>().Run(nation, Ct)).Value;
        Assert.Equal("checkpoint-not-signed", Assert.Single(log.First).What);
        Assert.Equal("other-key", (await new WitnessRound(house.Client, kept, house.Clock).Run(Ct)).Complaint);
    }

    [Theory, EachDatabase]
    public async Task A_checkpoint_signed_by_another_key_is_not_believed(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await Minute(house, 3);
        var kept = new KeptCheckpoints(Folder(database));
        using var other = SealKey.Open(Path.Combine(database.Folder, "other"));
        kept.KeepKey(other.PublicKey);

        Assert.Equal("other-key", (await new WitnessRound(house.Client, kept, house.Clock).Run(Ct)).Complaint);
        await Tamper(database, "UPDATE seal_checkpoint SET \"Size\" = 2");
        Assert.Equal("not-signed", (await new WitnessRound(house.Client, new(Folder(database) + "2"), house.Clock).Run(Ct)).Complaint);
    }

    [Theory, EachDatabase]
    public async Task Who_holds_the_id_of_an_entry_can_prove_it_without_signing_in_and_learns_no_name(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var entry = await Give(house, 1);
        Assert.Equal((int)HttpStatusCode.NotFound, await house.StatusOf(HttpMethod.Get, $"/seal/{entry}", null));

        await Minute(house, 300);
        var view = (await house.Client.GetFromJsonAsync<ProveEntry.View>($"/api/v1/seals/entries/{entry}", HouseJson.Options, Ct))!;
        var proof = view.Proof.Select(Convert.FromBase64String).ToList();
        var leaf = MerkleTree.Leaf(Convert.FromHexString(view.Hash));

        Assert.True(view.Holds);
        var root = Convert.FromBase64String(view.Checkpoint!.Root);
        Assert.True(MerkleProof.Includes(leaf, view.Position, view.Checkpoint.Size, proof, root));
        Assert.Contains("已封存", await house.Client.GetStringAsync($"/seal/{entry}", Ct), StringComparison.Ordinal);
        Assert.Contains(
            view.Checkpoint.Root, WebUtility.HtmlDecode(await house.Client.GetStringAsync("/seal", Ct)), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task The_page_of_an_entry_that_was_changed_says_so(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var entry = await Give(house, 1);
        await Minute(house, 3);
        Assert.Contains("没有被改动", await house.Client.GetStringAsync($"/seal/{entry}", Ct), StringComparison.Ordinal);

        await Tamper(database, "UPDATE ledger_posting SET \"Amount\" = \"Amount\" + 1");

        Assert.Contains("核验不通过", await house.Client.GetStringAsync($"/seal/{entry}", Ct), StringComparison.Ordinal);
    }

    private static string Folder(TestDatabase database) => Path.Combine(database.Folder, "witness");

    private static WitnessRound Witness(OpenHouse house, TestDatabase database) => new(house.Client, new(Folder(database)), house.Clock);

    private static async Task Minute(OpenHouse house, int times)
    {
        await Give(house, times);
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await house.Get<AuditSealer>().Seal(Ct);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The statements stand in this test.")]
    private static async Task Tamper(TestDatabase database, string sql)
    {
        await using var connection = await database.Open(Ct);
        foreach (var table in AppendOnly.Tables)
        {
            await using var unguard = connection.CreateCommand();
            unguard.CommandText = database.Kind == DatabaseKind.Sqlite
                ? $"DROP TRIGGER IF EXISTS \"{table}_no_UPDATE\"; DROP TRIGGER IF EXISTS \"{table}_no_DELETE\""
                : $"ALTER TABLE {table} DISABLE TRIGGER ALL";
            await unguard.ExecuteNonQueryAsync(Ct);
        }

        await using var tamper = connection.CreateCommand();
        tamper.CommandText = sql;
        await tamper.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<Id<Transaction>> Give(OpenHouse house, int times)
    {
        var last = default(Id<Transaction>);
        await house.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(Actor.System(Village.X));
                var own = AccountKey.OfPerson(Book.Hours, new Id<Person>(new("00000000-0000-8000-8000-000000000001")), Village.X);
                var bank = AccountKey.OfOutside(Book.Hours, Village.X);
                var accounts = await unit.Books.Take(Ct, bank, own);
                for (var i = 0; i < times; i++)
                {
                    last = Id<Transaction>.New(house.Clock);
                    _ = (await unit.Post(new(last, Village.X, "test.given", unit.Now), accounts[bank], accounts[own], 10, Ct)).Value;
                }

                return new(true, true);
            },
            Ct);
        return last;
    }
}
