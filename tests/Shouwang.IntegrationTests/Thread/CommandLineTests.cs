using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.IntegrationTests.Look;
using Xunit;

namespace Shouwang.IntegrationTests.Thread;

/// <summary>The same thread from the command line: one JSON object on standard output, 0 done, 1 refused, 2 typed wrongly.</summary>
public sealed class CommandLineTests
{
    private const string Village = "990101100201";
    private static readonly string s_roster = Path.Combine(Repository.Root, "samples/x-village.xlsx");

    [Theory, EachDatabase]
    public async Task A_roster_goes_in_pairs_are_made_and_the_books_hold(TestDatabase database)
    {
        var first = await Answer(database, 0, "import", "roster", s_roster, "--area", Village);
        var again = await Answer(database, 0, "import", "roster", s_roster, "--area", Village);
        var written = Path.Combine(database.Folder, "pairs.json");
        var pairs = await Answer(database, 0, "pair", "--area", Village, "--accept", "--out", written);
        var points = await Answer(database, 0, "points", "list");
        var point = points.GetProperty("points")[0].GetProperty("id").GetString()!;
        var statement = await Answer(database, 0, "statement", "--point", point, "--month", "2026-03");
        var anew = await Answer(database, 0, "pair", "--area", Village, "--point", point, "--anew", "--accept");

        Assert.InRange(anew.GetProperty("elders").GetInt32(), 1, pairs.GetProperty("elders").GetInt32() - 1);
        Assert.Equal(0, anew.GetProperty("accepted").GetInt32());
        Assert.Equal((132, 132), (first.GetProperty("added").GetInt32(), again.GetProperty("unchanged").GetInt32()));
        Assert.Equal(pairs.GetProperty("paired").GetInt32(), pairs.GetProperty("accepted").GetInt32());
        Assert.True(pairs.GetProperty("optimal").GetBoolean());
        Assert.InRange(pairs.GetProperty("seconds").GetDouble(), double.Epsilon, 60);
        var alone = pairs.GetProperty("elders").GetInt32() - pairs.GetProperty("paired").GetInt32();
        Assert.Equal(alone, pairs.GetProperty("unpaired").GetArrayLength());
        var file = JsonDocument.Parse(await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(pairs.GetProperty("accepted").GetInt32(), file.GetProperty("pairs").GetArrayLength());
        Assert.Equal("2026-03", statement.GetProperty("month").GetString());
        Assert.True((await Answer(database, 0, "ledger", "verify")).GetProperty("isSound").GetBoolean());
        Assert.True((await Answer(database, 0, "audit", "verify")).GetProperty("isSound").GetBoolean());
    }

    [Theory, EachDatabase]
    public async Task What_is_refused_ends_with_1_and_what_is_typed_wrongly_with_2(TestDatabase database)
    {
        var township = await Answer(database, 1, "import", "roster", s_roster, "--area", "990101100000");
        Assert.Equal("people.import-into-village", township.GetProperty("refused").GetString());
        Assert.Equal("pairing.nobody-to-pair", (await Answer(database, 1, "pair", "--area", Village)).GetProperty("refused").GetString());
        var nobody = await Answer(database, 1, "points", "list", "--as", "NOBODY");
        Assert.Equal("common.not-found", nobody.GetProperty("refused").GetString());

        foreach (var (month, code, close) in new[]
        {
            ("2199-01", "statement.month-ahead", false), ("2199-01", "statement.month-not-over", true), ("2026-03", "", true),
            ("2026-03", "statement.already-submitted", true),
        })
        {
            string[] asked = ["statement", "--village", Village, "--month", month, .. close ? new[] { "--close" } : []];
            var told = await Answer(database, code.Length == 0 ? 0 : 1, asked);
            if (code.Length > 0) Assert.Equal(code, told.GetProperty("refused").GetString());
            else
            {
                Assert.Equal(("Submitted", JsonValueKind.Null), (told.GetProperty("state").GetString(), told.GetProperty("now").ValueKind));
            }
        }

        string[] unknown = ["statement", "--point", "0195b9f0-0000-7000-8000-000000000001", "--month", "2026-03"];
        Assert.Equal("statement.not-found", (await Answer(database, 1, unknown)).GetProperty("refused").GetString());

        Assert.Equal((2, ""), await Run(database, "import", "roster", "nowhere.xlsx", "--area", Village));
        Assert.Equal((2, ""), await Run(database, "statement", "--point", "x", "--month", "March"));
        Assert.Equal(2, (await Run(database, "statement")).Exit);
    }

    [Theory, EachDatabase]
    public async Task A_command_acts_as_whoever_is_named(TestDatabase database)
    {
        string cadre;
        await using (var house = await OpenHouse.On(database))
        {
            await SampleFiles.ImportAreas(house.Services, CancellationToken.None);
            cadre = (await house.Someone(Role.VillageCadre, new(new AreaCode(990101100202)))).SignInName;
        }

        var refused = await Answer(database, 1, "import", "roster", s_roster, "--area", Village, "--as", cadre);

        Assert.Equal("common.not-found", refused.GetProperty("refused").GetString());
    }

    [Theory, EachDatabase]
    public async Task An_empty_house_gets_its_first_administrator(TestDatabase database)
    {
        var program = CommandLine.Shipped(database);
        var slip = await program.Answer(0, "account", "create", "--role", "SystemAdministrator");

        Assert.NotEqual("", slip.GetProperty("code").GetString());
        Assert.Equal(2, (await program.Run("account", "create", "--role", "Emperor")).Exit);
    }

    private static Task<JsonElement> Answer(TestDatabase database, int exit, params string[] arguments) =>
        CommandLine.On(database).Answer(exit, arguments);

    private static Task<(int Exit, string Output)> Run(TestDatabase database, params string[] arguments) =>
        CommandLine.On(database).Run(arguments);
}
