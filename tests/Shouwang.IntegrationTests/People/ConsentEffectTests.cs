using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Care;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>What stops when a consent is taken back, purpose by purpose. The photo's is with the photos, the relatives' with the
/// consents.</summary>
public sealed class ConsentEffectTests
{
    [Theory, EachDatabase]
    public async Task Visits_are_no_longer_arranged_or_chased_and_an_open_duty_is_dropped(TestDatabase database)
    {
        await using var day = await LadderDay.On(database);
        var cadre = day.Village.As(day.Cadre, Role.VillageCadre);
        var consent = await Agree(day.Village, cadre, day.Elder, ConsentPurpose.Visits);
        day.Village.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(1, (await day.Look()).Opened);
        Assert.Contains((await day.Village.Get<DueVisits>().Run(cadre, default)).Value.Rows, r => r.Elder == day.Elder.Id);

        await TakeBack(day.Village, cadre, consent);
        day.Village.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, (await day.Look()).Dropped);
        Assert.DoesNotContain((await day.Village.Get<DueVisits>().Run(cadre, default)).Value.Rows, r => r.Elder == day.Elder.Id);
    }

    [Theory, EachDatabase]
    public async Task Illnesses_and_measurements_are_no_longer_written_down_but_the_visit_is(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var helper = await village.With("赵助人", PersonRoles.Volunteer);
        await village.Pair(elder, helper);
        var consent = await Agree(village, cadre, elder, ConsentPurpose.Health);
        var ill = new FactStated(FactKind.Illnesses, "Hypertension", village.Today);
        Assert.Null(await Learn(village, cadre, elder, ill));
        await TakeBack(village, cadre, consent);

        Assert.Equal("people.not-agreed", await Learn(village, cadre, elder, ill));
        Assert.Equal("people.not-agreed", await Visit(village, elder, helper, [new(elder.Id, ReadingKind.BloodPressure, "135/85")]));
        Assert.Null(await Visit(village, elder, helper, []));
        _ = await Agree(village, cadre, elder, ConsentPurpose.Health);
        Assert.Null(await Learn(village, cadre, elder, ill));
    }

    [Theory, EachDatabase]
    public async Task Coordinates_are_neither_written_down_nor_shown_but_the_landmark_is(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var consent = await Agree(village, cadre, elder, ConsentPurpose.Location);
        var home = new FactStated(FactKind.Home, "老槐树旁", village.Today, null, 40.37, 116.85);
        Assert.Null(await Learn(village, cadre, elder, home));
        Assert.Equal(40.37, (await Look(village, cadre, elder, SensitiveField.Home)).Value.Latitude);
        await TakeBack(village, cadre, consent);

        var shown = (await Look(village, cadre, elder, SensitiveField.Home)).Value;
        Assert.Equal(("老槐树旁", null, null), (shown.Text, shown.Latitude, shown.Longitude));
        Assert.Equal("people.not-agreed", await Learn(village, cadre, elder, home));
        Assert.Null(await Learn(village, cadre, elder, new(FactKind.Home, "村口第二家", village.Today)));
    }

    [Theory, EachDatabase]
    public async Task Above_the_village_nobody_looks_except_in_an_emergency(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var officer = cadre with { Role = Role.TownshipOfficer, Scope = Village.X.At(AreaLevel.Township) };
        Assert.Null(await Learn(village, cadre, elder, new(FactKind.Phone, "10011112222", village.Today)));
        var consent = await Agree(village, cadre, elder, ConsentPurpose.Sharing);
        Assert.Equal("10011112222", (await Look(village, officer, elder, SensitiveField.Phone)).Value.Text);
        await TakeBack(village, cadre, consent);

        Assert.Equal("people.not-agreed", (await Look(village, officer, elder, SensitiveField.Phone)).Refusal?.Code);
        Assert.Null((await Look(village, officer, elder, SensitiveField.Phone, RevealPurpose.Emergency)).Refusal);
        Assert.Null((await Look(village, cadre, elder, SensitiveField.Phone)).Refusal);
    }

    private static async Task<Id<Consent>> Agree(Village village, Actor cadre, Person person, ConsentPurpose purpose)
    {
        var command = new GiveConsent.Command(Id<Consent>.New(village.Clock), person.Id, new(purpose, ConsentMethod.Signed, null));
        return (await village.Get<GiveConsent>().Run(command, cadre, default)).Value.Id;
    }

    private static async Task TakeBack(Village village, Actor cadre, Id<Consent> consent) =>
        _ = (await village.Get<WithdrawConsent>().Run(new(NewId(village), consent), cadre, default)).Value;

    private static async Task<string?> Learn(Village village, Actor cadre, Person person, FactStated stated) =>
        (await village.Get<LearnFact>().Run(new(NewId(village), person.Id, stated), cadre, default)).Refusal?.Code;

    private static Task<Result<RevealField.View>> Look(
        Village village, Actor actor, Person person, SensitiveField field, RevealPurpose purpose = RevealPurpose.CallThePerson) =>
        village.Get<RevealField>().Run(new(NewId(village), person.Id, field, purpose), actor, default);

    private static async Task<string?> Visit(Village village, Person elder, Person helper, IReadOnlyList<VitalSign> readings)
    {
        village.Clock.Advance(TimeSpan.FromHours(2));
        var end = village.Clock.GetUtcNow();
        var report = new VisitReport(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well);
        var command = new RecordVisit.Command(Id<Visit>.New(village.Clock), elder.Id, helper.Id, end.AddMinutes(-40), end, report)
        {
            Readings = readings,
        };
        return (await village.Get<RecordVisit>().Run(command, village.As(helper, Role.Volunteer, elder), default)).Refusal?.Code;
    }

    private static async Task<(Person Elder, Actor Cadre)> Two(Village village) =>
        (await village.With("王秀英", PersonRoles.Elder), village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre));

    private static Guid NewId(Village village) => Id<Person>.New(village.Clock).Value;
}
