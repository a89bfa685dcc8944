using System.Net;
using Shouwang.Application.Common;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;
using static Shouwang.IntegrationTests.Infrastructure.PageForm;

namespace Shouwang.IntegrationTests.Duties;

/// <summary>A duty on its pages: seen to, handed over, left to a stand-in.</summary>
public sealed class DutyPagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Who_sees_to_a_duty_says_so_and_has_nothing_in_hand_any_more(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (duty, holder, _) = await Held(house);
        var before = await Page(house, "/duties", holder);
        Assert.Contains($"href=\"{duty}\"", before, StringComparison.Ordinal);
        Assert.Contains("探访逾期了，还没有人去", before, StringComparison.Ordinal);

        Assert.Contains("手上没有要办的事。", await Pressed(house, duty, "finish", holder), StringComparison.Ordinal);

        var page = await Page(house, duty, holder);
        Assert.Contains("办结</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"finish\"", page, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_duty_that_is_handed_over_lies_in_the_others_hands(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (duty, holder, other) = await Held(house);
        Assert.Contains("手上没有要办的事。", await Page(house, "/duties", other.Cookie), StringComparison.Ordinal);

        var after = await Pressed(house, duty, "hand-over", holder, ("Input.To", $"{other.Id}"));

        Assert.Contains("手上没有要办的事。", after, StringComparison.Ordinal);
        Assert.Contains($"href=\"{duty}\"", await Page(house, "/duties", other.Cookie), StringComparison.Ordinal);
        var page = await Page(house, duty, other.Cookie);
        Assert.Contains("移交</td>", page, StringComparison.Ordinal);
        Assert.Contains("吴大姐（结对志愿者一级）</td>", page, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Who_goes_away_names_a_stand_in_who_sees_the_duty_at_once(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (duty, holder, other) = await Held(house);
        var form = await PageForm.Open(house, "/duties/away", "away", holder);

        using var wrong = await form.Send(house, Away("2026-03-20", "2026-03-18"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("回来的日子要晚于离开的日子。", await wrong.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("手上没有要办的事。", await Page(house, "/duties", other.Cookie), StringComparison.Ordinal);

        using var right = await form.Send(house, Away("2026-03-16", "2026-03-20"));
        Assert.Equal("/duties", right.Headers.Location?.OriginalString);
        Assert.Contains("吴大姐（代 张秀英） 在办", await Page(house, "/duties", holder), StringComparison.Ordinal);
        Assert.Contains($"href=\"{duty}\"", await Page(house, "/duties", other.Cookie), StringComparison.Ordinal);
        Assert.Contains("代班</td>", await Page(house, duty, other.Cookie), StringComparison.Ordinal);

        Dictionary<string, string> Away(string from, string to) =>
            new() { ["Input.From"] = from, ["Input.To"] = to, ["Input.Acts"] = $"{other.Id}" };
    }

    /// <summary>An overdue visit in a volunteer's hands, and another volunteer of the village.</summary>
    private static async Task<(string Path, string Holder, (Id<Person> Id, string Cookie) Other)> Held(OpenHouse house)
    {
        var elder = house.NewPerson(Village.X, PersonRoles.Elder, "李桂兰");
        var holder = house.NewPerson(Village.X, PersonRoles.Volunteer, "张秀英");
        var other = house.NewPerson(Village.X, PersonRoles.Volunteer, "吴大姐");
        var (now, id) = (house.Clock.GetUtcNow(), Id<Duty>.New(house.Clock));
        var turn = new DutyTurn(DutyRung.Pair, holder.Id, now.AddDays(1));
        await house.Add(elder, holder, other, Duty.Open(id, Village.X, new(DutyKind.OverdueVisit, elder.Id), turn, now));
        var cookies = new List<string>();
        foreach (var person in new[] { holder, other })
            cookies.Add(await house.SignIn(await house.Employ(person, Role.Volunteer, new(Village.X))));
        return ($"/duties/{id}", cookies[0], (other.Id, cookies[1]));
    }
}
