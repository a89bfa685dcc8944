using Microsoft.AspNetCore.Http;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>A list that is read in parts is of one moment: what is entered, renamed or removed meanwhile neither doubles a row nor leaves
/// one out, and whoever writes does not wait.</summary>
public sealed class MomentTests
{
    private const int Part = 5;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Rows_that_come_and_go_between_the_parts_are_neither_doubled_nor_missed(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var people = new List<Person>();
        foreach (var surname in "陈丁范高何江孔李马牛潘钱任沈唐吴徐杨赵周") people.Add(await village.With($"{surname}秀英", PersonRoles.Elder));
        var (work, expected) = (village.Get<Workspace>(), people.Select(p => p.Id).ToHashSet());
        await using var moment = await work.Hold(Ct);

        var seen = new List<Id<Person>>();
        for (var number = 1; number <= people.Count / Part; number++)
        {
            seen.AddRange(await work.At(moment, () => Shown(village, number)));
            await Stir(village, number, people[^number]);
        }

        Assert.Equal(people.Count, seen.Count);
        Assert.Equal(expected, seen.ToHashSet());
        Assert.Equal(people.Count + 4, (await Shown(village, 1, 100)).Count);
    }

    [Theory, EachDatabase]
    public async Task A_moment_ends_with_its_answer_so_that_any_number_of_workbooks_can_follow(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        for (var n = 0; n < 20; n++)
        {
            var sent = house.StatusOf(HttpMethod.Get, "/api/v1/people-workbook", cadre);
            Assert.Equal(200, await sent.WaitAsync(TimeSpan.FromSeconds(60), Ct));
        }

        for (var n = 0; n < 20; n++)
            Assert.Equal(404, await house.StatusOf(HttpMethod.Get, $"/api/v1/people/{house.NewId()}/looks-workbook", cadre));
    }

    [Theory, EachDatabase]
    public async Task Whoever_went_away_waits_for_no_turn_and_has_nothing_read(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (work, read) = (village.Get<Workspace>(), 0);
        var gone = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
        await using var export = new ListExport(new Frame(), new Words(), work, new HttpContextAccessor { HttpContext = gone });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => export.Send<int>(new("list", "名单", [("甲", n => $"{n}")]), part =>
        {
            read++;
            return Task.FromResult<Result<Paged<int>>>(new Paged<int>([1], part.Number, false));
        }));

        Assert.Equal(0, read);
    }

    /// <summary>Somebody new in front of everyone, and somebody from the end brought to the front.</summary>
    private static async Task Stir(Village village, int number, Person last)
    {
        _ = await village.With($"安新{"一二三四"[number - 1]}", PersonRoles.Elder);
        var identity = new Identity($"安旧{"一二三四"[number - 1]}", last.Sex, last.Born, null);
        _ = (await village.Get<CorrectPerson>().Run(
            new(Id<Person>.New(village.Clock).Value, last.Id, identity, PersonRoles.Elder), village.House, Ct)).Value;
    }

    private static async Task<List<Id<Person>>> Shown(Village village, int number, int rows = Part) =>
        [.. (await village.Get<FindPeople>().Run(new("", new(number, rows)), village.House, Ct)).Value.Rows.Select(r => r.Id)];
}
