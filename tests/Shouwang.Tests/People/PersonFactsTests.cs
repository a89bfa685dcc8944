using CsCheck;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.People;

public sealed class PersonFactsTests
{
    private static readonly DateOnly s_first = new(2026, 1, 1);
    private static readonly DateTimeOffset s_now = new(2026, 3, 16, 1, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(LivingSituation Value, int From, int? Days)> s_lesson =
        Gen.Select(Gen.Enum<LivingSituation>(), Gen.Int[0, 60], Gen.Int[-1, 30])
            .Select((value, from, days) => (value, from, days < 0 ? (int?)null : days + 1));

    [Fact]
    public void A_later_lesson_ends_the_earlier_one_on_its_day()
    {
        var person = Someone();
        person.Learn(FactKind.Living, LivingSituation.WithFamily, s_first, s_now);
        person.Learn(FactKind.Living, LivingSituation.LivingAlone, s_first.AddDays(10), s_now.AddDays(1));

        Assert.Equal("WithFamily", person.FactOn(FactKind.Living, s_first.AddDays(9)));
        Assert.Equal(LivingSituation.LivingAlone, person.FactOn<LivingSituation>(FactKind.Living, s_first.AddDays(10)));
    }

    [Fact]
    public void What_was_believed_before_a_lesson_can_still_be_read()
    {
        var person = Someone();
        person.Learn(FactKind.Absence, Absence.Home, s_first, s_now);
        person.Learn(FactKind.Absence, Absence.Hospital, s_first.AddDays(5), s_now.AddDays(20));

        Assert.Equal("Home", person.FactOn(FactKind.Absence, s_first.AddDays(6), s_now.AddDays(1)));
        Assert.Equal("Hospital", person.FactOn(FactKind.Absence, s_first.AddDays(6), s_now.AddDays(21)));
    }

    [Fact]
    public void A_stay_in_the_middle_leaves_what_was_before_and_after()
    {
        var person = Someone();
        person.Learn(FactKind.Absence, Absence.Home, s_first, s_now);
        _ = person.Learn(FactKind.Absence, new("Hospital"), new(s_first.AddDays(5), s_first.AddDays(9)), s_now).Value;

        Assert.Equal(["Home", "Hospital", "Home"],
            new[] { 4, 5, 9 }.Select(d => person.FactOn(FactKind.Absence, s_first.AddDays(d))));
    }

    [Fact]
    public void A_correction_to_another_time_leaves_nothing_of_the_wrong_line()
    {
        var person = Someone();
        _ = person.Learn(FactKind.Absence, new("Hospital"), new(s_first, s_first.AddDays(5)), s_now).Value;
        _ = person.Correct(1, new("Hospital"), new(s_first.AddDays(20), s_first.AddDays(25)), s_now.AddDays(1)).Value;

        Assert.Null(person.FactOn(FactKind.Absence, s_first));
        Assert.Equal("Hospital", person.FactOn(FactKind.Absence, s_first.AddDays(20)));
    }

    [Fact]
    public void A_correction_replaces_the_wrong_line_and_a_retraction_leaves_nothing()
    {
        var person = Someone();
        person.Learn(FactKind.Support, SupportCategory.MinimumAllowance, s_first, s_now);
        var corrected = person.Correct(1, new("ExtremeHardship"), new(s_first), s_now.AddDays(1)).Value;

        Assert.Equal("ExtremeHardship", person.FactOn(FactKind.Support, s_first));
        Assert.Equal("people.fact-not-found", person.Correct(1, new("None"), new(s_first), s_now).Refusal?.Code);

        _ = person.Retract(corrected.Line, s_now.AddDays(2)).Value;
        Assert.Null(person.FactOn(FactKind.Support, s_first));
        Assert.Equal("people.fact-not-found", person.Retract(corrected.Line, s_now).Refusal?.Code);
    }

    [Fact]
    public void A_period_that_ends_before_it_begins_is_refused_and_changes_nothing()
    {
        var person = Someone();
        Assert.Equal("people.fact-period",
            person.Learn(FactKind.Absence, new("Away"), new(s_first, s_first), s_now).Refusal?.Code);
        Assert.Empty(person.Facts);
    }

    [Fact]
    public void The_same_lesson_again_writes_nothing()
    {
        var person = Someone();
        person.Learn(FactKind.Living, LivingSituation.EmptyNest, s_first, s_now);
        person.Learn(FactKind.Living, LivingSituation.EmptyNest, s_first.AddDays(3), s_now.AddDays(1));

        Assert.Single(person.Facts);
    }

    [Fact]
    public void Facts_of_one_kind_never_overlap_at_any_moment_of_knowing() =>
        s_lesson.Array[1, 12].Sample(lessons =>
        {
            var person = Taught(lessons);
            for (var known = 0; known <= lessons.Length; known++)
            {
                var moment = s_now.AddDays(known);
                for (var day = 0; day <= 100; day++)
                {
                    Assert.True(person.Facts.Count(f => f.KnownAt(moment) && f.Period.Holds(s_first.AddDays(day))) <= 1);
                }
            }
        });

    [Fact]
    public void A_lesson_holds_on_its_days_and_leaves_all_others_as_they_were() =>
        Gen.Select(s_lesson.Array[0, 8], s_lesson).Sample((before, last) =>
        {
            var person = Taught(before);
            var was = Days(person);
            Teach(person, last, before.Length);
            var now = Days(person);

            for (var day = 0; day <= 100; day++)
            {
                var inside = day >= last.From && (last.Days is null || day < last.From + last.Days);
                Assert.Equal(inside ? last.Value.ToString() : was[day], now[day]);
            }
        });

    [Fact]
    public void What_was_known_at_a_moment_never_changes_afterwards() =>
        s_lesson.Array[2, 10].Sample(lessons =>
        {
            var (half, all) = (Taught(lessons[..^1]), Taught(lessons));
            var moment = s_now.AddDays(lessons.Length - 2);
            for (var day = 0; day <= 100; day++)
            {
                Assert.Equal(half.FactOn(FactKind.Living, s_first.AddDays(day)),
                    all.FactOn(FactKind.Living, s_first.AddDays(day), moment));
            }
        });

    private static Person Taught(IReadOnlyList<(LivingSituation Value, int From, int? Days)> lessons)
    {
        var person = Someone();
        for (var i = 0; i < lessons.Count; i++) Teach(person, lessons[i], i);
        return person;
    }

    private static void Teach(Person person, (LivingSituation Value, int From, int? Days) lesson, int at)
    {
        var from = s_first.AddDays(lesson.From);
        var period = new Period(from, lesson.Days is { } days ? from.AddDays(days) : null);
        _ = person.Learn(FactKind.Living, new(lesson.Value.ToString()), period, s_now.AddDays(at)).Value;
    }

    private static List<string?> Days(Person person) =>
        [.. Enumerable.Range(0, 101).Select(d => person.FactOn(FactKind.Living, s_first.AddDays(d)))];

    private static Person Someone() => new(
        new(Guid.Parse("0190a1b2-c3d4-7e5f-8a6b-112233445566")), new(990101100201), new("王秀英", "王秀英", "WXY"), Sex.Female, new(1945, 3, 2));
}
