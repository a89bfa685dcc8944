using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Keeping;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>Two entries of one person become one; what was written stays, and it can be taken back.</summary>
public sealed class MergeTests
{
    [Theory, EachDatabase]
    public async Task The_kept_entry_takes_over_what_holds_and_the_other_leads_to_it(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village);
        var (son, helper, point) = await Bound(village, dropped);
        _ = (await village.Get<LearnFact>().Run(
            new(NewId(village), dropped.Id, new(FactKind.Remarks, "腿脚不便", village.Today)), cadre, default)).Value;

        _ = (await Merge(village, kept, dropped, cadre)).Value;

        Assert.Equal(kept.Id, (await village.Get<ShowPerson>().Run(dropped.Id, cadre, default)).Value.Id);
        Assert.Equal([kept.Id], (await village.Get<FindPeople>().Run(new("王秀英"), cadre, default)).Value.Rows.Select(r => r.Id));
        Assert.Equal(son.Id, Assert.Single((await village.Get<RelativesOf>().Run(kept.Id, cadre, default)).Value.Relatives).Person);
        Assert.Single((await village.Get<ConsentsOf>().Run(kept.Id, cadre, default)).Value.Consents);
        var pairs = await Read(village, db => db.Pairs.OrderBy(p => p.State).ToListAsync());
        Assert.Equal([(kept.Id, PairState.Active), (dropped.Id, PairState.Ended)], pairs.Select(p => (p.Elder, p.State)));
        Assert.Equal(helper.Id, pairs[0].Volunteer);
        var members = (await Read(village, db => db.Places.SingleAsync(p => p.Id == point.Id))).Members;
        Assert.Equal([(dropped.Id, village.Today), (kept.Id, null)], members.Select(m => (m.Person, m.To)));
        var remark = new RevealCommand(NewId(village), kept.Id, SensitiveField.Remarks, RevealPurpose.PersonAsked);
        Assert.Equal("腿脚不便", (await village.Get<RevealField>().Run(remark, cadre, default)).Value.Text);
    }

    [Theory, EachDatabase]
    public async Task Visits_to_the_dropped_entry_stay_as_written_and_count_for_the_kept_one(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village);
        var (_, helper, _) = await Bound(village, dropped);
        await Visited(village, dropped, helper);

        _ = (await Merge(village, kept, dropped, cadre)).Value;

        Assert.Equal(dropped.Id, (await Read(village, db => db.Visits.SingleAsync())).Elder);
        var due = Assert.Single((await village.Get<DueVisits>().Run(village.As(helper, Role.Volunteer, kept, dropped), default)).Value.Rows,
            r => r.Elder == kept.Id);
        Assert.Equal(village.Today, due.Last);
        var file = (await village.Get<PersonFile>().Run(NewId(village), kept.Id, cadre, default)).Value;
        Assert.Equal("门锁坏了", Assert.Single(file.Doings.Visits).Remarks);
    }

    [Theory, EachDatabase]
    public async Task Of_one_consent_the_latest_word_counts(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village);
        _ = await Agree(village, kept, ConsentPurpose.Photo);
        var taken = await Agree(village, dropped, ConsentPurpose.Photo);
        village.Clock.Advance(TimeSpan.FromHours(1));
        _ = (await village.Get<WithdrawConsent>().Run(new(NewId(village), taken), cadre, default)).Value;

        _ = (await Merge(village, kept, dropped, cadre)).Value;

        Assert.All((await village.Get<ConsentsOf>().Run(kept.Id, cadre, default)).Value.Consents, c => Assert.NotNull(c.WithdrawnAt));
    }

    [Theory, EachDatabase]
    public async Task Undoing_it_leaves_every_table_as_it_was(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village);
        var (_, helper, _) = await Bound(village, dropped);
        await Bound(village, kept);
        await Visited(village, dropped, helper);
        await village.Settle();
        var before = await Sums(village);

        var merge = (await Merge(village, kept, dropped, cadre)).Value.Id;
        Assert.NotEqual(before, await Sums(village));
        Assert.Empty((await village.Get<UndoMerge>().Look(merge, cadre, default)).Value.Since);
        var undone = (await village.Get<UndoMerge>().Run(new(merge), cadre, default)).Value;

        Assert.Equal(before, await Sums(village));
        Assert.Equal(undone, (await village.Get<UndoMerge>().Run(new(merge), cadre, default)).Value);
        Assert.Equal(2, (await village.Get<FindPeople>().Run(new("王秀英"), cadre, default)).Value.Count);
    }

    [Theory, EachDatabase]
    public async Task Once_somebody_built_on_it_undoing_is_refused_with_the_list(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village);
        var (_, helper, _) = await Bound(village, dropped);
        await Visited(village, dropped, helper);
        var merge = (await Merge(village, kept, dropped, cadre)).Value.Id;
        village.Clock.Advance(TimeSpan.FromHours(2));
        await Visited(village, kept, helper);
        var before = await Sums(village);

        var since = (await village.Get<UndoMerge>().Look(merge, cadre, default)).Value.Since;
        var refused = await village.Get<UndoMerge>().Run(new(merge), cadre, default);

        Assert.Equal([new BuiltOn("care_visit", 1)], since);
        Assert.Equal(("people.merge-built-on", 1L), (refused.Refusal!.Code, refused.Refusal.Facts["records"]));
        Assert.Equal(before, await Sums(village));
    }

    [Theory, EachDatabase]
    public async Task A_changed_fact_counts_as_built_on_it_and_a_look_does_not(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village);
        var merge = (await Merge(village, kept, dropped, cadre)).Value.Id;

        _ = (await village.Get<PersonFile>().Run(NewId(village), kept.Id, cadre, default)).Value;
        Assert.Empty((await village.Get<UndoMerge>().Look(merge, cadre, default)).Value.Since);
        _ = (await village.Get<LearnFact>().Run(
            new(NewId(village), kept.Id, new(FactKind.Living, "LivingAlone", village.Today)), cadre, default)).Value;

        Assert.Equal("people.merge-built-on", (await village.Get<UndoMerge>().Run(new(merge), cadre, default)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task Nobody_merges_an_entry_with_itself_twice_or_beside_their_area(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village);

        Assert.Equal("people.merge-with-self", (await Merge(village, kept, kept, cadre)).Refusal?.Code);
        Assert.Equal("people.not-found", (await Merge(village, dropped, kept, cadre with { Scope = Village.Beside })).Refusal?.Code);
        Assert.Equal("common.forbidden", (await Merge(village, dropped, kept, cadre with { Role = Role.TownshipOfficer })).Refusal?.Code);
        _ = (await Merge(village, dropped, kept, cadre)).Value;
        Assert.Equal("people.merged-already", (await Merge(village, dropped, kept, cadre)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task Hours_confirmed_after_the_merge_are_credited_to_the_kept_entry(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village, PersonRoles.Volunteer);
        var elder = await village.With("李德山", PersonRoles.Elder);
        await village.Pair(elder, dropped);
        await Visited(village, elder, dropped);
        _ = (await Merge(village, kept, dropped, cadre)).Value;

        var visit = (await Read(village, db => db.Visits.SingleAsync())).Id;
        _ = (await village.Get<VerifyVisit>().Run(new(NewId(village), visit, VerificationWay.SecondPerson), cadre, default)).Value;
        await village.Settle();

        Assert.Equal(30, (await village.Get<Application.TimeBank.HoursOf>().Run(kept.Id, cadre, default)).Value.Balance);
    }

    [Theory, EachDatabase]
    public async Task Two_merges_in_a_row_lead_to_the_last_in_one_step(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village);
        var third = await village.With("王秀英", PersonRoles.Elder);
        _ = (await Merge(village, kept, dropped, cadre)).Value;
        _ = (await Merge(village, third, kept, cadre)).Value;

        Assert.Equal(third.Id, (await village.Get<ShowPerson>().Run(dropped.Id, cadre, default)).Value.Id);
    }

    private static async Task<(Person Kept, Person Dropped, Actor Cadre)> Twice(Village village, PersonRoles roles = PersonRoles.Elder) =>
        (await village.With("王秀英", roles), await village.With("王秀英", roles),
            village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre));

    /// <summary>A relative, a helper, a point, a consent and an account.</summary>
    private static async Task<(Person Son, Person Helper, Place Point)> Bound(Village village, Person elder)
    {
        var (son, helper) = (await village.With("王强", PersonRoles.Family), await village.With("赵助人", PersonRoles.Volunteer));
        var point = new Place(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, "村东");
        point.Join(elder.Id, MemberPart.Elder, village.Today.AddDays(-9));
        await village.Add(point, new Relation(Id<Relation>.New(village.Clock), Village.X, elder.Id, son.Id, RelationKind.Child));
        await village.Pair(elder, helper);
        _ = await Agree(village, elder, ConsentPurpose.Visits);
        return (son, helper, point);
    }

    private static async Task<Id<Consent>> Agree(Village village, Person elder, ConsentPurpose purpose)
    {
        var (id, now) = (Id<Consent>.New(village.Clock), village.Clock.GetUtcNow());
        var given = Consent.Give(id, elder, new(purpose, ConsentMethod.Signed, null), now).Value;
        await village.Add(given);
        return given.Id;
    }

    private static async Task Visited(Village village, Person elder, Person helper)
    {
        var now = village.Clock.GetUtcNow();
        var report = new VisitReport(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well);
        var command = new RecordVisit.Command(Id<Visit>.New(village.Clock), elder.Id, helper.Id, now.AddMinutes(-30), now, report)
        {
            Remarks = "门锁坏了",
        };
        _ = (await village.Get<RecordVisit>().Run(command, village.As(helper, Role.Volunteer, elder), default)).Value;
    }

    private static Task<Result<MergePeople.Receipt>> Merge(Village village, Person kept, Person dropped, Actor actor) =>
        village.Get<MergePeople>().Run(new(Id<PersonMerge>.New(village.Clock), kept.Id, dropped.Id), actor, default);

    private static Task<T> Read<T>(Village village, Func<ShouwangDb, Task<T>> read) => village.Get<Workspace>().Read(village.House, read);

    /// <summary>Every table but those that only say that something was asked and decided.</summary>
    private static async Task<IReadOnlyList<TableSum>> Sums(Village village) =>
        [.. (await village.Get<HouseSums>().Take(default)).Where(s =>
            s.Table != "people_merge" && !s.Table.StartsWith("audit", StringComparison.Ordinal))];

    private static Guid NewId(Village village) => Id<Person>.New(village.Clock).Value;
}
