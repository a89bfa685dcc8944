using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Application.Places;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

public sealed class ImportRosterTests
{
    private const string Head = "姓名,性别,出生日期,身份证号,联系电话,人员类别,村民组,户号,居住状况,互助点,家属姓名,家属电话\n";
    private const string Wang = "王秀英,女,1945-03-02,99010119450302002X,10000000001,老年人,一组,12,独居,村东互助点,王强,10000000002\n";
    private const string Li = "李德山,男,1950-05-06,,10000000003,老年人,一组,13,空巢,村东互助点,,\n";

    [Theory, EachDatabase]
    public async Task The_sample_village_goes_in_once_and_the_second_time_changes_nothing(TestDatabase database)
    {
        await using var village = await Prepared(database);

        var first = await Import(village, Sample());
        var again = await Import(village, Sample());

        Assert.Equal(new(132, 132, 0, 0, 0, first.Suspected), first);
        Assert.Equal(new(132, 0, 0, 132, 0, first.Suspected), again);
        var points = (await village.Get<ListPoints>().Run(1, village.House, default)).Value;
        Assert.Equal(4, points.Count);
        Assert.All(points, p => Assert.True(p.Compliance.IsMet));
    }

    [Theory, EachDatabase]
    public async Task A_preview_says_the_same_as_the_import_and_stores_nothing(TestDatabase database)
    {
        await using var village = await Prepared(database);
        var import = village.Get<ImportRoster>();

        var view = (await import.Preview(Read(village, Sample()), village.House, default)).Value;

        Assert.Equal(0, await People(village));
        Assert.Equal(view.Receipt, await Import(village, Sample()));
    }

    [Theory, EachDatabase]
    public async Task A_changed_row_shows_before_and_after_and_an_empty_cell_takes_nothing_away(TestDatabase database)
    {
        await using var village = await Prepared(database);
        await Import(village, Csv(Head + Wang + Li));
        var changed = Head + Wang.Replace("10000000001", "10000000009") + Li.Replace("10000000003", "").Replace("空巢", "留守");

        var view = (await village.Get<ImportRoster>().Preview(Read(village, Csv(changed)), village.House, default)).Value;
        var receipt = await Import(village, Csv(changed));

        Assert.Equal((0, 2, 0), (receipt.Added, receipt.Changed, receipt.Unchanged));
        Assert.Equal([new("phone", "100****0001", "100****0009")], view.Changes[0].Fields);
        Assert.Equal([new("living", "EmptyNest", "LeftBehind")], view.Changes[1].Fields);
        var found = (await village.Get<FindPeople>().Run(new("0003"), village.House, default)).Value;
        Assert.Equal("李德山", Assert.Single(found.Rows).Name);
    }

    [Theory, EachDatabase]
    public async Task An_id_number_that_comes_later_finds_the_person_by_name_birthday_and_household(TestDatabase database)
    {
        await using var village = await Prepared(database);
        await Import(village, Csv(Head + Li));
        var withId = Csv(Head + Li.Replace("1950-05-06,,", $"1950-05-06,{NationalId.Complete("99010119500506001")},"));

        var receipt = await Import(village, withId);

        Assert.Equal((0, 1, 0), (receipt.Added, receipt.Changed, receipt.Suspected));
    }

    [Theory, EachDatabase]
    public async Task Two_of_one_name_and_birthday_are_two_people_and_suspected(TestDatabase database)
    {
        await using var village = await Prepared(database);

        var receipt = await Import(village, Csv(Head + Li + Li.Replace(",13,", ",14,")));

        Assert.Equal((2, 1), (receipt.Added, receipt.Suspected));
    }

    [Theory, EachDatabase]
    public async Task Rows_with_errors_stay_out_and_the_others_go_in(TestDatabase database)
    {
        await using var village = await Prepared(database);

        var receipt = await Import(village, Csv(Head + Wang.Replace("2002X", "20025") + Li));

        Assert.Equal((2, 1, 1), (receipt.Read, receipt.Added, receipt.Refused));
    }

    [Theory, EachDatabase]
    public async Task A_roster_goes_into_a_known_village_of_ones_own_only(TestDatabase database)
    {
        await using var village = await Prepared(database);
        var import = village.Get<ImportRoster>();
        async Task<string?> Code(AreaCode into, Actor actor) =>
            (await import.Run(import.Read(Id<ImportRoster>.New(village.Clock).Value, into, Csv(Head + Li)).Value, actor, default))
                .Refusal?.Code;

        Assert.Equal("people.import-into-village", await Code(Village.X.Parent, village.House));
        Assert.Equal("common.not-found", await Code(new(990101100999), village.House));
        Assert.Equal("common.not-found", await Code(Village.Beside, Actor.System(Village.X)));
        Assert.Equal("common.forbidden", await Code(Village.X, Actor.System(Village.X) with { Role = Role.Volunteer }));
    }

    [Theory, EachDatabase]
    public async Task People_are_found_by_characters_initials_and_the_end_of_the_phone(TestDatabase database)
    {
        await using var village = await Prepared(database);
        await Import(village, Csv(Head + Wang + Li));
        async Task<string> Names(string text) =>
            string.Join(" ", (await village.Get<FindPeople>().Run(new(text), village.House, default)).Value.Rows.Select(r => r.Name));

        Assert.Equal("王秀英", await Names("秀英"));
        Assert.Equal("李德山", await Names("lds"));
        Assert.Equal("王强", await Names("0002"));
        Assert.Equal("", await Names("赵"));
    }

    [Theory, EachDatabase]
    public async Task No_plain_id_or_phone_is_stored(TestDatabase database)
    {
        await using var village = await Prepared(database);
        await Import(village, Csv(Head + Wang));

        await using var connection = await database.Open(default);
        var text = new StringBuilder();
        foreach (var table in (string[])["people_person", "people_relation", "audit_entry", "outbox_message"]) text.Append(
            await Dump(connection, table));

        Assert.Contains("王秀英", text.ToString(), StringComparison.Ordinal);
        foreach (var secret in (string[])["99010119450302002X", "10000000001", "10000000002"])
        {
            Assert.DoesNotContain(secret, text.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), text.ToString(), StringComparison.Ordinal);
        }
    }

    private static async Task<string> Dump(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table}";
        await using var reader = await command.ExecuteReaderAsync();
        var text = new StringBuilder();
        while (await reader.ReadAsync())
        {
            for (var c = 0; c < reader.FieldCount; c++) text.Append(reader.GetValue(c) is byte[] bytes ? Convert.ToHexString(bytes)
                : reader.GetValue(c)).Append('|');
        }

        return text.ToString();
    }

    private static async Task<Village> Prepared(TestDatabase database)
    {
        var village = await Village.On(database);
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);
        return village;
    }

    private static Stream Sample() => SampleFiles.Open("x-village.xlsx");

    private static MemoryStream Csv(string text) => new(Encoding.UTF8.GetBytes(text));

    private static ImportRoster.Command Read(Village village, Stream file) =>
        village.Get<ImportRoster>().Read(Id<ImportRoster>.New(village.Clock).Value, Village.X, file).Value;

    private static async Task<ImportRoster.Receipt> Import(Village village, Stream file) =>
        (await village.Get<ImportRoster>().Run(Read(village, file), village.House, default)).Value;

    private static Task<int> People(Village village) =>
        village.Get<Workspace>().Read(village.House, db => db.People.CountAsync());
}
