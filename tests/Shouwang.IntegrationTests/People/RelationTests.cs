using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>Relatives, contacts, households, and the papers of those who help.</summary>
public sealed class RelationTests
{
    [Theory, EachDatabase]
    public async Task The_one_put_first_is_called_first_and_the_others_follow(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        _ = await Relate(village, cadre, elder, new("王强", "10011112222"), 1);
        var daughter = await Relate(village, cadre, elder, new("王芳", "10011113333"), 2);

        _ = (await village.Get<OrderContact>().Run(new(NewId(village), daughter.Id, 1), cadre, default)).Value;

        var view = (await village.Get<RelativesOf>().Run(elder.Id, cadre, default)).Value;
        Assert.Equal([("王芳", 1, "100****3333"), ("王强", 2, "100****2222")], view.Relatives.Select(r => (r.Name, r.Contact, r.PhoneMask)));
        var belongs = (await village.Get<RelativesOf>().Run(daughter.Relative, cadre, default)).Value.Belongs;
        Assert.Equal(elder.Id, Assert.Single(belongs).Person);
    }

    [Theory, EachDatabase]
    public async Task An_ended_relation_leaves_the_list_and_the_contacts_close_up(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var son = await Relate(village, cadre, elder, new("王强", null), 1);
        _ = await Relate(village, cadre, elder, new("王芳", null), 2);

        _ = (await village.Get<EndRelation>().Run(new(NewId(village), son.Id), cadre, default)).Value;

        var left = Assert.Single((await village.Get<RelativesOf>().Run(elder.Id, cadre, default)).Value.Relatives);
        Assert.Equal(("王芳", 1), (left.Name, left.Contact));
        Assert.Equal("people.relation-ended",
            (await village.Get<OrderContact>().Run(new(NewId(village), son.Id, 1), cadre, default)).Refusal?.Code);
        Assert.Equal("people.relation-not-found",
            (await village.Get<EndRelation>().Run(new(NewId(village), Id<Relation>.New(village.Clock)), cadre, default)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task The_same_relation_twice_or_with_oneself_is_refused(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var son = await Relate(village, cadre, elder, new("王强", null), 1);
        async Task<string?> Code(Id<Person> relative) => (await village.Get<RelatePeople>().Run(
            new(Id<Relation>.New(village.Clock), elder.Id, relative, null, RelationKind.Child, 0), cadre, default)).Refusal?.Code;

        Assert.Equal("people.relation-known", await Code(son.Relative));
        Assert.Equal("people.relation-to-self", await Code(elder.Id));
        Assert.Equal("people.not-found", await Code(Id<Person>.New(village.Clock)));
    }

    [Theory, EachDatabase]
    public async Task A_household_shows_who_lives_there(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var husband = await village.With("李德山", PersonRoles.Elder, age: 70);
        foreach (var person in new[] { elder, husband })
        {
            var stated = new FactStated(FactKind.Household, "12", village.Today);
            _ = (await village.Get<LearnFact>().Run(new(NewId(village), person.Id, stated), cadre, default)).Value;
        }

        var household = (await village.Get<ShowPerson>().Run(elder.Id, cadre, default)).Value.Household!.Value;
        var view = (await village.Get<ShowHousehold>().Run(household, cadre, default)).Value;

        Assert.Equal("12", view.Number);
        Assert.Equal(["李德山", "王秀英"], view.People.Select(p => p.Name));
        Assert.Equal("people.household-not-found",
            (await village.Get<ShowHousehold>().Run(household, cadre with { Scope = Village.Beside }, default)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task Papers_that_are_missing_or_run_out_come_first(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (_, cadre) = await Two(village);
        var (li, zhao, qian) = (await village.With("李强", PersonRoles.Volunteer), await village.With("赵强", PersonRoles.Volunteer),
            await village.With("钱强", PersonRoles.Volunteer));
        await Papers(village, cadre, li, village.Today.AddDays(200));
        await Papers(village, cadre, zhao, village.Today.AddDays(20));

        var rows = (await village.Get<WhoHelps>().Run(1, cadre, default)).Value;

        Assert.Equal([("钱强", Validity.Missing), ("赵强", Validity.Soon), ("李强", Validity.Valid)], rows.Select(r => (r.Name, r.Worst)));
        Assert.Equal(village.Today.AddDays(19), rows[1].Insurance.Until);
        village.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(Validity.Expired, (await village.Get<WhoHelps>().Run(1, cadre, default)).Value.Single(r => r.Id == zhao.Id).Worst);
        Assert.NotNull(qian);
    }

    private static async Task Papers(Village village, Actor actor, Person person, DateOnly end)
    {
        foreach (var (kind, value) in new[] { (FactKind.Insurance, "AccidentAndWay"), (FactKind.HealthCheck, "Fit") })
        {
            var stated = new FactStated(kind, value, village.Today.AddDays(-100), end);
            _ = (await village.Get<LearnFact>().Run(new(NewId(village), person.Id, stated), actor, default)).Value;
        }
    }

    private static async Task<RelatePeople.Receipt> Relate(Village village, Actor actor, Person elder, NewRelative relative, int contact) =>
        (await village.Get<RelatePeople>().Run(
            new(Id<Relation>.New(village.Clock), elder.Id, null, relative, RelationKind.Child, contact), actor, default)).Value;

    private static async Task<(Person Elder, Actor Cadre)> Two(Village village) =>
        (await village.With("王秀英", PersonRoles.Elder), village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre));

    private static Guid NewId(Village village) => Id<Person>.New(village.Clock).Value;
}
