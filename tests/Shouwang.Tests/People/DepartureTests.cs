using CsCheck;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.People;

public sealed class DepartureTests
{
    private static readonly DateOnly s_today = new(2026, 3, 16);
    private static readonly DateTimeOffset s_now = new(2026, 3, 16, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_death_ends_residence_from_its_day_and_tells_the_house()
    {
        var person = Someone();
        person.Learn(FactKind.Residence, Residence.Here, s_today.AddDays(-90), s_now.AddDays(-90));

        var departure = Depart(person, DepartureKind.Death, s_today.AddDays(-1)).Value;

        Assert.Equal(Residence.Here, person.FactOn<Residence>(FactKind.Residence, s_today.AddDays(-2)));
        Assert.Equal((Residence.Ended, Absence.Dead),
            (person.FactOn<Residence>(FactKind.Residence, s_today), person.FactOn<Absence>(FactKind.Absence, s_today)));
        var heard = new PersonDeparted(departure.Id, person.Id, DepartureKind.Death, s_today.AddDays(-1));
        Assert.Equal(heard, departure.TakeEvents().Single());
    }

    [Fact]
    public void Nobody_departs_twice_or_tomorrow()
    {
        var person = Someone();
        Assert.Equal("people.departure-ahead", Depart(person, DepartureKind.Move, s_today.AddDays(1)).Refusal?.Code);
        _ = Depart(person, DepartureKind.Move, s_today).Value;
        Assert.Equal("people.departed-already", Depart(person, DepartureKind.Death, s_today).Refusal?.Code);
    }

    [Fact]
    public void An_undone_departure_leaves_every_day_as_it_was() =>
        Gen.Select(
            Gen.Select(Gen.Bool, Gen.Int[0, 4], Gen.Int[-60, 0], Gen.Int[1, 40]).Array[0, 8], Gen.Int[-70, 0], Gen.Enum<DepartureKind>())
            .Sample((lessons, day, kind) =>
            {
                var person = Someone();
                for (var i = 0; i < lessons.Length; i++) Teach(person, lessons[i], s_now.AddMinutes(i - 100));
                var was = Timeline(person);
                if (!Depart(person, kind, s_today.AddDays(day)).IsOk(out var departure, out _)) return;
                Assert.NotEqual(was, Timeline(person));

                _ = departure.Undo(person, s_now.AddDays(1)).Value;

                Assert.Equal(was, Timeline(person));
                Assert.Equal("people.departure-undone-already", departure.Undo(person, s_now.AddDays(2)).Refusal?.Code);
            });

    [Fact]
    public void A_departure_something_was_built_on_cannot_be_undone()
    {
        var person = Someone();
        var departure = Depart(person, DepartureKind.Move, s_today.AddDays(-9)).Value;
        person.Learn(FactKind.Absence, Absence.Home, s_today, s_now.AddHours(1));

        Assert.Equal("people.departure-built-on", departure.Undo(person, s_now.AddDays(1)).Refusal?.Code);
        Assert.Equal("Home", person.FactOn(FactKind.Absence, s_today));
    }

    private static Result<Departure> Depart(Person person, DepartureKind kind, DateOnly day) =>
        Departure.Of(new(Guid.Parse("0190a1b2-c3d4-7e5f-8a6b-112233445599")), person, kind, day, s_now);

    private static void Teach(Person person, (bool Residence, int Value, int From, int Days) lesson, DateTimeOffset at)
    {
        var from = s_today.AddDays(lesson.From);
        var period = new Period(from, lesson.Days > 30 ? null : from.AddDays(lesson.Days));
        var (kind, value) = lesson.Residence ? (FactKind.Residence, "Here") : (FactKind.Absence, $"{(Absence)(lesson.Value % 4)}");
        _ = person.Learn(kind, new(value), period, at).Value;
    }

    private static List<(string?, string?)> Timeline(Person person) => [.. Enumerable.Range(-80, 140).Select(d => (
        person.FactOn(FactKind.Residence, s_today.AddDays(d)), person.FactOn(FactKind.Absence, s_today.AddDays(d))))];

    private static Person Someone() => new(
        new(Guid.Parse("0190a1b2-c3d4-7e5f-8a6b-112233445566")), new(990101100201), new("王秀英", "王秀英", "WXY"), Sex.Female, new(1945, 3, 2));
}
