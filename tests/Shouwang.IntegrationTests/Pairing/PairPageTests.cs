using System.Net;
using System.Text.RegularExpressions;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Pairing;

/// <summary>The forms about pairs, pressed as a cadre or a township officer presses them, and what the page says afterwards.</summary>
public sealed partial class PairPageTests
{
    private static readonly AreaCode s_township = Village.X.At(AreaLevel.Township);
    private static readonly IReadOnlyDictionary<string, string> s_words = new Words().All("zh-CN");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Both_sides_agree_one_on_paper_before_a_neighbour_one_now_before_whoever_types(TestDatabase database)
    {
        await using var desk = await Desk.On(database);

        await desk.Press(new()
        {
            ["Input.Side"] = "Elder", ["Input.How"] = "Signed", ["Input.On"] = "2026.3.1", ["Input.Witness"] = $"{desk.Other.Id}",
            ["Input.Act"] = "Agree",
        });
        var rows = await desk.Press(new() { ["Input.Side"] = "Volunteer", ["Input.How"] = "Phone", ["Input.Act"] = "Agree" });

        Assert.Equal("签字，2026年3月1日，见证人 王五", rows[s_words["pairing.agreed.Elder"]]);
        Assert.Equal("电话，2026年3月16日，见证人 赵村", rows[s_words["pairing.agreed.Volunteer"]]);
    }

    [Theory, EachDatabase]
    public async Task A_day_nobody_can_read_a_day_to_come_and_a_witness_who_is_the_elder_are_said_on_the_page(TestDatabase database)
    {
        await using var desk = await Desk.On(database);
        async Task<string> Refused(string field, string value)
        {
            var form = await PageForm.Open(desk.House, desk.Path, "pair", desk.Cookie);
            using var sent = await form.Send(
                desk.House, new() { ["Input.Side"] = "Elder", ["Input.How"] = "Signed", ["Input.Act"] = "Agree", [field] = value });
            Assert.NotEqual(HttpStatusCode.Found, sent.StatusCode);
            return await sent.Content.ReadAsStringAsync(Ct);
        }

        Assert.Contains(s_words["common.bad-input"], await Refused("Input.On", "上个月"), StringComparison.Ordinal);
        Assert.Contains(s_words["people.consent-ahead"], await Refused("Input.On", "2026-3-17"), StringComparison.Ordinal);
        var party = await Refused("Input.Witness", $"{desk.Elder.Id}");
        Assert.Contains(s_words["people.consent-witness-is-party"], party, StringComparison.Ordinal);
        Assert.Contains("href=\"#Input.Witness\"", party, StringComparison.Ordinal);
        Assert.DoesNotContain(s_words["pairing.agreed.Elder"], (await desk.Rows()).Keys);
    }

    [Theory, EachDatabase]
    public async Task A_no_ends_the_pair_says_whose_it_was_and_stands_among_the_earlier_ones_of_the_next(TestDatabase database)
    {
        await using var desk = await Desk.On(database);

        var rows = await desk.Press(new() { ["Input.Side"] = "Volunteer", ["Input.Act"] = "Decline" });

        Assert.Equal(s_words["pairing.state.Ended"], rows[s_words["pairing.state"]]);
        Assert.Equal(s_words["pairing.PairSide.Volunteer"], rows[s_words["pairing.declined"]]);
        Assert.Equal(("2026年3月2日", "2026年3月16日"), (rows[s_words["pairing.since"]], rows[s_words["pairing.until"]]));
        Assert.DoesNotContain("name=\"Input.Side\"", await desk.Page(), StringComparison.Ordinal);

        var next = new Pair(Id<Pair>.New(desk.House.Clock), Village.X, desk.Elder.Id, desk.Other.Id, null);
        await desk.House.Add(next);
        var page = await desk.Page($"/pairs/{next.Id}");
        Assert.Contains(s_words["pairing.before"], page, StringComparison.Ordinal);
        Assert.Equal(
            ["张三", "2026年3月2日", "2026年3月16日", s_words["pairing.ended.declined-volunteer"]],
            Cells().Matches(page).Select(m => m.Groups["text"].Value));
    }

