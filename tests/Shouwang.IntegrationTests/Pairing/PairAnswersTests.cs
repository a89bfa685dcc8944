using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Pairing;

/// <summary>How, when and before whom each side of a pair agreed, and what was before the pair.</summary>
public sealed class PairAnswersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_yes_entered_later_keeps_its_day_and_whoever_was_there(TestDatabase database)
    {
        await using var day = await Day.On(database);
        var told = day.Village.Today.AddDays(-5);

        Assert.Null(await day.Agree(PairSide.Elder, told, day.Neighbour));
        Assert.Null(await day.Agree(PairSide.Volunteer));

        var sheet = await day.Sheet();
        Assert.Equal(
            [(PairSide.Elder, told, "王五"), (PairSide.Volunteer, day.Village.Today, "赵村")],
            sheet.Consents.OrderBy(c => c.Side).Select(c => (c.Side, c.On, c.WitnessName!)));
        Assert.Equal(["王五", "赵村"], sheet.Witnesses.Select(w => w.Name).Order());
    }

    [Theory, EachDatabase]
    public async Task Nobody_agrees_on_a_day_to_come_nor_before_themselves_nor_before_somebody_who_is_not_known(TestDatabase database)
    {
        await using var day = await Day.On(database);
        var stranger = await day.Village.With("钱六", PersonRoles.Volunteer, Village.Beside);

        Assert.Equal("people.consent-ahead on", await day.Agree(PairSide.Elder, day.Village.Today.AddDays(1)));
        Assert.Equal("people.consent-witness-is-party witness", await day.Agree(PairSide.Elder, witness: day.Elder));
        Assert.Equal("people.consent-witness-is-party witness", await day.Agree(PairSide.Volunteer, witness: day.Helper));
        Assert.Equal("people.not-found witness", await day.Agree(PairSide.Elder, witness: stranger));
        Assert.Empty((await day.Sheet()).Consents);
    }

    [Theory, EachDatabase]
    public async Task Who_types_is_the_witness_and_so_not_for_themselves(TestDatabase database)
    {
        await using var day = await Day.On(database);
        var own = await day.Village.Pair(day.Elder, day.Cadre);

        Assert.Equal("people.consent-witness-is-party witness", await day.Agree(PairSide.Volunteer, pair: own));
        Assert.Null(await day.Agree(PairSide.Volunteer, witness: day.Neighbour, pair: own));
    }

    [Theory, EachDatabase]
    public async Task A_yes_on_paper_from_before_a_no_to_the_same_person_does_not_count(TestDatabase database)
    {
        await using var day = await Day.On(database);
        _ = (await day.Answer(new(day.NewId(), day.Pair.Id, PairSide.Elder, PairAnswer.Decline, null))).Value;
        var again = await day.Village.Pair(day.Elder, day.Helper, from: day.Village.Today);

        Assert.Equal("pairing.declined-since on", await day.Agree(PairSide.Elder, day.Village.Today.AddDays(-1), pair: again));
        Assert.Null(await day.Agree(PairSide.Volunteer, day.Village.Today.AddDays(-1), pair: again));
        Assert.Null(await day.Agree(PairSide.Elder, pair: again));
    }

    [Theory, EachDatabase]
    public async Task A_pair_shows_who_came_before_since_when_until_when_and_why_no_longer(TestDatabase database)
    {
        await using var day = await Day.On(database);
        var (village, today) = (day.Village, day.Village.Today);
        _ = (await day.Answer(new(day.NewId(), day.Pair.Id, PairSide.Volunteer, PairAnswer.Decline, null))).Value;
        await village.Pair(day.Elder, day.Neighbour, from: today.AddDays(-3));
        _ = (await village.Get<RecordDeparture>().Run(
            new(Id<Departure>.New(village.Clock), day.Neighbour.Id, DepartureKind.Move, today), village.House, Ct)).Value;
        await village.Settle();
        var now = await village.Pair(day.Elder, day.Cadre, from: today);

        var before = (await day.Sheet(now)).Before;
        Assert.Equal(
            [("张三", today.AddMonths(-1), today, "declined-volunteer"), ("王五", today.AddDays(-3), today, "departed")],
            before.Select(p => (p.VolunteerName, p.From!.Value, p.To!.Value, p.Why!)).OrderBy(p => p.Item2));
        Assert.DoesNotContain((await day.Sheet()).Before, p => p.Id == now.Id);
    }

    [Theory, EachDatabase]
    public async Task Whoever_no_longer_sees_the_elder_sees_none_of_the_other_pairs(TestDatabase database)
    {
        await using var day = await Day.On(database);
        var again = await day.Village.Pair(day.Elder, day.Helper, from: day.Village.Today);
        foreach (var pair in new[] { day.Pair, again })
            _ = (await day.Answer(new(day.NewId(), pair.Id, PairSide.Elder, PairAnswer.Decline, null))).Value;
        var now = await day.Village.Pair(day.Elder, day.Neighbour);
        var (comes, went) = (
            day.Village.As(day.Neighbour, Role.Volunteer, day.Elder), day.Village.As(day.Helper, Role.Volunteer));

        Assert.Equal(["张三", "张三"], (await day.Sheet(now, comes)).Before.Select(p => p.VolunteerName));
        Assert.Empty((await day.Sheet(now, comes)).Witnesses);
        Assert.Equal(PairingRefusals.NotFound, (await day.Village.Get<PairSheet>().Run(now.Id, went, Ct)).Refusal);
        Assert.Empty((await day.Sheet(again, went)).Before);
    }

    /// <summary>An elder with a helper, a neighbour who helps too, and the cadre who writes down.</summary>
    private sealed record Day(Village Village, Person Elder, Person Helper, Person Neighbour, Person Cadre, Pair Pair) : IAsyncDisposable
    {
        public static async Task<Day> On(TestDatabase database)
        {
            var village = await Village.On(database);
            var (elder, helper) = (await village.With("李桂兰", PersonRoles.Elder), await village.With("张三", PersonRoles.Volunteer));
            var neighbour = await village.With("王五", PersonRoles.Volunteer);
            var cadre = await village.With("赵村", PersonRoles.Official | PersonRoles.Volunteer);
            return new(village, elder, helper, neighbour, cadre, await village.Pair(elder, helper));
        }

        public Guid NewId() => Id<Pair>.New(Village.Clock).Value;

        public Task<Result<AnswerPair.Receipt>> Answer(AnswerPair.Command said) =>
            Village.Get<AnswerPair>().Run(said, Village.As(Cadre, Role.VillageCadre), Ct);

        /// <summary>Writes down a yes; says what it is refused with, and in which field.</summary>
        public async Task<string?> Agree(PairSide side, DateOnly? on = null, Person? witness = null, Pair? pair = null)
        {
            var said = new AnswerPair.Command(NewId(), (pair ?? Pair).Id, side, PairAnswer.Agree, ConsentWay.Signed)
            {
                On = on, Witness = witness?.Id,
            };
            return (await Answer(said)).Refusal is { } no ? $"{no.Code} {no.Field}" : null;
        }

        public async Task<PairSheet.View> Sheet(Pair? pair = null, Actor? by = null) =>
            (await Village.Get<PairSheet>().Run((pair ?? Pair).Id, by ?? Village.As(Cadre, Role.VillageCadre), Ct)).Value;

        public ValueTask DisposeAsync() => Village.DisposeAsync();
    }
}
