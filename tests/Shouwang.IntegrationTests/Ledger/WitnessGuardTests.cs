using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Cli.Witness;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>A witness is not blinded: not by a new key, not by its own death in the middle of a line, not by a house that keeps its proofs
/// to itself or shows what cannot be read.</summary>
public sealed class WitnessGuardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_new_key_is_followed_before_it_has_signed_anything(TestDatabase database)
    {
        var kept = new KeptCheckpoints(Folder(database));
        await using (var house = await OpenHouse.On(database))
        {
            await Minute(house, 3);
            Assert.Null((await Look(house, kept)).Complaint);
            await Minute(house, 2);
        }

        SealKey.Rotate(KeyRing.DirectoryOf(Village.SiteOf(database).DataDirectory));
        await using var anew = await OpenHouse.On(database);
        var seen = await Look(anew, kept);
        Assert.Equal((null, 2L), (seen.Complaint, seen.Checkpoint!.Number));
        Assert.Null((await Look(anew, kept)).Complaint);
        Assert.Null((await Look(anew, new(Folder(database)))).Complaint);
        Assert.Equal(anew.Get<SealKey>().PublicKey, kept.Key);

        anew.Clock.Advance(TimeSpan.FromMinutes(10));
        await Minute(anew, 1);
        seen = await Look(anew, kept);
        Assert.Equal((null, 3L), (seen.Complaint, seen.Checkpoint!.Number));
        Assert.False(File.Exists(Path.Combine(Folder(database), "alarms.jsonl")));
    }

    [Theory, EachDatabase]
    public async Task Who_first_meets_a_house_that_has_just_changed_its_key_goes_on_with_the_new_one(TestDatabase database)
    {
        await using (var house = await OpenHouse.On(database)) await Minute(house, 3);
        SealKey.Rotate(KeyRing.DirectoryOf(Village.SiteOf(database).DataDirectory));
        await using var anew = await OpenHouse.On(database);
        var kept = new KeptCheckpoints(Folder(database));

        for (var look = 0; look < 3; look++) Assert.Null((await Look(anew, kept)).Complaint);
        Assert.Equal(anew.Get<SealKey>().PublicKey, kept.Key);
    }

    [Theory, EachDatabase]
    public async Task A_line_that_was_not_finished_is_as_if_it_had_never_been_begun(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        Directory.CreateDirectory(Folder(database));
        await File.WriteAllTextAsync(KeyFile(database), "MFkwEw", Ct);
        await Minute(house, 3);
        Assert.Null((await Look(house, new(Folder(database)))).Complaint);
        Assert.Equal(house.Get<SealKey>().PublicKey, new KeptCheckpoints(Folder(database)).Key);

        await File.AppendAllTextAsync(Checkpoints(database), "{\"origin\":\"shou", Ct);
        await File.AppendAllTextAsync(KeyFile(database), "MFkwEw", Ct);
        Assert.Null((await Look(house, new(Folder(database)))).Complaint);
        await Minute(house, 3);
        Assert.Null((await Look(house, new(Folder(database)))).Complaint);

        var lines = await File.ReadAllLinesAsync(Checkpoints(database), Ct);
        Assert.Equal([1L, 2L], lines.Select(l => JsonNode.Parse(l)!["number"]!.GetValue<long>()));
    }

    [Theory, EachDatabase]
    public async Task What_was_kept_and_can_no_longer_be_read_is_an_alarm(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await Minute(house, 3);
        Assert.Null((await Look(house, new(Folder(database)))).Complaint);
        var key = await File.ReadAllTextAsync(KeyFile(database), Ct);
        var checkpoints = await File.ReadAllTextAsync(Checkpoints(database), Ct);

        foreach (var spoilt in new[] { "{\"origin\":\"shou\n", "null\n", "{}\n", checkpoints + "x\n", "x\n" + checkpoints })
        {
            await File.WriteAllTextAsync(Checkpoints(database), spoilt, Ct);
            Assert.Equal("damaged", (await Look(house, new(Folder(database)))).Complaint);
        }

        await File.WriteAllTextAsync(Checkpoints(database), checkpoints, Ct);
        foreach (var spoilt in new[] { "MFkwEw\n", "!\n", "", key + "MFkwEw\n" })
        {
            await File.WriteAllTextAsync(KeyFile(database), spoilt, Ct);
            Assert.Equal("damaged", (await Look(house, new(Folder(database)))).Complaint);
        }

        Assert.Equal(9, (await File.ReadAllLinesAsync(Alarms(database), Ct)).Count(l => l.Contains("damaged", StringComparison.Ordinal)));
        File.Delete(KeyFile(database));
        Assert.Equal("damaged", (await Look(house, new(Folder(database)))).Complaint);
        await File.WriteAllTextAsync(KeyFile(database), key, Ct);
        Assert.Null((await Look(house, new(Folder(database)))).Complaint);
    }

    [Theory, EachDatabase]
    public async Task A_house_that_shows_a_checkpoint_and_refuses_its_proof_is_not_believed(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var kept = new KeptCheckpoints(Folder(database));
        await Minute(house, 3);
        Assert.Null((await Look(house, kept)).Complaint);
        await Minute(house, 3);

        foreach (var status in new[] { 500, 404, 403, 400, 503, 204 })
        {
            using var way = new Way(house) { Proof = () => new((HttpStatusCode)status) };
            Assert.Equal("withheld", (await Look(house, kept, way)).Complaint);
        }

        foreach (var text in new[] { "", "no", "null", "{}", "{\"hashes\":null}", "{\"hashes\":[null]}", "{\"hashes\":[\"!\"]}" })
        {
            using var way = new Way(house) { Proof = () => Said(text) };
            Assert.Equal("unreadable", (await Look(house, kept, way)).Complaint);
        }

        Assert.Contains(
            "\"number\":2", (await File.ReadAllLinesAsync(Alarms(database), Ct))[0], StringComparison.Ordinal);
        Assert.Equal(1, kept.Last()!.Number);
        Assert.Null((await Look(house, kept)).Complaint);
    }

    [Theory, EachDatabase]
    public async Task A_log_with_a_hole_is_not_passed_off_as_a_house_that_does_not_answer(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var kept = new KeptCheckpoints(Folder(database));
        await Minute(house, 3);
        Assert.Null((await Look(house, kept)).Complaint);
        await Minute(house, 3);

        await Tamper(database, "DELETE FROM seal_link WHERE \"Position\" = 1");
        Assert.Equal("withheld", (await Look(house, kept)).Complaint);
    }

    [Theory, EachDatabase]
    public async Task Not_now_and_a_lost_connection_are_believed_a_few_times_and_not_for_ever(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var kept = new KeptCheckpoints(Folder(database));
        await Minute(house, 3);
        Assert.Null((await Look(house, kept)).Complaint);
        await Minute(house, 3);

        var answers = new (string Called, Func<HttpResponseMessage> Proof)[]
        {
            ("not-now", Busy), ("unreachable", () => throw new HttpRequestException("cut")),
        };
        foreach (var (called, proof) in answers)
        {
            using var way = new Way(house) { Proof = proof };
            using var client = way.Client();
            var round = new WitnessRound(client, kept, house.Clock);
            List<string?> said = [];
            for (var look = 0; look < 8; look++) said.Add((await round.Run(Ct)).Complaint);
            Assert.Equal(called, said[0]);
            Assert.Equal("withheld", said[^1]);
            Assert.All(said, s => Assert.True(s == called || s == "withheld", s));
        }

        // Whoever shows the proof in between is believed anew.
        var isBusy = true;
        using var changing = new Way(house);
        changing.Proof = () => isBusy ? Busy() : null;
        using var patient = changing.Client();
        var rounds = new WitnessRound(patient, kept, house.Clock);
        for (var look = 0; look < 12; look++)
        {
            isBusy = look % 3 != 2;
            Assert.Equal(isBusy ? "not-now" : null, (await rounds.Run(Ct)).Complaint);
            if (!isBusy) await Minute(house, 1);
        }
    }

    [Theory, EachDatabase]
    public async Task A_house_that_does_not_answer_at_all_is_no_alarm_and_one_that_refuses_its_checkpoint_is(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var kept = new KeptCheckpoints(Folder(database));
        await Minute(house, 3);
        Assert.Null((await Look(house, kept)).Complaint);

        using var gone = new Way(house) { Checkpoint = _ => throw new HttpRequestException("gone") };
        for (var look = 0; look < 8; look++) Assert.Equal("unreachable", (await Look(house, kept, gone)).Complaint);

        using var mute = new Way(house) { Checkpoint = _ => new(HttpStatusCode.InternalServerError) };
        using var client = mute.Client();
        var round = new WitnessRound(client, kept, house.Clock);
        List<string?> said = [];
        for (var look = 0; look < 8; look++) said.Add((await round.Run(Ct)).Complaint);
        Assert.Equal(("not-now", "withheld"), (said[0], said[^1]));
    }

    [Theory, EachDatabase]
    public async Task What_is_shown_and_cannot_be_read_is_an_alarm_and_is_kept_as_it_was_shown(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await Minute(house, 3);
        var kept = new KeptCheckpoints(Folder(database));
        Assert.Null((await Look(house, kept)).Complaint);
        await Minute(house, 3);

        foreach (var field in new[] { "publicKey", "root", "signature", "origin", "at", "number", "succession" })
        {
            foreach (var value in new JsonNode?[] { "spoilt!", "AAAA", null })
            {
                if (field == "origin" && value is not null) continue;
                using var way = new Way(house) { Checkpoint = text => Said(With(text, field, value?.DeepClone())) };
                var complaint = (await Look(house, kept, way)).Complaint;
                Assert.True(complaint is "unreadable" or "not-signed", $"{field} {value}: {complaint}");
                Assert.Equal(1, kept.Last()!.Number);
            }
        }

        foreach (var text in new[] { "", "no checkpoint", "null", "[]", "{}" })
        {
            using var way = new Way(house) { Checkpoint = _ => Said(text) };
            Assert.Equal("unreadable", (await Look(house, kept, way)).Complaint);
        }

        var alarms = await File.ReadAllTextAsync(Alarms(database), Ct);
        Assert.Contains("spoilt!", alarms, StringComparison.Ordinal);
        Assert.Contains("no checkpoint", alarms, StringComparison.Ordinal);
        Assert.Null((await Look(house, kept)).Complaint);
    }

    private static string With(string text, string field, JsonNode? value)
    {
        var shown = JsonNode.Parse(text)!;
        shown[field] = field != "succession" || value is null ? value
            : new JsonArray(new JsonObject { ["old"] = value.DeepClone(), ["new"] = value.DeepClone(), ["signature"] = value.DeepClone() });
        return shown.ToJsonString();
    }

    private static HttpResponseMessage Said(string text) =>
        new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Busy()
    {
        var busy = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        busy.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(5));
        return busy;
    }

    private static string Folder(TestDatabase database) => Path.Combine(database.Folder, "witness");

    private static string KeyFile(TestDatabase database) => Path.Combine(Folder(database), "key");

    private static string Checkpoints(TestDatabase database) => Path.Combine(Folder(database), "checkpoints.jsonl");

    private static string Alarms(TestDatabase database) => Path.Combine(Folder(database), "alarms.jsonl");

    private static Task<WitnessRound.Seen> Look(OpenHouse house, KeptCheckpoints kept) =>
        new WitnessRound(house.Client, kept, house.Clock).Run(Ct);

    private static async Task<WitnessRound.Seen> Look(OpenHouse house, KeptCheckpoints kept, Way way)
    {
        using var client = way.Client();
        return await new WitnessRound(client, kept, house.Clock).Run(Ct);
    }

    private static async Task Minute(OpenHouse house, int times)
    {
        await house.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(Actor.System(Village.X));
                var own = AccountKey.OfPerson(Book.Hours, new Id<Person>(new("00000000-0000-8000-8000-000000000001")), Village.X);
                var bank = AccountKey.OfOutside(Book.Hours, Village.X);
                var accounts = await unit.Books.Take(Ct, bank, own);
                for (var i = 0; i < times; i++)
                {
                    var slip = new Slip(Id<Transaction>.New(house.Clock), Village.X, "test.given", unit.Now);
                    _ = (await unit.Post(slip, accounts[bank], accounts[own], 10, Ct)).Value;
                }

                return new(true, true);
            },
            Ct);
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await house.Get<AuditSealer>().Seal(Ct);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The statement stands in this test.")]
    private static async Task Tamper(TestDatabase database, string sql)
    {
        await using var connection = await database.Open(Ct);
        await using var unguard = connection.CreateCommand();
        unguard.CommandText = database.Kind == DatabaseKind.Sqlite
            ? "DROP TRIGGER IF EXISTS \"seal_link_no_DELETE\"" : "ALTER TABLE seal_link DISABLE TRIGGER ALL";
        await unguard.ExecuteNonQueryAsync(Ct);
        await using var tamper = connection.CreateCommand();
        tamper.CommandText = sql;
        await tamper.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>The way to a house, on which its answers can be exchanged.</summary>
    private sealed class Way(OpenHouse house) : HttpMessageHandler
    {
        /// <summary>What is answered to who asks for a proof, instead of the proof; the house's own answer where it says nothing.</summary>
        public Func<HttpResponseMessage?> Proof { get; set; } = () => null;

        /// <summary>What is answered instead of the checkpoint that the house shows.</summary>
        public Func<string, HttpResponseMessage>? Checkpoint { get; init; }

        public HttpClient Client() => new(this, disposeHandler: false) { BaseAddress = new("http://house") };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.PathAndQuery;
            if (path.Contains("/consistency", StringComparison.Ordinal) && Proof() is { } instead) return instead;
            var shown = await house.Client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            if (Checkpoint is null || !path.EndsWith("/checkpoint", StringComparison.Ordinal)) return shown;
            using (shown) return Checkpoint(await shown.Content.ReadAsStringAsync(cancellationToken));
        }
    }
}