    [Theory, EachDatabase]
    public async Task A_wish_for_somebody_else_is_on_the_page_and_the_pair_goes_on(TestDatabase database)
    {
        await using var desk = await Desk.On(database);

        var rows = await desk.Press(new() { ["Input.Side"] = "Elder", ["Input.Act"] = "Change" });

        Assert.Equal(s_words["pairing.PairSide.Elder"], rows[s_words["pairing.change-asked"]]);
        Assert.Equal(s_words["pairing.state.Active"], rows[s_words["pairing.state"]]);
    }

    [Theory, EachDatabase]
    public async Task One_proposal_is_accepted_by_itself_and_stands_from_today(TestDatabase database)
    {
        await using var desk = await Desk.On(database, isProposed: true);
        Assert.DoesNotContain(s_words["pairing.since"], (await desk.Rows()).Keys);

        var rows = await desk.Press(new() { ["Input.Act"] = "accept" });

        Assert.Equal(s_words["pairing.state.Active"], rows[s_words["pairing.state"]]);
        Assert.Equal("2026年3月16日", rows[s_words["pairing.since"]]);
    }

    [Theory, EachDatabase]
    public async Task Who_stands_in_is_named_and_read_on_the_page(TestDatabase database)
    {
        await using var desk = await Desk.On(database);

        var rows = await desk.Press(new() { ["Input.Understudy"] = $"{desk.Other.Id}", ["Input.Act"] = "understudy" });

        Assert.Equal("王五", rows[s_words["pairing.understudy"]]);
    }

