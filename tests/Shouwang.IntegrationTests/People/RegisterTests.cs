using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>One person's entry: facts with dates, corrections, what is sealed, who looked.</summary>
public sealed class RegisterTests
{
    private const string Phone = "10011112222";

    [Theory, EachDatabase]
    public async Task A_fact_that_was_learned_shows_on_the_person_and_decides_the_risk(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village, age: 82);

        await Learn(village, cadre, elder, new(FactKind.Living, "LivingAlone", village.Today));

        var shown = (await village.Get<ShowPerson>().Run(elder.Id, cadre, default)).Value;
        Assert.Equal(new Risk(RiskClass.Red, RiskReason.AloneAndOld), shown.Risk);
        Assert.Equal("LivingAlone", Assert.Single(shown.Facts).Value);
    }

    [Theory, EachDatabase]
    public async Task A_correction_keeps_what_was_written_in_the_history(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var line = await Learn(village, cadre, elder, new(FactKind.Support, "MinimumAllowance", village.Today.AddDays(-30)));
        village.Clock.Advance(TimeSpan.FromHours(1));

        var right = new FactStated(FactKind.Support, "ExtremeHardship", village.Today.AddDays(-60));
        _ = (await village.Get<CorrectFact>().Run(new(NewId(village), elder.Id, line, right), cadre, default)).Value;

        var history = (await village.Get<FactHistory>().Run(elder.Id, FactKind.Support, cadre, default)).Value;
        Assert.Equal([("ExtremeHardship", true), ("MinimumAllowance", false)],
            history.Lines.Select(l => (l.Value, l.ReplacedAt is null)));
        Assert.Equal("people.fact-not-found",
            (await village.Get<CorrectFact>().Run(new(NewId(village), elder.Id, line, null), cadre, default)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_phone_number_learned_is_found_by_its_end_shown_masked_and_revealed_for_a_purpose(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        await Learn(village, cadre, elder, new(FactKind.Phone, Phone, village.Today));

        var row = Assert.Single((await village.Get<FindPeople>().Run(new("2222"), cadre, default)).Value.Rows);
        Assert.Equal("100****2222", row.PhoneMask);
        Assert.Equal("common.purpose-needed",
            (await Reveal(village, cadre, elder, SensitiveField.Phone, RevealPurpose.Unstated)).Refusal?.Code);
        Assert.Equal(Phone, (await Reveal(village, cadre, elder, SensitiveField.Phone, RevealPurpose.CallThePerson)).Value.Text);

        var look = Assert.Single((await village.Get<WhoLooked>().Run(elder.Id, 1, cadre, default)).Value.Lines);
        Assert.Equal((SensitiveField.Phone, RevealPurpose.CallThePerson, "VillageCadre"), (look.Field, look.Purpose, look.Role));
    }

    [Theory, EachDatabase]
    public async Task An_earlier_phone_comes_back_when_the_later_one_was_never_so(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        await Learn(village, cadre, elder, new(FactKind.Phone, Phone, village.Today.AddDays(-9), village.Today.AddDays(-2)));
        var line = await Learn(village, cadre, elder, new(FactKind.Phone, "10011113333", village.Today.AddDays(-2)));

        _ = (await village.Get<CorrectFact>()
            .Run(new(NewId(village), elder.Id, line, new(FactKind.Phone, Phone, village.Today.AddDays(-5))), cadre, default)).Value;

        Assert.Equal(Phone, (await Reveal(village, cadre, elder, SensitiveField.Phone, RevealPurpose.CallThePerson)).Value.Text);
        Assert.Empty((await village.Get<FindPeople>().Run(new("3333"), cadre, default)).Value.Rows);
    }

    [Theory, EachDatabase]
    public async Task A_helper_sees_the_phone_of_their_own_elder_without_stating_a_purpose_but_not_the_remarks(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        await Learn(village, cadre, elder, new(FactKind.Phone, Phone, village.Today));
        await Learn(village, cadre, elder, new(FactKind.Remarks, "儿子在外欠债", village.Today));
        await Learn(village, cadre, elder, new(FactKind.Support, "MinimumAllowance", village.Today));
        var helper = village.As(await village.With("李强", PersonRoles.Volunteer), Role.Volunteer, elder);
        var stranger = village.As(await village.With("赵强", PersonRoles.Volunteer), Role.Volunteer);

        Assert.Equal(Phone, (await Reveal(village, helper, elder, SensitiveField.Phone, RevealPurpose.Unstated)).Value.Text);
        Assert.Equal("common.forbidden",
            (await Reveal(village, helper, elder, SensitiveField.Remarks, RevealPurpose.Unstated)).Refusal?.Code);
        Assert.Equal("people.not-found",
            (await Reveal(village, stranger, elder, SensitiveField.Phone, RevealPurpose.CallThePerson)).Refusal?.Code);
        var seen = (await village.Get<ShowPerson>().Run(elder.Id, helper, default)).Value.Facts;
        Assert.DoesNotContain(seen, f => f.Kind == FactKind.Support);
        Assert.Equal(RevealPurpose.StandingDuty,
            Assert.Single((await village.Get<WhoLooked>().Run(elder.Id, 1, cadre, default)).Value.Lines).Purpose);
    }

    [Theory, EachDatabase]
    public async Task What_is_sealed_in_facts_still_opens_after_a_later_import_and_is_nowhere_in_plain(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);
        var cadre = village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre);
        const string Head = "姓名,性别,出生日期,身份证号,联系电话,人员类别,村民组,户号\n";
        await Import(village, cadre, Head + "王秀英,女,1945-03-02,99010119450302002X,10000000001,老年人,一组,12\n");
        var elder = await village.Get<Workspace>().Read(village.House, db => db.People.SingleAsync(p => p.NameKey == "王秀英"));
        await Learn(village, cadre, elder, new(FactKind.Remarks, "怕狗，先喊一声", village.Today));
        await Learn(village, cadre, elder, new(FactKind.Home, "老槐树东侧第三户", village.Today, null, 40.5, 117.25));

        await Import(village, cadre, Head + "王秀英,女,1945-03-02,99010119450302002X,10000000009,老年人,一组,12\n");

        Assert.Equal("怕狗，先喊一声",
            (await Reveal(village, cadre, elder, SensitiveField.Remarks, RevealPurpose.VisitTheHome)).Value.Text);
        Assert.Equal(("老槐树东侧第三户", 40.5), await Home(village, cadre, elder));
        var phones = (await village.Get<FactHistory>().Run(elder.Id, FactKind.Phone, cadre, default)).Value.Lines;
        Assert.Equal(["100****0009", "100****0001"], phones.Select(l => l.Value));
        foreach (var secret in (string[])["怕狗", "老槐树", "10000000001", "40.5"]) await database.HoldsNowhere(secret);
    }

    [Theory, EachDatabase]
    public async Task A_person_entered_by_hand_takes_sex_and_birthday_from_the_id_number_and_no_number_twice(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);
        var cadre = village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre);
        var identity = new Identity("李 桂兰", Sex.Male, null, "99010119450302002X");
        EnterPerson.Command Entry() => new(Id<Person>.New(village.Clock), Village.X, identity, PersonRoles.Elder, "二组");

        var entered = (await village.Get<EnterPerson>().Run(Entry(), cadre, default)).Value;
        var again = await village.Get<EnterPerson>().Run(Entry(), cadre, default);

        var shown = (await village.Get<ShowPerson>().Run(entered.Id, cadre, default)).Value;
        Assert.Equal(("李桂兰", Sex.Female, new DateOnly(1945, 3, 2), "9901**********002X"),
            (shown.Name, shown.Sex, shown.Born, shown.IdMask));
        Assert.Equal("people.id-taken", again.Refusal?.Code);
        Assert.Equal("people.village-unknown",
            (await village.Get<EnterPerson>().Run(Entry() with { Village = new(990101100999) }, village.House, default)).Refusal?.Code);
        Assert.Equal("common.not-found",
            (await village.Get<EnterPerson>().Run(Entry() with { Village = Village.Beside }, cadre, default)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task Who_someone_is_can_be_put_right_and_the_id_number_stays_when_none_is_given(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        CorrectPerson.Command Right(string? number) => new(
            NewId(village), elder.Id, new("王秀莲", Sex.Female, new(1950, 1, 1), number), PersonRoles.Elder | PersonRoles.Volunteer);

        _ = (await village.Get<CorrectPerson>().Run(Right("99010119450302002X"), cadre, default)).Value;
        _ = (await village.Get<CorrectPerson>().Run(Right(null), cadre, default)).Value;

        var shown = (await village.Get<ShowPerson>().Run(elder.Id, cadre, default)).Value;
        Assert.Equal(("王秀莲", "9901**********002X", new DateOnly(1950, 1, 1)), (shown.Name, shown.IdMask, shown.Born));
        Assert.Equal(PersonRoles.Elder | PersonRoles.Volunteer, shown.Roles);
    }

    [Theory, EachDatabase]
    public async Task The_list_is_narrowed_by_what_holds_today_and_an_auditor_reads_masked_names(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        await Learn(village, cadre, elder, new(FactKind.Absence, "Home", village.Today.AddDays(-30)));
        await Learn(village, cadre, elder, new(FactKind.Absence, "Hospital", village.Today.AddDays(-3)));
        async Task<int> Count(string absence, PersonRoles role = PersonRoles.None)
        {
            var facts = new Dictionary<FactKind, string> { [FactKind.Absence] = absence };
            return (await village.Get<FindPeople>().Run(new(null) { Role = role, Facts = facts }, cadre, default)).Value.Count;
        }

        Assert.Equal((1, 0, 0), (await Count("Hospital"), await Count("Home"), await Count("Hospital", PersonRoles.VillageDoctor)));
        var auditor = new Actor(cadre.Person, Role.Auditor, Village.X, Reach.Area);
        Assert.Contains((await village.Get<FindPeople>().Run(new(null), auditor, default)).Value.Rows, r => r.Name == "王*英");
    }

    [Theory, EachDatabase]
    public async Task Only_those_who_keep_the_register_of_a_village_write_in_it(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var stated = new FactStated(FactKind.Absence, "Away", village.Today);
        async Task<string?> Code(Actor actor, FactStated? other = null) =>
            (await village.Get<LearnFact>().Run(new(NewId(village), elder.Id, other ?? stated), actor, default)).Refusal?.Code;

        Assert.Equal("people.not-found", await Code(cadre with { Scope = Village.Beside }));
        Assert.Equal("common.forbidden", await Code(cadre with { Role = Role.TownshipOfficer }));
        Assert.Equal("people.fact-value", await Code(cadre, stated with { Value = "Nowhere" }));
        Assert.Equal("people.fact-period", await Code(cadre, stated with { To = stated.From }));
        Assert.Equal("people.fact-ahead", await Code(cadre, new(FactKind.Remarks, "以后", village.Today.AddDays(1))));
        Assert.Equal("people.fact-too-long", await Code(cadre, new(FactKind.Dialect, new string('话', 21), village.Today)));
        Assert.Equal("people.home-half", await Code(cadre, new(FactKind.Home, "村口", village.Today, null, 40)));
        Assert.Equal("people.home-outside", await Code(cadre, new(FactKind.Home, "村口", village.Today, null, 117, 40)));
        Assert.Equal("people.phone-length", await Code(cadre, new(FactKind.Phone, "12345", village.Today)));
    }

    private static async Task<(Person Elder, Actor Cadre)> Two(Village village, int age = 66) =>
        (await village.With("王秀英", PersonRoles.Elder, age: age),
            village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre));

    private static async Task<int> Learn(Village village, Actor actor, Person person, FactStated stated) =>
        (await village.Get<LearnFact>().Run(new(NewId(village), person.Id, stated), actor, default)).Value.Line;

    private static Task<Result<RevealField.View>> Reveal(
        Village village, Actor actor, Person person, SensitiveField field, RevealPurpose purpose) =>
        village.Get<RevealField>().Run(new(NewId(village), person.Id, field, purpose), actor, default);

    private static async Task<(string, double?)> Home(Village village, Actor actor, Person person)
    {
        var home = (await Reveal(village, actor, person, SensitiveField.Home, RevealPurpose.VisitTheHome)).Value;
        return (home.Text, home.Latitude);
    }

    private static async Task Import(Village village, Actor actor, string text)
    {
        var import = village.Get<ImportRoster>();
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        _ = (await import.Run(import.Read(NewId(village), Village.X, file).Value, actor, default)).Value;
    }

    private static Guid NewId(Village village) => Id<Person>.New(village.Clock).Value;
}
