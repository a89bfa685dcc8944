using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.IntegrationTests.Look;
using Xunit;

namespace Shouwang.IntegrationTests.Thread;

/// <summary>The thread of the main job over the API: a roster in, pairs, visits, a second person's word, hours, a statement.</summary>
public sealed class ThreadTests
{
    private const string Village = "990101100201";
    private static readonly AreaCode s_village = new(990101100201);

    [Fact]
    public async Task From_the_roster_to_the_statement_both_databases_tell_the_same()
    {
        var statements = new List<string>();
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            await using var database = await TestDatabase.Create(kind, TestContext.Current.CancellationToken);
            statements.Add(await Walk(database));
        }

        Assert.Contains("\"verified\":2", statements[0], StringComparison.Ordinal);
        Assert.Equal(statements[0], statements[1]);
    }

    /// <summary>The whole thread on one database; the statements of its four points, one after another.</summary>
    private static async Task<string> Walk(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await SampleFiles.ImportAreas(house.Services, CancellationToken.None);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(s_village)));
        var officer = await house.SignIn(await house.Someone(Role.TownshipOfficer, new(s_village.At(AreaLevel.Township))));
        var auditor = await house.SignIn(await house.Someone(Role.Auditor, new(s_village.At(AreaLevel.County))));

        var roster = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "samples/x-village.xlsx"));
        var imported = await Put(house, $"/api/v1/villages/{Village}/rosters/{house.NewId()}", cadre, roster);
        Assert.Equal((132, 0), (imported.GetProperty("added").GetInt32(), imported.GetProperty("refused").GetInt32()));
        var proposed = await Put(house, $"/api/v1/pair-proposals/{house.NewId()}", cadre, new { area = Village });
        Assert.True(proposed.GetProperty("optimal").GetBoolean());
        var accepted = await Put(house, $"/api/v1/pair-acceptances/{house.NewId()}", cadre, new { area = Village });
        Assert.Equal(proposed.GetProperty("paired").GetInt32(), accepted.GetProperty("accepted").GetInt32());

        await Visit(house, cadre, officer);

        Assert.True((await Get(house, "/api/v1/ledger/verification", auditor)).GetProperty("isSound").GetBoolean());
        Assert.True((await Get(house, "/api/v1/audit/verification", auditor)).GetProperty("isSound").GetBoolean());
        var points = await Get(house, "/api/v1/points", officer);
        var told = new List<string>();
        foreach (var point in points.EnumerateArray())
        {
            told.Add((await Get(house, $"/api/v1/points/{point.GetProperty("id").GetString()}/statements/2026-03", officer)).GetRawText());
        }

        Assert.Equal(4, told.Count);
        return string.Join('\n', told);
    }

    /// <summary>The first pair's volunteer calls three times; an officer confirms two of the calls; the hours follow.</summary>
    private static async Task Visit(OpenHouse house, string cadre, string officer)
    {
        var pair = (await Get(house, "/api/v1/pairs", cadre)).GetProperty("pairs").EnumerateArray().First();
        var (elder, volunteer) = (pair.GetProperty("elder").GetGuid(), pair.GetProperty("volunteer").GetGuid());
        var person = await house.Get<Workspace>().Read(
            Actor.System(s_village), db => db.People.SingleAsync(p => p.Id == new Id<Person>(volunteer)));
        var helper = await house.SignIn(await house.Employ(person, Role.Volunteer, new(s_village)));

        for (var call = 1; call <= 3; call++)
        {
            house.Clock.Advance(TimeSpan.FromHours(2));
            var (visit, ended) = (house.NewId(), house.Clock.GetUtcNow());
            var body = new
            {
                elder, volunteer, startedAt = ended.AddMinutes(-30), endedAt = ended, way = "Door", outcome = "Done",
                items = new[] { "Visit" }, condition = "Well",
            };
            Assert.Equal(30, (await Put(house, $"/api/v1/visits/{visit}", helper, body)).GetProperty("minutes").GetInt32());
            var says = new { id = house.NewId(), how = "SecondPerson" };
            Assert.Equal(403, await house.StatusOf(HttpMethod.Put, $"/api/v1/visits/{visit}/verification", helper, says));
            if (call < 3) await Put(house, $"/api/v1/visits/{visit}/verification", officer, says);
        }

        await house.Get<Dispatcher>().Drain(CancellationToken.None);
        await house.Get<AuditSealer>().Seal(CancellationToken.None);
        Assert.Equal(60, (await Get(house, $"/api/v1/people/{volunteer}/hours", helper)).GetProperty("balance").GetInt32());
    }

    private static Task<JsonElement> Get(OpenHouse house, string path, string cookie) => Ask(house, HttpMethod.Get, path, cookie, null);

    private static Task<JsonElement> Put(OpenHouse house, string path, string cookie, object body) =>
        Ask(house, HttpMethod.Put, path, cookie, body);

    private static async Task<JsonElement> Ask(OpenHouse house, HttpMethod method, string path, string cookie, object? body)
    {
        using var answer = await house.Send(method, path, cookie, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
