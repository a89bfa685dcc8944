using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>What a relative sees, and what hangs on the elder's wall.</summary>
public sealed class FamilyTests
{
    [Theory, EachDatabase]
    public async Task A_relative_sees_who_comes_and_when_and_more_only_after_the_elder_agreed(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var village = day.Village;
        var daughter = await village.With("李小梅", PersonRoles.Family, age: 50);
        var kin = village.As(daughter, Role.Family, day.Wife);
        _ = (await day.Record(day.Call(60, 40) with { Report = CareDay.Well with { Condition = Condition.Unwell } })).Value;

        var before = Assert.Single((await village.Get<FamilySheet>().Run(kin, default)).Value);
        Assert.Equal(("李大娘", "张*英", true, null), (before.Name, before.VolunteerName, before.VisitedToday, before.More));
        Assert.True(before.NextDue > village.Today);

        var consent = Id<Consent>.New(village.Clock);
        _ = (await village.Get<GiveConsent>().Run(
            new(consent, day.Wife.Id, new(ConsentPurpose.FamilyView, ConsentMethod.Signed, null)),
            village.House, default)).Value;
        var after = Assert.Single((await village.Get<FamilySheet>().Run(kin, default)).Value);
        Assert.Equal("张秀英", after.VolunteerName);
        Assert.Equal((Condition.Unwell, 1), (after.More!.Found!.Value, after.More.ToVerify));

        _ = (await village.Get<WithdrawConsent>().Run(new(Id<Consent>.New(village.Clock).Value, consent), village.House, default)).Value;
        var withdrawn = Assert.Single((await village.Get<FamilySheet>().Run(kin, default)).Value);
        Assert.Equal(("张*英", null), (withdrawn.VolunteerName, withdrawn.More));

        Assert.Equal(CommonRefusals.Forbidden, (await village.Get<FamilySheet>().Run(day.Volunteer, default)).Refusal);
    }

    [Theory, EachDatabase]
    public async Task The_sheets_of_a_point_name_who_comes_and_whom_to_call_and_each_number_shown_is_recorded(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var elders = new[] { await village.With("李大娘", PersonRoles.Elder), await village.With("王大爷", PersonRoles.Elder) };
        var (helper, other) = (await village.With("张秀英", PersonRoles.Volunteer), await village.With("吴大姐", PersonRoles.Volunteer));
        var (daughter, cadre) = (await village.With("李小梅", PersonRoles.Family), await village.With("赵主任", PersonRoles.Official));
        var point = new Place(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, "李家互助点");
        foreach (var elder in elders) point.Join(elder.Id, MemberPart.Elder, village.Today);
        await village.Add(
            point, new Relation(Id<Relation>.New(village.Clock), Village.X, elders[0].Id, daughter.Id, RelationKind.Child),
            new Post(Id<Post>.New(village.Clock), cadre.Id, Role.VillageCadre, new(Village.X), village.Today));
        await village.Pair(elders[0], helper, point, understudy: other);
        foreach (var (person, number) in new[] { (helper, "13800001111"), (daughter, "13800002222") }) await Phone(village, person, number);
        var actor = village.As(cadre, Role.VillageCadre);

        var printed = (await village.Get<PrintSheets>().Run(
            new(Id<Visit>.New(village.Clock).Value, null, point.Id), actor, default)).Value;

        Assert.Equal(["李大娘", "王大爷"], printed.Sheets.Select(s => s.Name));
        var sheet = printed.Sheets[0];
        Assert.Equal(("张秀英", "李家互助点"), (sheet.VolunteerName, sheet.PointName));
        Assert.Equal(
            [SheetPart.Volunteer, SheetPart.Understudy, SheetPart.Relative, SheetPart.Cadre], sheet.Contacts.Select(c => c.Part));
        Assert.Equal("138****1111", sheet.Contacts[0].PhoneMask);
        Assert.Equal(["13800001111", "13800002222"], printed.Phones.Select(p => p.Phone).Order());
        Assert.Equal(2, await village.Get<Workspace>().Read(village.House, db => db.Looks.CountAsync()));
        Assert.Null(printed.Sheets[1].VolunteerName);

        var alone = (await village.Get<ElderSheets>().Run(new(elders[1].Id, null), actor, default)).Value;
        Assert.Equal("王大爷", Assert.Single(alone).Name);
    }

    [Theory, EachDatabase]
    public async Task The_numbers_of_a_sheet_come_over_the_api_too(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (elder, helper) = (house.NewPerson(Village.X, PersonRoles.Elder), house.NewPerson(Village.X, PersonRoles.Volunteer));
        var pair = new Pair(Id<Pair>.New(house.Clock), Village.X, elder.Id, helper.Id, null);
        _ = pair.Accept(house.Today).Value;
        await house.Add(elder, helper, pair);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        var told = new { kind = "Phone", value = "13800001111", from = "2026-03-01" };
        Assert.Equal(200, await house.StatusOf(HttpMethod.Put, $"/api/v1/people/{helper.Id}/lessons/{house.NewId()}", cadre, told));

        using var answer = await house.Send(
            HttpMethod.Put, $"/api/v1/sheet-prints/{house.NewId()}", cadre, new { elder = elder.Id.Value });

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("13800001111", page, StringComparison.Ordinal);
    }

    private static async Task Phone(Village village, Person person, string number) => Assert.Null((await village.Get<LearnFact>().Run(
        new(Id<Person>.New(village.Clock).Value, person.Id, new(FactKind.Phone, number, village.Today)), village.House, default)).Refusal);
}
