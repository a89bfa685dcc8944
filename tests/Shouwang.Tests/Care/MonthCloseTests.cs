using CsCheck;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.Care;

public sealed class MonthCloseTests
{
    private static readonly DateTimeOffset s_midnight = new(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly Id<Person> s_cadre = CallTests.Person(50), s_officer = CallTests.Person(60);

    [Fact]
    public void A_month_is_handed_in_from_its_last_midnight_in_shanghai_on()
    {
        Assert.Equal("statement.month-not-over", Submit(March(), s_midnight.AddTicks(-1)).Refusal?.Code);
        Assert.Equal(StatementState.Submitted, Submit(March(), s_midnight.ToUniversalTime()).Value.State);
    }

    [Fact]
    public void Handed_in_it_is_not_handed_in_again_before_the_township_gives_it_back()
    {
        var close = Submit(March(), s_midnight).Value;
        Assert.Equal("statement.already-submitted", Submit(close, s_midnight).Refusal?.Code);

        _ = close.Return(s_officer, s_midnight).Value;
        Assert.Null(Submit(close, s_midnight).Refusal);
    }

    [Fact]
    public void Nobody_takes_or_gives_back_a_month_they_handed_in()
    {
        var close = Submit(March(), s_midnight).Value;

        Assert.Equal("statement.own", close.Accept(s_cadre, s_midnight).Refusal?.Code);
        Assert.Equal("statement.own", close.Return(s_cadre, s_midnight).Refusal?.Code);
        Assert.Null(close.DecidedBy);
    }

    [Fact]
    public void A_month_nobody_handed_in_is_neither_taken_nor_given_back() =>
        Assert.Equal("statement.not-submitted", March().Accept(s_officer, s_midnight).Refusal?.Code);

    [Fact]
    public void Whatever_is_tried_after_the_township_took_it_is_refused_and_changes_nothing() =>
        Gen.Int[0, 2].Array[1, 10].Sample(moves =>
        {
            var close = Submit(March(), s_midnight).Value.Accept(s_officer, s_midnight).Value;
            foreach (var move in moves)
            {
                var later = s_midnight.AddDays(move + 1);
                var refusal = move switch
                {
                    0 => close.Return(CallTests.Person(61), later).Refusal,
                    1 => close.Accept(CallTests.Person(61), later).Refusal,
                    _ => close.Submit([9], "changed", "other@2", s_cadre, later).Refusal,
                };
                Assert.Equal(move == 2 ? "statement.already-submitted" : "statement.locked", refusal?.Code);
            }

            Assert.Equal((StatementState.Accepted, s_officer, "hash"), (close.State, close.DecidedBy, close.Hash));
            Assert.Equal((s_midnight, s_midnight), (close.SubmittedAt, close.DecidedAt));
            Assert.Equal([1, 2], close.Content);
        });

    private static MonthClose March() => MonthClose.Of(new(Guid.Empty), new(990101100201), null, new(2026, 3, 17));

    private static Result<MonthClose> Submit(MonthClose close, DateTimeOffset now) =>
        close.Submit([1, 2], "hash", "national@1", s_cadre, now);
}
