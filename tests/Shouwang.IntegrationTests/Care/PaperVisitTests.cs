using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>The visit of a volunteer without a phone: written down by the village, confirmed by the signed list or by another person.
/// </summary>
public sealed class PaperVisitTests
{
    private static readonly DateOnly s_february = new(2026, 2, 1), s_march = new(2026, 3, 1);
    private static readonly IReadOnlyDictionary<string, string> s_words = new Words().All("zh-CN");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_cadre_says_who_went_and_finds_the_pair_first_then_the_understudy_then_the_others(TestDatabase database)
    {
        await using var village = await Paper.On(database);
        var asked = await village.Html($"/elders/{village.Elder.Id}/visit");
        Assert.Equal(
            [village.Pair.Id, village.Understudy.Id, village.Clerk.Person.Id, village.Other.Id], Chosen(asked, "Input.Volunteer"));

        var (unanswered, says) = await village.Write(null);
        Assert.Equal(HttpStatusCode.BadRequest, unanswered);
        Assert.Contains(s_words["care.who-went"], says, StringComparison.Ordinal);
        Assert.Empty(await village.Visits());

        Assert.Equal(HttpStatusCode.Found, (await village.Write(village.Pair)).Status);
        var visit = Assert.Single(await village.Visits());
        Assert.Equal((village.Pair.Id, village.Clerk.Person.Id), (visit.Volunteer, visit.RecordedBy));
        Assert.Equal(new DateTimeOffset(2026, 3, 12, 9, 0, 0, TimeSpan.FromHours(8)), visit.StartedAt);
    }

    [Theory, EachDatabase]
    public async Task Who_writes_down_their_own_visits_only_is_asked_nothing_and_writes_for_nobody_else(TestDatabase database)
    {
        await using var village = await Paper.On(database);
        var cookie = await village.House.SignIn(await village.House.Employ(village.Pair, Role.Volunteer, new(Village.X)));

        Assert.Empty(Chosen(await village.Html($"/elders/{village.Elder.Id}/visit", cookie), "Input.Volunteer"));
        Assert.Equal(HttpStatusCode.Found, (await village.Write(village.Other, cookie: cookie)).Status);

        Assert.Equal(village.Pair.Id, Assert.Single(await village.Visits()).Volunteer);
    }

    [Theory, EachDatabase]
    public async Task A_point_manager_writes_for_the_pair_of_the_points_elder_and_for_no_stranger(TestDatabase database)
    {
        await using var village = await Paper.On(database);
        var point = new Place(Id<Place>.New(village.House.Clock), Village.X, PlaceKind.Point, "李家互助点");
        point.Join(village.Elder.Id, MemberPart.Elder, village.House.Today);
        await village.House.Add(point);
        var manager = await village.House.SignIn(await village.House.Someone(Role.PointManager, new(Village.X, point.Id)));

        Assert.Equal(HttpStatusCode.NotFound, (await village.Write(village.Other, cookie: manager)).Status);
        Assert.Equal(HttpStatusCode.Found, (await village.Write(village.Pair, cookie: manager)).Status);
        Assert.Equal(HttpStatusCode.Found, (await village.Write(village.Understudy, "14:00", cookie: manager)).Status);

        Assert.Equal([village.Pair.Id, village.Understudy.Id], (await village.Visits()).Select(v => v.Volunteer));
    }

