using Shouwang.Application.Common;
using Shouwang.Application.Places;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Places;

/// <summary>Points as objects: set up, arranged, joined and left with dates.</summary>
public sealed class PlaceTests
{
    [Theory, EachDatabase]
    public async Task A_point_is_set_up_with_its_host_and_days_and_shows_what_it_lacks(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var cadre = await Prepared(village);

        var point = await Create(village, cadre, "村东互助点");

        var shown = (await village.Get<ShowPlace>().Run(point, cadre, default)).Value;
        Assert.Equal(("村东互助点", OpeningDays.Monday | OpeningDays.Friday, "12"), (shown.Name, shown.OpenOn, shown.HostNumber));
        Assert.Equal(10, shown.Compliance?.MissingElders);
        var again = new CreatePlace.Command(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, new("村东互助点", default, null));
        Assert.Equal("places.name-taken", (await village.Get<CreatePlace>().Run(again, cadre, default)).Refusal?.Code);
        Assert.Equal("common.not-found",
            (await village.Get<CreatePlace>().Run(again with { Village = Village.Beside }, cadre, default)).Refusal?.Code);
        Assert.Equal("people.village-unknown",
            (await village.Get<CreatePlace>().Run(again with { Village = new(990101100999) }, village.House, default)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task An_elder_who_moves_to_another_point_leaves_the_first_on_that_day(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var cadre = await Prepared(village);
        var (east, west) = (await Create(village, cadre, "村东"), await Create(village, cadre, "村西"));
        var elder = await village.With("王秀英", PersonRoles.Elder);
        Assert.Null(await Move(village, cadre, east, elder, MemberPart.Elder, village.Today.AddDays(-10)));
        Assert.Null(await Move(village, cadre, west, elder, MemberPart.Elder, village.Today));

        var (left, joined) = ((await village.Get<ShowPlace>().Run(east, cadre, default)).Value,
            (await village.Get<ShowPlace>().Run(west, cadre, default)).Value);

        Assert.Equal((village.Today, false), (Assert.Single(left.Members).To, left.Members[0].Holds));
        Assert.Equal((0, 1), (left.Compliance!.Elders, joined.Compliance!.Elders));
        Assert.Equal("places.member-already", await Move(village, cadre, west, elder, MemberPart.Elder, village.Today));
        Assert.Equal("places.wrong-part", await Move(village, cadre, west, elder, MemberPart.Volunteer, village.Today));
    }

    [Theory, EachDatabase]
    public async Task A_membership_ends_on_a_day_and_a_closed_point_has_none(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var cadre = await Prepared(village);
        var point = await Create(village, cadre, "村东");
        var (elder, helper) = (await village.With("王秀英", PersonRoles.Elder), await village.With("李强", PersonRoles.Volunteer));
        _ = await Move(village, cadre, point, elder, MemberPart.Elder, village.Today.AddDays(-10));
        _ = await Move(village, cadre, point, helper, MemberPart.Leader, village.Today.AddDays(-10));
        var end = new EndMembership.Command(Id<Place>.New(village.Clock).Value, point, elder.Id, MemberPart.Elder, village.Today);
        _ = (await village.Get<EndMembership>().Run(end, cadre, default)).Value;

        Assert.Equal("places.no-member", (await village.Get<EndMembership>()
            .Run(end with { CommandId = Id<Place>.New(village.Clock).Value }, cadre, default)).Refusal?.Code);
        var close = new ArrangePlace.Command(Id<Place>.New(village.Clock).Value, point, new("村东", default, null), village.Today);
        _ = (await village.Get<ArrangePlace>().Run(close, cadre, default)).Value;

        Assert.DoesNotContain((await village.Get<ShowPlace>().Run(point, cadre, default)).Value.Members, m => m.Holds);
        Assert.Empty((await village.Get<ListPoints>().Run(1, cadre, default)).Value);
        Assert.Equal("places.closed", await Move(village, cadre, point, elder, MemberPart.Elder, village.Today));
        Assert.Equal("common.forbidden", await Move(village, cadre with { Role = Role.PointManager }, point, elder, MemberPart.Elder,
            village.Today));
    }

    private static async Task<Actor> Prepared(Village village)
    {
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);
        return village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre);
    }

    private static async Task<Id<Place>> Create(Village village, Actor actor, string name) => (await village.Get<CreatePlace>().Run(
        new(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, new(name, OpeningDays.Monday | OpeningDays.Friday, "12")),
        actor, default)).Value.Id;

    private static async Task<string?> Move(Village village, Actor actor, Id<Place> place, Person person, MemberPart part, DateOnly from) =>
        (await village.Get<MoveMember>().Run(new(Id<Place>.New(village.Clock).Value, place, person.Id, part, from), actor, default))
            .Refusal?.Code;

    [Theory, EachDatabase]
    public async Task On_the_page_a_member_is_found_by_initials_and_chosen_without_script(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        var point = new Place(Id<Place>.New(house.Clock), Village.X, PlaceKind.Point, "村东");
        var elder = house.NewPerson(Village.X, PersonRoles.Elder);
        await house.Add(point, elder);
        var form = await PageForm.Open(house, $"/places/{point.Id}", "move", cookie);
        var asked = new Dictionary<string, string> { ["Input.Text"] = "SL", ["Input.Part"] = "Elder", ["Input.Day"] = "2026-03-16" };

        using var searched = await form.Send(house, new(asked) { ["Input.Act"] = "find" });
        var page = await searched.Content.ReadAsStringAsync();
        Assert.Contains($"value=\"{elder.Id}\"", page, StringComparison.Ordinal);
        Assert.Empty((await house.Get<ShowPlace>().Run(point.Id, Actor.System(Village.X), default)).Value.Members);
        using var chosen = await form.Send(house, new(asked) { ["Input.Person"] = $"{elder.Id}" });

        Assert.Equal(302, (int)chosen.StatusCode);
        var member = Assert.Single((await house.Get<ShowPlace>().Run(point.Id, Actor.System(Village.X), default)).Value.Members);
        Assert.Equal(elder.Id, member.Person);
    }
}
