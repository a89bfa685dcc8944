using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>A list of more people than are counted, page after page.</summary>
public sealed class PeopleListTests
{
    private const int Many = FindPeople.CountedTo + 40;
    private static readonly string[] s_surnames = ["王", "李", "张", "刘", "陈", "单"];
    private static readonly string[] s_given = ["秀英", "桂兰", "德山", "建国", "玉兰"];

    [Theory, EachDatabase]
    public async Task A_list_of_many_shows_everyone_once_in_the_order_of_names_and_nobody_from_the_next_village(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var expected = await Fill(village, Village.X, Many);
        await Fill(village, Village.Beside, Many);
        var house = Actor.System(Village.X);

        var (shown, page) = (new List<Id<Person>>(), 1);
        for (FindPeople.View? view = null; view is null || view.Pages > view.Page; page++)
        {
            view = (await village.Get<FindPeople>().Run(new(null, page), house, default)).Value;
            Assert.True(view.Count > FindPeople.CountedTo);
            shown.AddRange(view.Rows.Select(r => r.Id));
        }

        Assert.Equal(expected.OrderBy(p => p.Initials, StringComparer.Ordinal).ThenBy(p => p.NameKey, StringComparer.Ordinal)
            .ThenBy(p => p.Id.Value).Select(p => p.Id), shown);
    }

    [Theory, EachDatabase]
    public async Task Initials_find_by_how_a_name_begins_and_letters_within_a_name_where_no_initials_begin_so(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Enter(village, [Someone(village, Village.X, "王秀英"), Someone(village, Village.X, "吴玉兰"),
            Someone(village, Village.X, "LI MING")]);

        Assert.Equal(["王秀英"], await Found(village, "WX"));
        Assert.Equal(["LIMING"], await Found(village, "MING"));
        Assert.Empty(await Found(village, "XY"));
        Assert.Equal(["吴玉兰"], await Found(village, "WYL"));
        Assert.Empty(await Found(village, "WZ"));
    }

    [Theory, EachDatabase]
    public async Task What_is_entered_in_bulk_stands_as_it_would_if_saved_one_by_one(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var person = Someone(village, Village.X, "单建国");
        person.Play(PersonRoles.Elder | PersonRoles.Volunteer);
        person.LiveAt("3组", null);
        person.Seal(village.Get<PersonVault>().Seal(person.Id, new(null, PhoneNumber.Of("10011112222"), null)));
        person.Learn(FactKind.Living, LivingSituation.LivingAlone, village.Today, village.Clock.GetUtcNow().ToUniversalTime());
        person.Learn(FactKind.Ability, AbilityLevel.Intact, village.Today, village.Clock.GetUtcNow().ToUniversalTime());

        await Enter(village, [person]);

        var stored = await village.Get<Workspace>().Read(Actor.System(Village.X), db => db.People.SingleAsync(p => p.Id == person.Id));
        Assert.Equal(JsonSerializer.Serialize(person, HouseJson.Options), JsonSerializer.Serialize(stored, HouseJson.Options));
    }

    private static async Task<IEnumerable<string>> Found(Village village, string text) =>
        (await village.Get<FindPeople>().Run(new(text), Actor.System(Village.X), default)).Value.Rows.Select(r => r.Name);

    private static async Task<List<Person>> Fill(Village village, AreaCode area, int count)
    {
        var people = Enumerable.Range(0, count)
            .Select(n => Someone(village, area, s_surnames[n % s_surnames.Length] + s_given[n / 7 % s_given.Length])).ToList();
        await Enter(village, people);
        return people;
    }

    private static Person Someone(Village village, AreaCode area, string name)
    {
        var person = new Person(Id<Person>.New(village.Clock), area, PersonNames.Of(name), Sex.Female, new DateOnly(1945, 3, 2));
        person.Seal(village.Get<PersonVault>().Seal(person.Id, new(null, null, null)));
        return person;
    }

    private static Task Enter(Village village, IReadOnlyList<Person> people) => village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(Actor.System(people[0].Area));
            await unit.Enter(people, (_, _) => { }, default);
            return new(true, true);
        },
        default);
}
