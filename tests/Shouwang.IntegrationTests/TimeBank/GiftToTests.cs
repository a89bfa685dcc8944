using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.TimeBank;

/// <summary>To whom own hours may be given where the rule says: to direct relatives.</summary>
public sealed class GiftToTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Hours_go_to_spouse_parents_and_children_and_to_nobody_else(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var li = await village.With("李大娘", PersonRoles.Volunteer);
        var (child, parent, spouse) = (await Related(village, li, RelationKind.Child), await Someone(village, "李老太"),
            await Related(village, li, RelationKind.Spouse));
        await village.Add(new Relation(Id<Relation>.New(village.Clock), Village.X, parent.Id, li.Id, RelationKind.Child));
        Person[] others =
        [
            await Related(village, li, RelationKind.Neighbour), await Related(village, li, RelationKind.Guardian),
            await Related(village, li, RelationKind.Spouse, endedOn: village.Today), await Someone(village, "王秀英"),
        ];
        await Fund(village, [li, child, parent, spouse, .. others]);

        var actor = village.As(li, Role.Volunteer, li);
        foreach (var relative in new[] { child, parent, spouse }) Assert.Null(await Give(village, actor, relative));
        foreach (var other in others) Assert.Equal("timebank.gift-not-allowed", await Give(village, actor, other));

        var offered = (await village.Get<HoursReceivers>().Run(actor, Ct)).Value.People.Select(p => p.Person);
        Assert.Equal(new[] { child.Id, parent.Id, spouse.Id }.OrderBy(i => i.Value), offered.OrderBy(i => i.Value));
    }

    [Theory, EachDatabase]
    public async Task A_relation_counts_until_the_day_it_ends(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var li = await village.With("李大娘", PersonRoles.Volunteer);
        var spouse = await Related(village, li, RelationKind.Spouse, endedOn: village.Today.AddDays(1));
        await Fund(village, [li, spouse]);
        var actor = village.As(li, Role.Volunteer, li);

        Assert.Null(await Give(village, actor, spouse));
        village.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("timebank.gift-not-allowed", await Give(village, actor, spouse));
    }

    private static async Task<string?> Give(Village village, Actor from, Person to) => (await village.Get<TransferHours>().Run(
        new(Id<Domain.Ledger.Transaction>.New(village.Clock), from.Person, to.Id, 1), from, Ct)).Refusal?.Code;

    private static Task<Person> Someone(Village village, string name) => village.With(name, PersonRoles.Elder);

    private static async Task<Person> Related(Village village, Person elder, RelationKind kind, DateOnly? endedOn = null)
    {
        var relative = await Someone(village, $"李{"甲乙丙丁戊"[(int)kind]}");
        var relation = new Relation(Id<Relation>.New(village.Clock), Village.X, elder.Id, relative.Id, kind);
        if (endedOn is { } day) _ = relation.End(day).Value;
        await village.Add(relation);
        return relative;
    }

    private static async Task Fund(Village village, Person[] people)
    {
        _ = (await village.Get<FillPool>().Run(
            new(Id<Domain.Ledger.Transaction>.New(village.Clock), Village.X, 30 * people.Length), village.House, Ct)).Value;
        foreach (var person in people)
        {
            var grant = new GrantHours.Command(Id<Domain.Ledger.Transaction>.New(village.Clock), Village.X, person.Id, 30);
            _ = (await village.Get<GrantHours>().Run(grant, village.House, Ct)).Value;
        }
    }
}
