using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>A death or a move as one act: the rest of the house hears of it, and it can be undone.</summary>
public sealed class DepartureTests
{
    [Theory, EachDatabase]
    public async Task A_death_ends_pairs_and_memberships_by_event_and_undoing_it_lets_them_go_on(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = (await village.With("王秀英", PersonRoles.Elder), await village.With("李强", PersonRoles.Volunteer));
        var cadre = village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre);
        var point = new Place(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, "村东");
        point.Join(elder.Id, MemberPart.Elder, village.Today.AddDays(-30));
        await village.Add(point);
        await village.Pair(elder, helper, point);
        var command = new RecordDeparture.Command(Id<Departure>.New(village.Clock), elder.Id, DepartureKind.Death, village.Today);

        _ = (await village.Get<RecordDeparture>().Run(command, cadre, default)).Value;
        _ = (await village.Get<RecordDeparture>().Run(command, cadre, default)).Value;
        await village.Settle();

        Assert.Equal((PairState.Ended, 0), await Standing(village));
        Assert.Equal(DepartureKind.Death, (await village.Get<ShowPerson>().Run(elder.Id, cadre, default)).Value.Departure?.Kind);

        village.Clock.Advance(TimeSpan.FromHours(1));
        _ = (await village.Get<UndoDeparture>().Run(new(NewId(village), command.Id), cadre, default)).Value;
        await village.Settle();
        await village.Settle();

        Assert.Equal((PairState.Active, 1), await Standing(village));
        Assert.Null((await village.Get<ShowPerson>().Run(elder.Id, cadre, default)).Value.Departure);
        Assert.Equal("people.departure-not-found", (await village.Get<UndoDeparture>()
            .Run(new(NewId(village), command.Id), cadre with { Scope = Village.Beside }, default)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task The_sign_in_of_someone_who_moved_away_ends_when_the_house_hears_of_it(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var helper = await house.Someone(Role.Volunteer, new(Village.X), PersonRoles.Volunteer);
        var cookie = await house.SignIn(helper);
        var command = new RecordDeparture.Command(Id<Departure>.New(house.Clock), helper.Person.Id, DepartureKind.Move, house.Today);
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, "/api/v1/people", cookie));

        _ = (await house.Get<RecordDeparture>().Run(command, Actor.System(Village.X), default)).Value;
        await house.Get<Dispatcher>().Drain(default);

        Assert.Equal(401, await house.StatusOf(HttpMethod.Get, "/api/v1/people", cookie));
    }

    [Theory, EachDatabase]
    public async Task A_departure_that_is_delivered_once_more_after_it_was_undone_ends_nothing_anew(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, helper) = (await village.With("王秀英", PersonRoles.Elder), await village.With("李强", PersonRoles.Volunteer));
        var point = new Place(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, "村东");
        point.Join(elder.Id, MemberPart.Elder, village.Today.AddDays(-30));
        await village.Add(point);
        await village.Pair(elder, helper, point);
        var command = new RecordDeparture.Command(Id<Departure>.New(village.Clock), elder.Id, DepartureKind.Death, village.Today);
        _ = (await village.Get<RecordDeparture>().Run(command, village.House, default)).Value;
        await village.Settle();
        _ = (await village.Get<UndoDeparture>().Run(new(NewId(village), command.Id), village.House, default)).Value;
        await village.Settle();

        // As if the notes that it was delivered had been lost. A delivery that was tried is tried again only later.
        village.Clock.Advance(TimeSpan.FromMinutes(1));
        await using (var connection = await database.Open(default))
        {
            await using var forget = connection.CreateCommand();
            forget.CommandText =
                """
                UPDATE outbox_delivery SET "DeliveredAt" = NULL
                WHERE "MessageId" IN (SELECT "Id" FROM outbox_message WHERE "Event" = 'people.departed')
                """;
            Assert.Equal(3, await forget.ExecuteNonQueryAsync());
        }

        Assert.Equal(3, await village.Get<Dispatcher>().Drain(default));
        Assert.Equal((PairState.Active, 1), await Standing(village));
        var done = await village.Get<Workspace>().Read(village.House, db => db.Audit
            .Where(a => a.Command.EndsWith(".OnPersonDeparted")).Select(a => a.Command).ToListAsync());
        Assert.Equal(done.Distinct().Count(), done.Count);
    }

    private static async Task<(PairState, int)> Standing(Village village)
    {
        var pair = await village.Get<Workspace>().Read(village.House, db => db.Pairs.SingleAsync());
        var place = await village.Get<Workspace>().Read(village.House, db => db.Places.SingleAsync());
        return (pair.State, place.On(village.Today, MemberPart.Elder).Count());
    }

    private static Guid NewId(Village village) => Id<Person>.New(village.Clock).Value;
}
