using System.Text;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>Entries that may be one person are suspected; a person decides, once.</summary>
public sealed class DuplicateTests
{
    private const string Head = "姓名,性别,出生日期,身份证号,联系电话,人员类别,村民组,户号\n";
    private const string Wang = "王秀英,女,1945-03-02,99010119450302002X,10000000001,老年人,一组,12\n";
    private const string Namesake = "王秀英,女,1945-03-02,,10000000003,老年人,二组,13\n";

    [Theory, EachDatabase]
    public async Task The_same_number_weighs_most_and_a_decision_is_remembered(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var cadre = village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre);
        var (one, two) = (await village.With("王秀英", PersonRoles.Elder), await village.With("王秀英", PersonRoles.Elder));
        var (three, four) = (await village.With("李德山", PersonRoles.Elder), await village.With("李得山", PersonRoles.Elder, age: 70));
        await Number(village, three, four);

        var rows = (await village.Get<SuspectDuplicates>().Run(null, 1, cadre, default)).Value;
        Assert.Equal([DuplicateGround.IdNumber, DuplicateGround.Birthday], rows.Select(r => r.Ground));
        Assert.Equal(KeptApart.Ordered(one.Id, two.Id), KeptApart.Ordered(rows[1].One.Id, rows[1].Other.Id));
        Assert.Single((await village.Get<SuspectDuplicates>().Run(two.Id, 1, cadre, default)).Value);

        _ = (await village.Get<KeepApart>().Run(new(Id<KeptApart>.New(village.Clock), two.Id, one.Id), cadre, default)).Value;
        Assert.Empty((await village.Get<SuspectDuplicates>().Run(one.Id, 1, cadre, default)).Value);
        Assert.Equal("people.apart-already",
            (await village.Get<KeepApart>().Run(new(Id<KeptApart>.New(village.Clock), one.Id, two.Id), cadre, default)).Refusal?.Code);
        Assert.True((await village.Get<CompareEntries>().Run(one.Id, two.Id, cadre, default)).Value.IsApart);
    }

    [Theory, EachDatabase]
    public async Task Namesakes_under_one_roof_weigh_more_and_one_person_is_held_against_each_of_the_others(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var cadre = village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre);
        var alike = new[] { await Wang(), await Wang(), await Wang() };
        _ = await village.With("王秀英", PersonRoles.Elder, age: 80);
        await village.Learn(alike[0], FactKind.Household, "12", village.Today);
        await village.Learn(alike[2], FactKind.Household, "12", village.Today);

        const DuplicateGround Roof = DuplicateGround.Household, Birthday = DuplicateGround.Birthday;
        Assert.Equal([Roof, Birthday, Birthday], (await About(null)).Select(r => r.Ground));
        Assert.Equal([Roof, Birthday], (await About(alike[0].Id)).Select(r => r.Ground));
        var second = await About(alike[1].Id);
        Assert.Equal([Birthday, Birthday], second.Select(r => r.Ground));
        Assert.All(second, r => Assert.True(r.One.Id == alike[1].Id || r.Other.Id == alike[1].Id));

        Task<Person> Wang() => village.With("王秀英", PersonRoles.Elder);
        async Task<Paged<SuspectDuplicates.Row>> About(Id<Person>? one) =>
            (await village.Get<SuspectDuplicates>().Run(one, 1, cadre, default)).Value;
    }

    [Theory, EachDatabase]
    public async Task Suspicions_stay_inside_the_area_and_with_who_keeps_the_register(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var cadre = village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre);
        var (here, there) = (await village.With("王秀英", PersonRoles.Elder), await village.With("王秀英", PersonRoles.Elder, Village.Beside));

        Assert.Empty((await village.Get<SuspectDuplicates>().Run(null, 1, cadre, default)).Value);
        Assert.Single((await village.Get<SuspectDuplicates>().Run(null, 1, village.House, default)).Value);
        Assert.Equal("people.not-found", (await village.Get<CompareEntries>().Run(here.Id, there.Id, cadre, default)).Refusal?.Code);
        var officer = cadre with { Role = Role.TownshipOfficer };
        Assert.Equal("common.forbidden", (await village.Get<SuspectDuplicates>().Run(null, 1, officer, default)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task Facts_that_differ_are_marked_and_those_only_one_entry_has_are_not(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var cadre = village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre);
        var (one, two) = (await village.With("王秀英", PersonRoles.Elder), await village.With("王秀英", PersonRoles.Elder));
        async Task Know(Person person, FactKind kind, string value) => _ = (await village.Get<LearnFact>().Run(
            new(Id<Person>.New(village.Clock).Value, person.Id, new(kind, value, village.Today)), cadre, default)).Value;
        await Know(one, FactKind.Living, "LivingAlone");
        await Know(two, FactKind.Living, "EmptyNest");
        await Know(two, FactKind.Support, "MinimumAllowance");

        var facts = (await village.Get<CompareEntries>().Run(one.Id, two.Id, cadre, default)).Value.Facts;

        Assert.Equal([(FactKind.Living, true), (FactKind.Support, false)], facts.Select(f => (f.Kind, f.Differs)));
    }

    [Theory, EachDatabase]
    public async Task A_roster_suspects_a_namesake_until_somebody_decides(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);
        Assert.Equal(1, (await Import(village, Head + Wang + Namesake)).Suspected);
        var row = Assert.Single((await village.Get<SuspectDuplicates>().Run(null, 1, village.House, default)).Value);
        Assert.Equal(DuplicateGround.Birthday, row.Ground);

        _ = (await village.Get<KeepApart>().Run(
            new(Id<KeptApart>.New(village.Clock), row.One.Id, row.Other.Id), village.House, default)).Value;

        Assert.Equal(new(2, 0, 0, 2, 0, 0), await Import(village, Head + Wang + Namesake));
    }

    [Theory, EachDatabase]
    public async Task A_roster_that_still_lists_the_dropped_entry_neither_enters_it_anew_nor_changes_the_kept_one(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);
        _ = await Import(village, Head + Wang + Namesake);
        var row = Assert.Single((await village.Get<SuspectDuplicates>().Run(null, 1, village.House, default)).Value);
        var (kept, dropped) = row.One.IdMask.Length > 0 ? (row.One, row.Other) : (row.Other, row.One);
        _ = (await village.Get<MergePeople>().Run(
            new(Id<PersonMerge>.New(village.Clock), kept.Id, dropped.Id), village.House, default)).Value;

        Assert.Equal(new(2, 0, 0, 2, 0, 0), await Import(village, Head + Wang + Namesake));
        Assert.Equal(1, (await village.Get<FindPeople>().Run(new("王秀英"), village.House, default)).Value.Count);
    }

    private static async Task<ImportRoster.Receipt> Import(Village village, string text)
    {
        var import = village.Get<ImportRoster>();
        var read = import.Read(Id<RosterImport>.New(village.Clock).Value, Village.X, new MemoryStream(Encoding.UTF8.GetBytes(text))).Value;
        return (await import.Run(read, village.House, default)).Value;
    }

    /// <summary>The same ID number in two entries, as two villages that became one would bring.</summary>
    private static async Task Number(Village village, params Person[] people)
    {
        var vault = village.Get<PersonVault>();
        _ = await village.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(village.House);
                unit.Db.AttachRange(people.Cast<object>());
                foreach (var person in people)
                    person.Seal(vault.Reseal(person.Id, person.Secrets, new(NationalId.Of("99010119450302002X"), null, null)));
                await unit.Save(default);
                return new(true, true);
            },
            default);
    }
}