    [Theory, EachDatabase]
    public async Task A_cadre_asks_for_one_point_and_only_its_elders_are_proposed(TestDatabase database)
    {
        await using var desk = await Desk.On(database);
        var (inside, outside) = (
            Someone(desk.House, "孙大娘", PersonRoles.Elder), Someone(desk.House, "赵玉珍", PersonRoles.Elder));
        var point = new Place(Id<Place>.New(desk.House.Clock), Village.X, PlaceKind.Point, "东头互助点");
        point.Join(inside.Id, MemberPart.Elder, desk.House.Today);
        await desk.House.Add(inside, outside, point);
        Assert.Contains("东头互助点", await desk.Page("/pairs"), StringComparison.Ordinal);

        await desk.Send("/pairs", "pairs", new() { ["Input.Act"] = "propose", ["Input.Where"] = $"{point.Id}" });

        var list = await desk.Page("/pairs");
        Assert.Contains("孙大娘，", WorkRows().Match(list).Value, StringComparison.Ordinal);
        Assert.Single(WorkRows().Matches(list), m => m.Value.Contains("href=\"/pairs/", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task A_township_officer_proposes_for_one_village_and_accepts_there_and_opens_the_pair(TestDatabase database)
    {
        await using var desk = await Desk.On(database);
        await desk.House.Add(
            Area.Enter(Village.X, "东村", new(2020, 1, 1)).Value, Area.Enter(Village.Beside, "西村", new(2020, 1, 1)).Value);
        foreach (var (area, name) in new[] { (Village.X, "孙大娘"), (Village.Beside, "赵玉珍") })
        {
            var helper = Someone(desk.House, "陈四", PersonRoles.Volunteer, area);
            await desk.House.Add(Someone(desk.House, name, PersonRoles.Elder, area), helper);
        }

        var officer = await desk.House.SignIn(await desk.House.Someone(Role.TownshipOfficer, new(s_township)));
        var choices = Options().Matches(await desk.Page("/pairs", officer)).Select(m => m.Groups["text"].Value).ToList();
        Assert.Equal([s_words["pairing.where.area"], "东村", "西村"], choices);

        await desk.Send("/pairs", "pairs", new() { ["Input.Act"] = "propose", ["Input.Where"] = $"{Village.Beside}" }, officer);
        var proposed = await desk.Page("/pairs", officer);
        await desk.Send("/pairs", "accept", new() { ["Input.Where"] = $"{Village.Beside}" }, officer);
        var all = await desk.Page("/pairs?show=all", officer);

        Assert.Contains("赵玉珍，", WorkRows().Match(proposed).Value, StringComparison.Ordinal);
        Assert.Equal(2, WorkRows().Matches(all).Count(m => m.Value.Contains("href=\"/pairs/", StringComparison.Ordinal)));
        var pair = PairLinks().Matches(all).Select(m => m.Value).First(p => p != desk.Path);
        Assert.Equal(s_words["pairing.state.Active"], (await desk.Rows(pair, officer))[s_words["pairing.state"]]);
        Assert.DoesNotContain("/facts/", await desk.Page(pair, officer), StringComparison.Ordinal);
    }

    private static Person Someone(OpenHouse house, string name, PersonRoles roles, AreaCode? area = null)
    {
        var person = new Person(Id<Person>.New(house.Clock), area ?? Village.X, PersonNames.Of(name), Sex.Female, new(1960, 1, 1));
        person.Play(roles);
        person.LiveAt("一组", null);
        person.Seal(house.Get<PersonVault>().Seal(person.Id, new(null, null, null)));
        return person;
    }

    /// <summary>A house with one pair, another volunteer, and a cadre at the desk.</summary>
    private sealed record Desk(OpenHouse House, Person Elder, Person Other, Pair Pair, string Cookie) : IAsyncDisposable
    {
        public string Path => $"/pairs/{Pair.Id}";

        public static async Task<Desk> On(TestDatabase database, bool isProposed = false)
        {
            var house = await OpenHouse.On(database);
            var (elder, helper) = (Someone(house, "李桂兰", PersonRoles.Elder), Someone(house, "张三", PersonRoles.Volunteer));
            var (other, cadre) = (Someone(house, "王五", PersonRoles.Volunteer), Someone(house, "赵村", PersonRoles.Official));
            var pair = new Pair(Id<Pair>.New(house.Clock), Village.X, elder.Id, helper.Id, null);
            if (!isProposed) _ = pair.Accept(house.Today.AddDays(-14)).Value;
            await house.Add(elder, helper, other, cadre, pair);
            return new(house, elder, other, pair, await house.SignIn(await house.Employ(cadre, Role.VillageCadre, new(Village.X))));
        }

        /// <summary>Fills in the form of the pair, and reads what the page says then.</summary>
        public async Task<Dictionary<string, string>> Press(Dictionary<string, string> answers)
        {
            await Send(Path, "pair", answers);
            return await Rows();
        }

        public async Task Send(string path, string form, Dictionary<string, string> answers, string? cookie = null)
        {
            using var sent = await (await PageForm.Open(House, path, form, cookie ?? Cookie)).Send(House, answers);
            Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        }

        public async Task<Dictionary<string, string>> Rows(string? path = null, string? cookie = null) =>
            Summary().Matches(await Page(path, cookie)).ToDictionary(m => m.Groups["key"].Value, m => m.Groups["text"].Value);

        public async Task<string> Page(string? path = null, string? cookie = null)
        {
            using var answer = await House.Send(HttpMethod.Get, path ?? Path, cookie ?? Cookie);
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadAsStringAsync(Ct)).Split("<main")[1];
        }

        public ValueTask DisposeAsync() => House.DisposeAsync();
    }

    [GeneratedRegex("<dt[^>]*>(?<key>[^<]*)</dt>\\s*<dd[^>]*>(?<text>[^<]*)</dd>")]
    private static partial Regex Summary();

    [GeneratedRegex("<(?:th scope=\"row\"|td)[^>]*>(?<text>[^<]*)</t[hd]>")]
    private static partial Regex Cells();

    [GeneratedRegex("<li[^>]*work__row.*?</li>", RegexOptions.Singleline)]
    private static partial Regex WorkRows();

    [GeneratedRegex("/pairs/[0-9a-f-]{36}")]
    private static partial Regex PairLinks();

    [GeneratedRegex("<option[^>]*>(?<text>[^<]*)</option>")]
    private static partial Regex Options();
}
