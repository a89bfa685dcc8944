using System.Net;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.TimeBank;
using Shouwang.IntegrationTests.Care;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.TimeBank;

/// <summary>"Why so many minutes?" on the pages: reached from the visit, objected to by whose hours they are, answered by the village.
/// </summary>
public sealed class WhyPageTests
{
    private static readonly IReadOnlyDictionary<string, string> s_words = new Words().All("zh-CN");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task An_objection_is_pressed_waits_is_answered_and_the_page_says_how(TestDatabase database)
    {
        await using var desk = await Desk.On(database);
        var visit = await desk.Credited(desk.Helper.Person, new(9, 0), 60);
        var page = $"/hours/visits/{visit}";

        var (unsaid, says) = await desk.Press(page, "dispute", desk.Own, ("Input.Reason", ""));
        Assert.Equal(HttpStatusCode.BadRequest, unsaid);
        Assert.Contains(s_words["timebank.dispute-no-reason"], says, StringComparison.Ordinal);

        foreach (var outcome in Enum.GetValues<DisputeOutcome>())
        {
            Assert.Equal(HttpStatusCode.Found, (await desk.Press(page, "dispute", desk.Own, ("Input.Reason", "MinutesWrong"))).Status);
            var waiting = await desk.Html(page, desk.Own);
            Assert.Contains(s_words["timebank.dispute.waiting"], waiting, StringComparison.Ordinal);
            Assert.DoesNotContain(s_words["timebank.dispute.submit"], waiting, StringComparison.Ordinal);

            var list = await desk.Html("/hours/disputes", desk.Cadre);
            Assert.Contains(s_words["timebank.DisputeReason.MinutesWrong"], list, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Found, (await desk.Answer(desk.Cadre, outcome)).Status);
            Assert.Contains(s_words["timebank.disputes.none"], await desk.Html("/hours/disputes", desk.Cadre), StringComparison.Ordinal);

            var answered = await desk.Html(page, desk.Own);
            Assert.Contains($"答复了：{s_words[$"timebank.DisputeOutcome.{outcome}"]}", answered, StringComparison.Ordinal);
            Assert.DoesNotContain(s_words["timebank.dispute.waiting"], answered, StringComparison.Ordinal);
            desk.House.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Theory, EachDatabase]
    public async Task Only_whose_hours_they_are_is_asked_whether_something_is_wrong_be_it_the_cadre(TestDatabase database)
    {
        await using var desk = await Desk.On(database);
        var (hers, his) = (await desk.Credited(desk.Helper.Person, new(9, 0), 60), await desk.Credited(desk.Clerk.Person, new(9, 0), 30));

        foreach (var (visit, reader, isAsked) in new[] { (hers, desk.Own, true), (hers, desk.Cadre, false), (his, desk.Cadre, true) })
        {
            var page = await desk.Html($"/hours/visits/{visit}", reader);
            Assert.Equal(isAsked, page.Contains(s_words["timebank.dispute.submit"], StringComparison.Ordinal));
        }

        Assert.Equal(
            HttpStatusCode.Found, (await desk.Press($"/hours/visits/{his}", "dispute", desk.Cadre, ("Input.Reason", "Other"))).Status);
        var (own, says) = await desk.Answer(desk.Cadre, DisputeOutcome.ToBeCorrected);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, own);
        Assert.Contains(s_words["timebank.own-dispute"], says, StringComparison.Ordinal);
        Assert.Contains($"/hours/visits/{his}", says, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_visit_past_the_days_cap_shows_nought_with_the_reason_and_can_be_objected_to(TestDatabase database)
    {
        await using var desk = await Desk.On(database);
        _ = await desk.Credited(desk.Helper.Person, new(5, 0), 480);
        var visit = await desk.Credited(desk.Helper.Person, new(14, 0), 60);
        var (page, why) = ($"/hours/visits/{visit}", s_words["timebank.why"].Replace("{minutes}", "0", StringComparison.Ordinal));

        var hours = await desk.Html("/hours", desk.Own);
        Assert.Contains(s_words["timebank.bare"], hours, StringComparison.Ordinal);
        Assert.Contains($"href=\"{page}\"", hours, StringComparison.Ordinal);
        Assert.Contains("超过当天上限", hours, StringComparison.Ordinal);
        foreach (var reader in new[] { desk.Own, desk.Cadre })
            Assert.Contains($"href=\"{page}\">{why}", await desk.Html($"/visits/{visit}", reader), StringComparison.Ordinal);

        var shown = await desk.Html(page, desk.Own);
        Assert.Contains($"<h1>{why}</h1>", shown, StringComparison.Ordinal);
        Assert.Contains("60 分钟，超过了每天的上限", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await desk.Press(page, "dispute", desk.Own, ("Input.Reason", "CapWrong"))).Status);
        Assert.Contains(s_words["timebank.dispute.waiting"], await desk.Html(page, desk.Own), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Whoever_does_not_see_the_volunteers_hours_sees_no_way_to_them_on_the_visit(TestDatabase database)
    {
        await using var desk = await Desk.On(database);
        var visit = await desk.Credited(desk.Helper.Person, new(9, 0), 60);
        var point = new Place(Id<Place>.New(desk.House.Clock), Village.X, PlaceKind.Point, "李家互助点");
        point.Join(desk.Elder.Id, MemberPart.Elder, desk.House.Today);
        await desk.House.Add(point);
        var manager = await desk.House.SignIn(await desk.House.Someone(Role.PointManager, new(Village.X, point.Id)));

        Assert.DoesNotContain("/hours/visits/", await desk.Html($"/visits/{visit}", manager), StringComparison.Ordinal);
        Assert.DoesNotContain(s_words["timebank.bare"], await desk.Html("/hours", desk.Own), StringComparison.Ordinal);
    }

    /// <summary>An elder, her volunteer and the cadre, each signed in.</summary>
    private sealed class Desk : IAsyncDisposable
    {
        private static readonly DateOnly s_yesterday = new(2026, 3, 15);

        private Desk(OpenHouse house) => House = house;

        public OpenHouse House { get; }

        public Person Elder { get; private set; } = null!;

        public Bearer Helper { get; private set; } = null!;

        public Bearer Clerk { get; private set; } = null!;

        public string Own { get; private set; } = "";

        public string Cadre { get; private set; } = "";

        public static async Task<Desk> On(TestDatabase database)
        {
            var house = await OpenHouse.On(database);
            var elder = house.NewPerson(Village.X, PersonRoles.Elder);
            await house.Add(elder);
            var helper = await house.Someone(Role.Volunteer, new(Village.X), PersonRoles.Volunteer);
            var clerk = await house.Someone(Role.VillageCadre, new(Village.X), PersonRoles.Official | PersonRoles.Volunteer);
            var pair = new Pair(Id<Pair>.New(house.Clock), Village.X, elder.Id, helper.Person.Id, null);
            _ = pair.Accept(house.Today.AddDays(-40)).Value;
            await house.Add(pair);
            return new(house)
            {
                Elder = elder, Helper = helper, Clerk = clerk, Own = await house.SignIn(helper), Cadre = await house.SignIn(clerk),
            };
        }

        /// <summary>A visit of yesterday, on a signed list, and credited.</summary>
        public async Task<Id<Visit>> Credited(Person who, TimeOnly start, int minutes)
        {
            var (system, began) = (Actor.System(Village.X), Days.At(s_yesterday, start));
            var command = new RecordVisit.Command(new(House.NewId()), Elder.Id, who.Id, began, began.AddMinutes(minutes), CareDay.Well);
            _ = (await House.Get<RecordVisit>().Run(command, system, Ct)).Value;
            _ = (await House.Get<VerifyVisit>().Run(new(House.NewId(), command.Id, VerificationWay.PaperList), system, Ct)).Value;
            await House.Get<Dispatcher>().Drain(Ct);
            return command.Id;
        }

        public async Task<string> Html(string path, string cookie)
        {
            using var answer = await House.Send(HttpMethod.Get, path, cookie);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadAsStringAsync(Ct);
        }

        /// <summary>Answers the only objection that waits.</summary>
        public async Task<(HttpStatusCode Status, string Says)> Answer(string cookie, DisputeOutcome outcome)
        {
            var page = await Html("/hours/disputes", cookie);
            var form = System.Text.RegularExpressions.Regex.Match(page, "name=\"_handler\" value=\"(settle-[^\"]+)\"").Groups[1].Value;
            return await Press("/hours/disputes", form, cookie, ("Input.Outcome", $"{outcome}"));
        }

        public async Task<(HttpStatusCode Status, string Says)> Press(
            string path, string name, string cookie, (string Field, string Value) answer)
        {
            var form = await PageForm.Open(House, path, name, cookie);
            using var sent = await form.Send(House, new() { [answer.Field] = answer.Value });
            return (sent.StatusCode, await sent.Content.ReadAsStringAsync(Ct));
        }

        public ValueTask DisposeAsync() => House.DisposeAsync();
    }
}
