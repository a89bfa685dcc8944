using System.Net;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.IntegrationTests.Look;
using Xunit;

namespace Shouwang.IntegrationTests.Thread;

/// <summary>The whole of last month in the sample village: roster in and pairs made from the command line, a seeded month of visits over
/// the API, closed, taken, what comes late, and at last the same statements and sound books from the command line.</summary>
public sealed class ClosedMonthTests
{
    private const string Village = "990101100201";
    private const int Seed = 20260301, EveryPair = 4;
    private static readonly AreaCode s_village = new(990101100201);

    private static readonly DateOnly s_today = Days.Of(TimeProvider.System.GetUtcNow());

    /// <summary>Last month: the command line lives by the real clock, and so does the house here.</summary>
    private static readonly DateOnly s_month = new DateOnly(s_today.Year, s_today.Month, 1).AddMonths(-1);
    private static readonly string s_name = $"{s_month:yyyy-MM}";

    [Fact]
    public async Task A_seeded_month_closed_on_both_databases_is_the_same_byte_for_byte_and_late_visits_are_supplements()
    {
        var told = new List<string>();
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            await using var database = await TestDatabase.Create(kind, TestContext.Current.CancellationToken);
            told.Add(await Live(database));
        }

        Assert.Equal(told[0], told[1]);
    }

    /// <summary>The month on one database: the closed statements of the village and its points with their hashes.</summary>
    private static async Task<string> Live(TestDatabase database)
    {
        var line = CommandLine.On(database);
        _ = await line.Answer(0, "import", "roster", Path.Combine(Repository.Root, "samples/x-village.xlsx"), "--area", Village);
        var paired = await line.Answer(0, "pair", "--area", Village, "--accept");
        Assert.True(paired.GetProperty("optimal").GetBoolean());
        var (told, points) = await OverTheApi(database);

        var shown = new List<string>();
        foreach (string[] subject in points.Select(p => (string[])["--point", p]).Append(["--village", Village]))
            shown.Add((await line.Answer(0, ["statement", .. subject, "--month", s_name])).GetRawText());
        Assert.DoesNotContain(points, point => shown.Exists(s => s.Contains(point, StringComparison.Ordinal)));
        Assert.True((await line.Answer(0, "ledger", "verify")).GetProperty("isSound").GetBoolean());
        return $"{told}\n{string.Join('\n', shown)}\n{paired.GetProperty("cost")} {paired.GetProperty("paired")}";
    }

    private static async Task<(string Told, List<string> Points)> OverTheApi(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        house.Clock.SetUtcNow(TimeProvider.System.GetUtcNow());
        var (village, township) = (await house.Someone(Role.VillageCadre, new(s_village)),
            await house.Someone(Role.TownshipOfficer, new(s_village.At(AreaLevel.Township))));
        var officer = await house.SignIn(township);
        var desk = new Desk(house, await house.SignIn(village), officer);
        var pairs = (await desk.Get("/api/v1/pairs", officer)).GetProperty("pairs").EnumerateArray().Where((_, i) => i % EveryPair == 0)
            .ToList();
        var (random, slots) = (new Random(Seed), new Dictionary<string, int>());
        foreach (var pair in pairs) await desk.Visits(pair, random, slots);
        await house.Get<Dispatcher>().Drain(CancellationToken.None);

        var points = (await desk.Get("/api/v1/points", officer)).EnumerateArray().Select(p => p.GetProperty("id").GetString()!).ToList();
        foreach (var point in points) await desk.Close(new { point, month = s_name });
        await desk.Close(new { village = Village, month = s_name });
        var closed = await desk.Statements(points, s_name);

        house.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Visit(pairs[0], Days.At(s_month.AddMonths(1).AddDays(-1), new(19, 0)), 25);
        await house.Get<Dispatcher>().Drain(CancellationToken.None);

        Assert.Equal(closed, await desk.Statements(points, s_name));
        var next = (await desk.Get($"/api/v1/villages/{Village}/statements/{s_today:yyyy-MM}", officer)).GetProperty("shown");
        var late = Assert.Single(next.GetProperty("supplements").EnumerateArray());
        Assert.Equal((s_name, 1, 25, 1), (late.GetProperty("month").GetString(), late.GetProperty("visits").GetInt32(),
            late.GetProperty("minutes").GetInt32(), late.GetProperty("verified").GetInt32()));
        return (closed + next.GetRawText(), points);
    }

    /// <summary>What the cadre and the officer do.</summary>
    private sealed class Desk(OpenHouse house, string cadre, string officer)
    {
        /// <summary>Two or three calls of one pair, spread over the month; a volunteer is never in two places.</summary>
        public async Task Visits(JsonElement pair, Random random, Dictionary<string, int> slots)
        {
            var volunteer = pair.GetProperty("volunteer").GetString()!;
            var slot = slots[volunteer] = slots.GetValueOrDefault(volunteer) + 1;
            for (var call = 0; call < random.Next(2, 4); call++)
            {
                var start = Days.At(s_month.AddDays(1 + (call * 9) + random.Next(8)), new(7 + slot, 0));
                await Visit(pair, start, random.Next(2, 11) * 5);
            }
        }

        public async Task Visit(JsonElement pair, DateTimeOffset start, int minutes)
        {
            var visit = house.NewId();
            _ = await Put($"/api/v1/visits/{visit}", cadre, new
            {
                elder = pair.GetProperty("elder").GetString(), volunteer = pair.GetProperty("volunteer").GetString(), startedAt = start,
                endedAt = start.AddMinutes(minutes), way = "Door", outcome = "Done", items = new[] { "Visit" }, condition = "Well",
            });
            _ = await Put($"/api/v1/visits/{visit}/verification", officer, new { id = house.NewId(), how = "PaperList" });
        }

        /// <summary>The village hands a month in, the township takes it.</summary>
        public async Task Close(object month)
        {
            var handed = await Put($"/api/v1/statement-submissions/{house.NewId()}", cadre, month);
            var id = handed.GetProperty("id").GetString();
            var taken = await Put($"/api/v1/statements/{id}/decision", officer, new { id = house.NewId(), accept = true });
            Assert.Equal("Accepted", taken.GetProperty("state").GetString());
        }

        public async Task<string> Statements(IEnumerable<string> points, string month)
        {
            var told = new List<string>();
            foreach (var path in points.Select(p => $"/api/v1/points/{p}").Append($"/api/v1/villages/{Village}"))
            {
                var sheet = await Get($"{path}/statements/{month}", officer);
                told.Add(sheet.GetProperty("shown").GetRawText() + sheet.GetProperty("hash").GetString());
            }

            Assert.All(told, t => Assert.DoesNotContain("\"visits\":0,\"verified\":0", t, StringComparison.Ordinal));
            return string.Join('\n', told);
        }

        public Task<JsonElement> Get(string path, string cookie) => Ask(HttpMethod.Get, path, cookie, null);

        public Task<JsonElement> Put(string path, string cookie, object body) => Ask(HttpMethod.Put, path, cookie, body);

        private async Task<JsonElement> Ask(HttpMethod method, string path, string cookie, object? body)
        {
            using var answer = await house.Send(method, path, cookie, body);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{method} {path}: {(int)answer.StatusCode} {text}");
            return JsonDocument.Parse(text).RootElement;
        }
    }
}
