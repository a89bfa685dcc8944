using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Application.People;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>Who took back the consent to coordinates: no roster brings new ones, and pairing goes by the villagers' group.</summary>
public sealed class LocationConsentTests
{
    private const string Head = "姓名,性别,出生日期,身份证号,人员类别,村民组,户号,住处标志,纬度,经度\n";
    private const string Wang = "王秀英,女,1945-03-02,99010119450302002X,老年人,一组,12,";
    private const string Li = "李德山,男,1950-01-05,,老年人,一组,13,";

    [Theory, EachDatabase]
    public async Task A_roster_brings_no_coordinates_of_whoever_took_it_back_and_says_so(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);
        _ = await Import(village, $"{Head}{Wang}老槐树旁,40.37,116.85\n{Li}井边,40.38,116.86\n");
        var (wang, li) = (await Find(village, "王秀英"), await Find(village, "李德山"));
        await TakeBack(village, wang);

        var changes = await Import(village, $"{Head}{Wang}老槐树旁,40.47,116.95\n{Li}井边,40.48,116.96\n");

        Assert.Equal([(true, RosterEffect.Unchanged), (false, RosterEffect.Changed)], changes.Select(c => (c.Unlocated, c.Effect)));
        Assert.Equal(new HomeSpot("老槐树旁", 40.37, 116.85), Home(village, await Find(village, "王秀英")));
        Assert.Equal(new HomeSpot("井边", 40.48, 116.96), Home(village, await Find(village, "李德山")));

        _ = await Import(village, $"{Head}{Wang}村口,40.57,116.99\n");
        Assert.Equal(new HomeSpot("村口"), Home(village, await Find(village, "王秀英")));
        Assert.NotEqual(wang.Id, li.Id);
    }

    [Theory, EachDatabase]
    public async Task An_empty_cell_takes_neither_coordinates_nor_landmark_away(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);
        _ = await Import(village, $"{Head}{Li}井边,40.38,116.86\n");

        Assert.Equal(RosterEffect.Unchanged, Assert.Single(await Import(village, $"{Head}{Li}井边,,\n")).Effect);
        Assert.Equal(RosterEffect.Unchanged, Assert.Single(await Import(village, $"{Head}{Li},40.38,116.86\n")).Effect);
        Assert.Equal(new HomeSpot("井边", 40.38, 116.86), Home(village, await Find(village, "李德山")));

        _ = await Import(village, $"{Head}{Li}桥头,,\n");
        Assert.Equal(new HomeSpot("桥头"), Home(village, await Find(village, "李德山")));
    }

    [Theory, EachDatabase]
    public async Task Pairing_goes_by_the_group_instead_and_the_reason_says_so(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var elder = await Living(village, "李桂兰", PersonRoles.Elder, ("一组", 40.3700));
        var near = await Living(village, "赵近", PersonRoles.Volunteer, ("二组", 40.3705));
        var ofGroup = await Living(village, "钱远", PersonRoles.Volunteer, ("一组", 40.3850));

        Assert.Equal((near.Id, false), await Proposed(village));
        await TakeBack(village, elder);

        Assert.Equal((ofGroup.Id, true), await Proposed(village));
    }

    [Theory, EachDatabase]
    public async Task What_a_dropped_entry_took_back_holds_for_the_kept_one(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var kept = await Living(village, "李桂兰", PersonRoles.Elder, ("一组", 40.3700));
        var dropped = await village.With("李桂兰", PersonRoles.Elder);
        await village.With("钱远", PersonRoles.Volunteer);
        await TakeBack(village, dropped);

        _ = (await village.Get<MergePeople>().Run(
            new(Id<PersonMerge>.New(village.Clock), kept.Id, dropped.Id), village.House, default)).Value;

        Assert.True((await Proposed(village)).ByGroup);
    }

    private static async Task<(Id<Person> Helper, bool ByGroup)> Proposed(Village village)
    {
        _ = (await village.Get<ProposePairs>().Run(new(Id<ProposePairs>.New(village.Clock), Village.X), village.House, default)).Value;
        var pair = Assert.Single((await village.Get<ListPairs>().Run(new(), village.House, default)).Value.Pairs);
        return (pair.Volunteer, pair.Why!.ByGroup);
    }

    private static async Task<Person> Living(Village village, string name, PersonRoles roles, (string Group, double Latitude) home)
    {
        var person = new Person(Id<Person>.New(village.Clock), Village.X, PersonNames.Of(name), Sex.Female, village.Today.AddYears(-66));
        person.Play(roles);
        person.LiveAt(home.Group, null);
        person.Seal(village.Get<PersonVault>().Seal(person.Id, new(null, null, new HomeSpot("井边", home.Latitude, 116.85))));
        await village.Add(person);
        return person;
    }

    private static async Task TakeBack(Village village, Person person)
    {
        var now = village.Clock.GetUtcNow();
        var consent = Consent.Give(
            Id<Consent>.New(village.Clock), person, new(ConsentPurpose.Location, ConsentMethod.Signed, null), now).Value;
        _ = consent.Withdraw(now).Value;
        await village.Add(consent);
    }

    private static async Task<IReadOnlyList<RosterChange>> Import(Village village, string text)
    {
        var import = village.Get<ImportRoster>();
        var read = import.Read(Id<RosterImport>.New(village.Clock).Value, Village.X, new MemoryStream(Encoding.UTF8.GetBytes(text))).Value;
        var view = (await import.Preview(read, village.House, default)).Value;
        _ = (await import.Run(read, village.House, default)).Value;
        return view.Changes;
    }

    private static Task<Person> Find(Village village, string name) =>
        village.Get<Workspace>().Read(village.House, db => db.People.SingleAsync(p => p.Name == name));

    private static HomeSpot? Home(Village village, Person person) => village.Get<PersonVault>().OpenHome(person.Id, person.Secrets);
}
