using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Areas;
using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.IntegrationTests.Look;
using Xunit;

namespace Shouwang.IntegrationTests.Areas;

public sealed class AreasTests
{
    private static readonly DateOnly s_first = new(2020, 1, 1);
    private static readonly Actor s_nation = Actor.System(AreaCode.Nation);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task The_demo_county_is_taken_in_once_and_a_second_time_changes_nothing(TestDatabase database)
    {
        await using var village = await Village.On(database);

        var first = await Import(village, Demo(), s_first);
        var again = await Import(village, Demo(), s_first.AddYears(1));

        Assert.Equal((8, 8, 0, 0, 0), (first.Read, first.Added, first.Changed, first.Unchanged, first.Refused.Count));
        Assert.Equal((8, 0, 0, 8, 0), (again.Read, again.Added, again.Changed, again.Unchanged, again.Refused.Count));
    }

    [Theory, EachDatabase]
    public async Task Another_name_becomes_a_dated_entry_and_a_bad_line_is_refused_with_its_number(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Import(village, Demo(), s_first);

        var taken = await Import(village, "code,name\n990101100201,新X村\n990102100201,无镇村\n9901011002,短码\n", s_first.AddYears(5));

        Assert.Equal((3, 0, 1, 0), (taken.Read, taken.Added, taken.Changed, taken.Unchanged));
        Assert.Equal([(3, "areas.parent-unknown"), (4, "areas.bad-code")], taken.Refused.Select(f => (f.Line, f.Reason)));
        var view = (await village.Get<ListAreas>().Run(new(Village.X), s_nation, Ct)).Value;
        Assert.Equal(["X村", "新X村"], view.History.Select(h => h.Name));
        Assert.Equal(view.History[0].To, view.History[1].From);
    }

    [Theory, EachDatabase]
    public async Task The_same_import_again_under_the_same_id_does_it_once(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var command = new ImportAreas.Command(Id<Area>.New(village.Clock).Value, s_first, AreaFile.From(new StringReader(Demo())).Value);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => village.Get<ImportAreas>().Run(command, s_nation, Ct)));

        Assert.All(answers, a => Assert.Equal(8, a.Value.Added));
        Assert.Equal(8, await village.Get<Workspace>().Read(s_nation, db => db.Areas.CountAsync(Ct)));
    }

    [Theory, EachDatabase]
    public async Task After_a_merger_the_successor_covers_the_old_codes_and_sees_the_rows_written_under_them(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Import(village, Demo(), s_first);
        var elder = await village.With("李秀英", PersonRoles.Elder, Village.Beside);
        var merger = new ReplaceArea.Command(Id<Area>.New(village.Clock).Value, Village.Beside, village.Today, [Village.X]);

        var merged = await village.Get<ReplaceArea>().Run(merger, s_nation, Ct);

        var covered = await village.Get<FindPredecessors>().Run(Village.X, Ct);
        var cadre = new Actor(new(Guid.CreateVersion7(village.Clock.GetUtcNow())), Role.VillageCadre, Village.X, Reach.Area);
        Assert.Equal(1, merged.Value.Successors);
        Assert.Equal([Village.Beside], covered);
        Assert.Empty(await People(village, cadre));
        Assert.Equal([elder.Id], await People(village, cadre with { Predecessors = covered }));
        var view = (await village.Get<ListAreas>().Run(new(Village.Beside), s_nation, Ct)).Value;
        Assert.Equal([Village.X], view.History[0].Successors);
        Assert.Equal(village.Today, view.History[0].To);
    }

    [Theory, EachDatabase]
    public async Task A_merger_into_an_area_that_does_not_stand_is_refused_and_changes_nothing(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Import(village, Demo(), s_first);
        var command = new ReplaceArea.Command(Id<Area>.New(village.Clock).Value, Village.X, village.Today, [new(990101100299)]);

        var merged = await village.Get<ReplaceArea>().Run(command, s_nation, Ct);

        Assert.Equal("areas.successor-unknown", merged.Refusal?.Code);
        Assert.Null((await village.Get<ListAreas>().Run(new(Village.X), s_nation, Ct)).Value.History.Single().To);
    }

    [Theory, EachDatabase]
    public async Task The_tree_is_seen_from_the_scope_down_and_changed_only_with_the_permission(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Import(village, Demo(), s_first);
        var person = await village.With("王桂兰", PersonRoles.Official);
        var county = new Actor(person.Id, Role.CountyOfficer, new(990101000000), Reach.Area);
        var cadre = county with { Role = Role.VillageCadre, Scope = Village.X };
        var areas = village.Get<ListAreas>();

        var view = (await areas.Run(new(new(990101100000)), county, Ct)).Value;

        Assert.Equal(["示范县", "守望镇"], view.Way.Select(w => w.Name));
        Assert.Equal(["X村", "东邻村", "南邻村", "西邻村"], view.Inside.Select(i => i.Name));
        Assert.Equal("common.not-found", (await areas.Run(new(Village.Beside), cadre, Ct)).Refusal?.Code);
        Assert.Equal("common.forbidden", (await Rename(village, Village.X, cadre)).Refusal?.Code);
        Assert.Equal("areas.not-found", (await Rename(village, Village.Beside, cadre)).Refusal?.Code);
        Assert.Equal(Village.X, (await Rename(village, Village.X, county)).Value.Area);
    }

    [Theory, EachDatabase]
    public async Task An_officer_takes_in_only_what_lies_in_the_own_county(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var person = await village.With("王桂兰", PersonRoles.Official);
        var county = new Actor(person.Id, Role.CountyOfficer, new(990101000000), Reach.Area);

        var taken = await Import(village, Demo() + "990102,邻县,99,9901,,\n", s_first, county);

        Assert.Equal(6, taken.Added);
        Assert.Equal([2, 3, 10], taken.Refused.Select(f => f.Line));
        Assert.All(taken.Refused, f => Assert.Equal("areas.not-found", f.Reason));
    }

    private static async Task<List<Id<Person>>> People(Village village, Actor actor) =>
        await village.Get<Workspace>().Read(actor, db => db.People.Select(p => p.Id).ToListAsync(Ct));

    private static Task<Result<RenameArea.Receipt>> Rename(Village village, AreaCode area, Actor actor) =>
        village.Get<RenameArea>().Run(new(Id<Area>.New(village.Clock).Value, area, "新村", village.Today), actor, Ct);

    private static async Task<ImportAreas.Receipt> Import(Village village, string text, DateOnly from, Actor? actor = null)
    {
        var command = new ImportAreas.Command(Id<Area>.New(village.Clock).Value, from, AreaFile.From(new StringReader(text)).Value);
        return (await village.Get<ImportAreas>().Run(command, actor ?? s_nation, Ct)).Value;
    }

    private static string Demo() => File.ReadAllText(Path.Combine(Repository.Root, "samples", "areas-demo.csv"));
}
