using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>Whoever asks again hears what was said the first time; nothing else goes under the same id.</summary>
public sealed class RepeatTests
{
    private static readonly AreaCode s_village = new(990101100201);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task What_was_answered_is_answered_again_to_the_byte_at_once_later_and_by_a_house_opened_anew(TestDatabase database)
    {
        List<(string Path, object Body)> asked;
        List<string> answered = [];
        Bearer giver;
        await using (var house = await OpenHouse.On(database))
        {
            (giver, var receiver) = await Two(house);
            var cookie = await house.SignIn(giver);
            asked = Asked(house, giver.Person, receiver);
            foreach (var (path, body) in asked)
            {
                var said = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Said(house, cookie, path, body)));
                Assert.StartsWith("200 application/json", said[0], StringComparison.Ordinal);
                answered.Add(Assert.Single(said.Distinct()));
            }

            // What each of them would be answered now is something else.
            house.Clock.Advance(TimeSpan.FromDays(30));
            cookie = await house.SignIn(giver);
            foreach (var (i, (path, body)) in asked.Index()) Assert.Equal(answered[i], await Said(house, cookie, path, body));
        }

        await using var anew = await OpenHouse.On(database);
        var again = await anew.SignIn(giver);
        foreach (var (i, (path, body)) in asked.Index()) Assert.Equal(answered[i], await Said(anew, again, path, body));
        foreach (var (path, body) in asked)
            Assert.StartsWith("409 ", await Said(anew, again, path, Other(body)), StringComparison.Ordinal);
        Assert.Equal(100 - 10 - 15 - 5, (await anew.Get<HoursOf>().Run(giver.Person.Id, Actor.System(s_village), Ct)).Value.Balance);
    }

    [Theory, EachDatabase]
    public async Task Another_act_under_a_known_id_is_refused_though_it_says_the_same(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (giver, receiver) = await Two(house);
        var (cookie, id) = (await house.SignIn(giver), house.NewId());
        var body = new { from = $"{giver.Person.Id}", to = $"{receiver.Id}", minutes = 10 };

        Assert.Equal(200, await house.StatusOf(HttpMethod.Put, $"/api/v1/transfers/{id}", cookie, body));
        Assert.Equal(409, await house.StatusOf(HttpMethod.Put, $"/api/v1/holds/{id}", cookie, body));
        Assert.Equal(409, await house.StatusOf(HttpMethod.Put, $"/api/v1/transfers/{id}", cookie, body with { minutes = 11 }));

        var hours = (await house.Get<HoursOf>().Run(giver.Person.Id, Actor.System(s_village), Ct)).Value;
        Assert.Equal((90L, 0L), (hours.Balance, hours.Held));
    }

    [Theory, EachDatabase]
    public async Task Receipts_number_the_entries_of_the_givers_account_without_gap_or_repetition(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var (giver, receiver) = await Two(house);
        var cookie = await house.SignIn(giver);
        var (way, body) = ("/api/v1/transfers/", new { from = $"{giver.Person.Id}", to = $"{receiver.Id}", minutes = 1 });

        var first = await Receipt(house, cookie, $"{way}{house.NewId()}", body);
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Receipt(house, cookie, $"{way}{house.NewId()}", body)));
        var hold = new { body.from, body.to, minutes = 5 };
        Assert.Equal(200, await house.StatusOf(HttpMethod.Put, $"/api/v1/holds/{house.NewId()}", cookie, hold));
        var last = await Receipt(house, cookie, $"{way}{house.NewId()}", body);

        // Before the first there was the entry that gave 100 minutes; a hold moves nothing.
        Assert.Equal(2, first.Version);
        Assert.Equal(Enumerable.Range(3, 20), atOnce.Select(r => r.Version!.Value).Order());
        Assert.Equal(23, last.Version);
        Assert.All(atOnce, r => Assert.Equal(101L, r.LeftMinutes + r.Version));
    }

    [Fact]
    public void A_receipt_of_the_time_before_versions_is_told_again_to_the_byte()
    {
        const string Kept = """{"id":"019d0000-0000-7000-8000-000000000001","leftMinutes":90}""";
        var receipt = JsonSerializer.Deserialize<TransferHours.Receipt>(Kept, HouseJson.Options);
        Assert.Equal(Kept, JsonSerializer.Serialize(receipt, HouseJson.Options));
    }

    private static async Task<TransferHours.Receipt> Receipt(OpenHouse house, string cookie, string path, object body)
    {
        using var answer = await house.Send(HttpMethod.Put, path, cookie, body);
        return (await answer.Content.ReadFromJsonAsync<TransferHours.Receipt>(HouseJson.Options, Ct))!;
    }

    /// <summary>A gift, hours set aside, a part of them paid, and another gift.</summary>
    private static List<(string Path, object Body)> Asked(OpenHouse house, Person from, Person to)
    {
        var hold = house.NewId();
        return
        [
            ($"/api/v1/transfers/{house.NewId()}", new { from = $"{from.Id}", to = $"{to.Id}", minutes = 10 }),
            ($"/api/v1/holds/{hold}", new { from = $"{from.Id}", to = $"{to.Id}", minutes = 40 }),
            ($"/api/v1/holds/{hold}/payment", new { id = house.NewId(), minutes = 15 }),
            ($"/api/v1/transfers/{house.NewId()}", new { from = $"{from.Id}", to = $"{to.Id}", minutes = 5 }),
        ];
    }

    /// <summary>The same with a minute more.</summary>
    private static JsonNode Other(object body)
    {
        var other = JsonSerializer.SerializeToNode(body)!;
        other["minutes"] = other["minutes"]!.GetValue<int>() + 1;
        return other;
    }

    private static async Task<string> Said(OpenHouse house, string cookie, string path, object body)
    {
        using var answer = await house.Send(HttpMethod.Put, path, cookie, body);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
        return $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType} {Convert.ToHexString(bytes)}";
    }

    /// <summary>Two relatives; the first has an account to sign in with and 100 minutes.</summary>
    private static async Task<(Bearer Giver, Person Receiver)> Two(OpenHouse house)
    {
        var giver = await house.Someone(Role.Volunteer, new(s_village), PersonRoles.Volunteer);
        var receiver = house.NewPerson(s_village, PersonRoles.Volunteer);
        await house.Add(receiver);
        await house.Add(new Relation(Id<Relation>.New(house.Clock), s_village, giver.Person.Id, receiver.Id, RelationKind.Child));
        await Give(house, giver.Person, 100);
        await Give(house, receiver, 1);
        return (giver, receiver);
    }

    private static Task Give(OpenHouse house, Person to, int minutes) => house.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(Actor.System(s_village));
            var (bank, own) = (AccountKey.OfOutside(Book.Hours, s_village), AccountKey.OfPerson(Book.Hours, to.Id, s_village));
            var all = await unit.Books.Take(Ct, bank, own);
            var slip = new Slip(Id<Transaction>.New(house.Clock), s_village, "test.given", unit.Now);
            _ = (await unit.Post(slip, all[bank], all[own], minutes, Ct)).Value;
            return new(true, true);
        },
        Ct);
}