    [Theory, EachDatabase]
    public async Task Whoever_wrote_it_down_is_no_second_person_and_nobody_of_the_visit_its_witness(TestDatabase database)
    {
        await using var village = await Paper.On(database);
        _ = await village.Write(village.Pair);
        var visit = (await village.Visits()).Single().Id;
        Assert.DoesNotContain($"verify-{visit}", await village.Html("/visits"), StringComparison.Ordinal);
        Assert.Matches("value=\"PaperList\"[^>]*checked", await village.Html($"/visits/{visit}"));

        foreach (var (how, witness) in new[]
        {
            ("SecondPerson", ""), ("SecondPerson", village.Pair.Name), ("Relative", village.Clerk.Person.Name),
        })
        {
            var (refused, says) = await village.Verify(visit, how, witness);
            Assert.Equal(HttpStatusCode.BadRequest, refused);
            Assert.Contains(s_words["care.own-record"], says, StringComparison.Ordinal);
        }

        Assert.Equal(VisitState.Recorded, (await village.Visits()).Single().State);
        Assert.Equal(HttpStatusCode.Found, (await village.Verify(visit, "SecondPerson", "钱大妈")).Status);
        Assert.Contains("钱大妈", await village.Html($"/visits/{visit}"), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Somebody_else_confirms_as_second_person_with_one_press_on_the_list(TestDatabase database)
    {
        await using var village = await Paper.On(database);
        _ = await village.Write(village.Pair);
        var visit = (await village.Visits()).Single().Id;
        var officer = await village.House.SignIn(
            await village.House.Someone(Role.TownshipOfficer, new(Village.X.At(AreaLevel.Township))));

        var form = await PageForm.Open(village.House, "/visits", $"verify-{visit}", officer);
        using var pressed = await form.Send(village.House, []);

        Assert.Equal(HttpStatusCode.Found, pressed.StatusCode);
        Assert.Equal(VerificationWay.SecondPerson, (await village.Visits()).Single().VerifiedHow);
    }

    [Theory, EachDatabase]
    public async Task A_visit_is_confirmed_on_the_elders_word_and_its_page_says_whose_word_it_was(TestDatabase database)
    {
        await using var village = await Paper.On(database);
        var own = await village.House.SignIn(await village.House.Employ(village.Pair, Role.Volunteer, new(Village.X)));
        _ = await village.Write(null, cookie: own);
        var visit = (await village.Visits()).Single().Id;

        var (nameless, says) = await village.Verify(visit, "Elder", "");
        Assert.Equal(HttpStatusCode.BadRequest, nameless);
        Assert.Contains(s_words["care.witness-needed"], says, StringComparison.Ordinal);
        Assert.Contains(s_words["care.sheet.proof.none"], says, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await village.Verify(visit, "Elder", "李大娘")).Status);

        var page = await village.Html($"/visits/{visit}");
        Assert.Contains($"李大娘（{s_words["care.VerificationWay.Elder"]}）", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"verify\"", page, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_paper_visit_of_last_month_that_comes_after_the_close_becomes_a_supplement(TestDatabase database)
    {
        await using var village = await Paper.On(database);
        var (house, all, system) = (village.House, StatementSubject.Of(Village.X), Actor.System(Village.X));
        await house.Add(Area.Enter(Village.X, "石桥村", new(2020, 1, 1)).Value);
        var closed = (await house.Get<SubmitStatement>().Run(new(house.NewId(), all, s_february), system, Ct)).Value;

        house.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Found, (await village.Write(village.Pair, day: "2026-02-20")).Status);
        var visit = (await village.Visits()).Single();
        Assert.Equal(HttpStatusCode.Found, (await village.Verify(visit.Id, "PaperList", "")).Status);
        Assert.Contains(s_words["care.VerificationWay.PaperList"], await village.Html($"/visits/{visit.Id}"), StringComparison.Ordinal);
        await house.Get<Dispatcher>().Drain(Ct);

        var statement = house.Get<MonthStatement>();
        var (february, march) = ((await statement.Run(new(all, s_february), system, Ct)).Value,
            (await statement.Run(new(all, s_march), system, Ct)).Value);
        Assert.Equal((closed.Hash, 0, 1), (february.Hash, february.Shown.Visits, february.Now!.Visits));
        Assert.Equal(new StatementContent.Supplement("2026-02", 1, 30, 1, 30), Assert.Single(march.Shown.Supplements));
    }

    /// <summary>What a list on a page offers to choose, without the line that says to choose.</summary>
    private static IEnumerable<Id<Person>> Chosen(string page, string name) =>
        Regex.Matches(
            Regex.Match(page, $"<select[^>]*name=\"{name}\".*?</select>", RegexOptions.Singleline).Value, "value=\"([0-9a-f-]{36})\"")
            .Select(m => Id<Person>.Parse(m.Groups[1].Value, null));

    /// <summary>An elder with a pair and an understudy, one more volunteer, and the cadre at the desk.</summary>
    private sealed class Paper : IAsyncDisposable
    {
        private Paper(OpenHouse house) => House = house;

        public OpenHouse House { get; }

        public Person Elder { get; private set; } = null!;

        public Person Pair { get; private set; } = null!;

        public Person Understudy { get; private set; } = null!;

        public Person Other { get; private set; } = null!;

        public Bearer Clerk { get; private set; } = null!;

        private string Desk { get; set; } = "";

        public static async Task<Paper> On(TestDatabase database)
        {
            var house = await OpenHouse.On(database);
            var people = Enumerable.Range(0, 4)
                .Select(i => house.NewPerson(Village.X, i == 0 ? PersonRoles.Elder : PersonRoles.Volunteer)).ToArray();
            await house.Add(people);
            var pair = new Pair(Id<Pair>.New(house.Clock), Village.X, people[0].Id, people[1].Id, null);
            _ = pair.Accept(house.Today.AddDays(-40)).Value;
            _ = pair.NameUnderstudy(people[2].Id).Value;
            await house.Add(pair);
            var clerk = await house.Someone(Role.VillageCadre, new(Village.X));
            return new(house)
            {
                Elder = people[0], Pair = people[1], Understudy = people[2], Other = people[3], Clerk = clerk,
                Desk = await house.SignIn(clerk),
            };
        }

        /// <summary>Half an hour of an elder's visit, as somebody types it in.</summary>
        public async Task<(HttpStatusCode Status, string Says)> Write(
            Person? went, string start = "9:00", string day = "2026-03-12", string? cookie = null)
        {
            var form = await PageForm.Open(House, $"/elders/{Elder.Id}/visit", "visit", cookie ?? Desk);
            return await Sent(form, new()
            {
                ["Input.Volunteer"] = went is null ? "" : $"{went.Id}", ["Input.Condition"] = "Well", ["Input.Way"] = "Door",
                ["Input.Items"] = "Visit", ["Input.Minutes"] = "30", ["Input.Outcome"] = "Done", ["Input.Day"] = day,
                ["Input.Start"] = start,
            });
        }

        public async Task<(HttpStatusCode Status, string Says)> Verify(Id<Visit> visit, string how, string witness) => await Sent(
            await PageForm.Open(House, $"/visits/{visit}", "verify", Desk), new() { ["Input.How"] = how, ["Input.Witness"] = witness });

        public async Task<string> Html(string path, string? cookie = null)
        {
            using var answer = await House.Send(HttpMethod.Get, path, cookie ?? Desk);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadAsStringAsync(Ct);
        }

        public Task<List<Visit>> Visits() =>
            House.Get<Workspace>().Read(Actor.System(Village.X), db => db.Visits.OrderBy(v => v.StartedAt).ToListAsync(Ct));

        public ValueTask DisposeAsync() => House.DisposeAsync();

        private async Task<(HttpStatusCode Status, string Says)> Sent(PageForm form, Dictionary<string, string> answers)
        {
            using var answer = await form.Send(House, answers);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
        }
    }
}
