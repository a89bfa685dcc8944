using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Health;
using Shouwang.Domain.Care;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>A visit that was written down for the wrong elder, or for the wrong volunteer, is put right on its page.</summary>
public sealed class WrongElderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_cadre_moves_a_visit_to_the_right_elder_and_to_who_really_went(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (wrong, right, helper) = await Three(house);
        var went = house.NewPerson(Village.X, PersonRoles.Volunteer);
        await house.Add(went);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        var visit = await Recorded(house, wrong, helper, "150/95");

        using var sent = await Send(house, visit, cookie, right.Id, went.Id);

        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var standing = await Standing(house);
        Assert.Equal((right.Id, went.Id, visit), (standing.Elder, standing.Volunteer, standing.Corrects!.Value));
        Assert.Equal($"/visits/{standing.Id}", sent.Headers.Location?.OriginalString);
        var readings = house.Get<ReadingsOf>();
        Assert.Empty((await readings.Run(wrong.Id, default, Actor.System(Village.X), Ct)).Value.Rows);
        Assert.Equal("150/95", Assert.Single((await readings.Run(right.Id, default, Actor.System(Village.X), Ct)).Value.Rows).Value);
    }

    [Theory, EachDatabase]
    public async Task A_volunteer_moves_her_visit_among_her_own_elders_and_stays_the_one_who_went(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (wrong, right, helper) = await Three(house);
        var (stranger, other) = (house.NewPerson(Village.X, PersonRoles.Elder), house.NewPerson(Village.X, PersonRoles.Volunteer));
        await house.Add(stranger, other);
        var cookie = await house.SignIn(await house.Employ(helper, Role.Volunteer, new(Village.X)));
        var visit = await Recorded(house, wrong, helper);

        using (var asked = await house.Send(HttpMethod.Get, $"/visits/{visit}/correct", cookie))
        {
            var page = await asked.Content.ReadAsStringAsync(Ct);
            Assert.Matches($"<option value=\"{wrong.Id}\"[^>]*selected", page);
            Assert.Contains($"<option value=\"{right.Id}\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain($"{stranger.Id}", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Input.Volunteer", page, StringComparison.Ordinal);
        }

        using (var hers = await Send(house, visit, cookie, stranger.Id, helper.Id)) Assert.Equal(HttpStatusCode.NotFound, hers.StatusCode);
        using var sent = await Send(house, visit, cookie, right.Id, other.Id);

        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        Assert.Equal((right.Id, helper.Id), ((await Standing(house)).Elder, (await Standing(house)).Volunteer));
    }

    /// <summary>Two elders and the volunteer of both.</summary>
    private static async Task<(Person Wrong, Person Right, Person Helper)> Three(OpenHouse house)
    {
        var (wrong, right, helper) = (house.NewPerson(Village.X, PersonRoles.Elder), house.NewPerson(Village.X, PersonRoles.Elder),
            house.NewPerson(Village.X, PersonRoles.Volunteer));
        await house.Add(wrong, right, helper);
        foreach (var elder in new[] { wrong, right })
        {
            var pair = new Pair(Id<Pair>.New(house.Clock), Village.X, elder.Id, helper.Id, null);
            _ = pair.Accept(house.Today.AddDays(-40)).Value;
            await house.Add(pair);
        }

        return (wrong, right, helper);
    }

    private static async Task<Id<Visit>> Recorded(OpenHouse house, Person elder, Person helper, string? pressure = null)
    {
        var now = house.Clock.GetUtcNow();
        var command = new RecordVisit.Command(new(house.NewId()), elder.Id, helper.Id, now.AddMinutes(-60), now, CareDay.Well)
        {
            Readings = pressure is null ? [] : [new(elder.Id, ReadingKind.BloodPressure, pressure)],
        };
        return (await house.Get<RecordVisit>().Run(command, Actor.System(Village.X), Ct)).Value.Id;
    }

    private static async Task<HttpResponseMessage> Send(
        OpenHouse house, Id<Visit> visit, string cookie, Id<Person> elder, Id<Person> volunteer)
    {
        var form = await PageForm.Open(house, $"/visits/{visit}/correct", "correction", cookie);
        return await form.Send(house, new()
        {
            ["Input.Elder"] = $"{elder}", ["Input.Volunteer"] = $"{volunteer}", ["Input.Condition"] = "Well", ["Input.Way"] = "Door",
            ["Input.Items"] = "Visit", ["Input.Minutes"] = "60", ["Input.Outcome"] = "Done", ["Input.Day"] = "2026-03-16",
            ["Input.Start"] = "08:00", ["Input.BloodPressure"] = "150/95",
        });
    }

    private static Task<Visit> Standing(OpenHouse house) =>
        house.Get<Workspace>().Read(Actor.System(Village.X), db => db.Visits.SingleAsync(Ct));
}
