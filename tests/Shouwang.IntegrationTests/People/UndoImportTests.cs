using System.Text;
using Shouwang.Application.Keeping;
using Shouwang.Application.People;
using Shouwang.Application.Places;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

public sealed class UndoImportTests
{
    private const string Head = "姓名,性别,出生日期,身份证号,联系电话,人员类别,村民组,户号,居住状况,互助点,家属姓名,家属电话\n";
    private const string Wang = "王秀英,女,1945-03-02,99010119450302002X,10000000001,老年人,一组,12,独居,村东互助点,王强,10000000002\n";
    private const string Li = "李德山,男,1950-05-06,,10000000003,老年人,一组,13,空巢,村东互助点,,\n";

    [Theory, EachDatabase]
    public async Task An_import_that_only_added_leaves_the_database_as_it_was(TestDatabase database)
    {
        await using var village = await Prepared(database);
        var before = await People(village);

        var import = await Import(village, SampleFiles.Open("x-village.xlsx"));
        Assert.NotEqual(before, await People(village));
        var undone = (await village.Get<UndoImport>().Run(new(new(import)), village.House, default)).Value;

        Assert.Equal(132, undone.Removed);
        Assert.Equal(before, await People(village));
        Assert.Empty((await village.Get<ListPoints>().Run(1, village.House, default)).Value);
    }

    [Theory, EachDatabase]
    public async Task A_changed_person_is_as_before_and_imports_come_off_in_turn(TestDatabase database)
    {
        await using var village = await Prepared(database);
        var empty = await People(village);
        var first = await Import(village, Csv(Head + Wang + Li));
        var afterFirst = await People(village);
        var second = await Import(village, Csv(Head + Wang.Replace("10000000001", "10000000009").Replace("独居", "空巢").Replace("村东", "村西")));
        Assert.NotEqual(afterFirst, await People(village));

        Assert.Equal("people.import-built-on", (await Undo(village, first)).Refusal?.Code);
        Assert.Equal((0, 1), ((await Undo(village, second)).Value.Removed, (await Undo(village, second)).Value.Restored));
        Assert.Equal(afterFirst, await People(village));
        Assert.True((await Undo(village, first)).IsOk(out _, out _));
        Assert.Equal(empty, await People(village));
    }

    [Theory, EachDatabase]
    public async Task Once_somebody_built_on_it_it_is_refused_with_the_list_and_nothing_moves(TestDatabase database)
    {
        await using var village = await Prepared(database);
        var import = await Import(village, Csv(Head + Wang + Li));
        var elder = (await village.Get<FindPeople>().Run(new("王秀英"), village.House, default)).Value.Rows.Single();
        var volunteer = await village.With("赵助人", PersonRoles.Volunteer);
        await village.Add(new Domain.Pairing.Pair(Id<Domain.Pairing.Pair>.New(village.Clock), Village.X, elder.Id, volunteer.Id, null));
        var before = await People(village);

        var since = (await village.Get<UndoImport>().Since(new(import), village.House, default)).Value;
        var refused = await Undo(village, import);

        Assert.Equal([new BuiltOn("pairing_pair", 1)], since);
        Assert.Equal(("people.import-built-on", 1L), (refused.Refusal!.Code, refused.Refusal.Facts["records"]));
        Assert.Equal(before, await People(village));
    }

    [Theory, EachDatabase]
    public async Task An_import_is_undone_once_and_only_by_who_may_import(TestDatabase database)
    {
        await using var village = await Prepared(database);
        var import = await Import(village, Csv(Head + Wang));
        var volunteer = village.House with { Role = Application.Common.Role.Volunteer };

        Assert.Equal("common.forbidden", (await village.Get<UndoImport>().Run(new(new(import)), volunteer, default)).Refusal?.Code);
        var first = (await Undo(village, import)).Value;
        Assert.Equal(first, (await Undo(village, import)).Value);
    }

    private static Task<Result<UndoImport.Receipt>> Undo(Village village, Guid import) =>
        village.Get<UndoImport>().Run(new(new(import)), village.House, default);

    private static async Task<Village> Prepared(TestDatabase database)
    {
        var village = await Village.On(database);
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);
        return village;
    }

    private static async Task<Guid> Import(Village village, Stream file)
    {
        var id = Id<RosterImport>.New(village.Clock).Value;
        var import = village.Get<ImportRoster>();
        _ = (await import.Run(import.Read(id, Village.X, file).Value, village.House, default)).Value;
        return id;
    }

    /// <summary>Every row about people and places, as sums.</summary>
    private static async Task<IReadOnlyList<TableSum>> People(Village village) =>
        [.. (await village.Get<HouseSums>().Take(default)).Where(s => s.Table is ['p', 'e', ..] or ['p', 'l', ..] && s.Table != "people_roster_import")];

    private static MemoryStream Csv(string text) => new(Encoding.UTF8.GetBytes(text));
}
