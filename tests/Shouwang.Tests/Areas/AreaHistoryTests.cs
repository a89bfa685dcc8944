using CsCheck;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;
using Xunit;

namespace Shouwang.Tests.Areas;

public sealed class AreaHistoryTests
{
    private static readonly DateOnly s_day = new(2024, 1, 1);

    private static readonly Gen<AreaCode> s_codes =
        Gen.Select(Gen.Int[11, 13], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2])
            .Select((p, c, n, t, v) => new AreaCode((p * 10_000_000_000L) + (c * 100_000_000L) + (n * 1_000_000L) + (t * 1_000L) + v));

    [Fact]
    public void Areas_nest_an_area_contains_exactly_what_names_it_as_its_upper_area() =>
        Gen.Select(s_codes, s_codes).Sample((a, b) => a.Contains(b) == (a.Level <= b.Level && b.At(a.Level) == a));

    [Fact]
    public void Of_two_areas_one_contains_the_other_or_they_share_nothing() =>
        Gen.Select(s_codes, s_codes).Sample((a, b) => a.Contains(b) || b.Contains(a) || a.Last < b.First || b.Last < a.First);

    [Fact]
    public void Every_area_lies_in_the_nation_and_in_its_parent() =>
        s_codes.Sample(a => AreaCode.Nation.Contains(a) && a.Parent.Contains(a) && (a.Parent.Level < a.Level || a == AreaCode.Nation));

    [Fact]
    public void A_township_sees_what_was_merged_into_it_from_the_day_of_the_merger_on()
    {
        var history = History((990102100000, 990101100000, s_day));

        Assert.Empty(history.PredecessorsOf(new(990101100000), s_day.AddDays(-1)));
        Assert.Equal([new AreaCode(990102100000)], history.PredecessorsOf(new(990101100000), s_day));
    }

    [Fact]
    public void An_upper_area_sees_what_was_merged_into_any_of_its_villages_unless_it_is_its_own_anyway()
    {
        var history = History((990102100201, 990101100201, s_day), (990101100202, 990101100201, s_day));

        Assert.Equal([new AreaCode(990102100201)], history.PredecessorsOf(new(990101000000), s_day));
        Assert.Equal([new AreaCode(990101100202), new AreaCode(990102100201)], history.PredecessorsOf(new(990101100201), s_day));
    }

    [Fact]
    public void Mergers_in_a_row_are_followed_and_circles_end()
    {
        var history = History((1001, 1002, s_day), (1002, 1003, s_day), (1003, 1001, s_day));

        Assert.Equal([new AreaCode(1001), new AreaCode(1002)], history.PredecessorsOf(new(1003), s_day));
    }

    [Fact]
    public void After_a_split_both_successors_see_the_old_rows()
    {
        var history = History((990101100201, 990101100202, s_day), (990101100201, 990101100203, s_day));

        Assert.Equal([new AreaCode(990101100201)], history.PredecessorsOf(new(990101100202), s_day));
        Assert.Equal([new AreaCode(990101100201)], history.PredecessorsOf(new(990101100203), s_day));
    }

    [Fact]
    public void A_predecessor_is_listed_once_and_not_again_inside_a_wider_one()
    {
        var history = History((990102100201, 990101100201, s_day), (990102100000, 990101100000, s_day));

        Assert.Equal([new AreaCode(990102100000)], history.PredecessorsOf(new(990101100000), s_day));
    }

    [Fact]
    public void Whatever_is_merged_a_scope_reaches_exactly_the_rows_whose_code_leads_into_it() =>
        Gen.Select(Gen.Select(s_codes, s_codes).Array[0, 12], s_codes, s_codes).Sample((pairs, scope, row) =>
        {
            var steps = pairs.Select(s => new Succession(1, s.Item1, s.Item2, s_day)).ToArray();
            var ranges = new AreaHistory(steps).PredecessorsOf(scope, s_day).Append(scope);
            return ranges.Any(r => r.Contains(row)) == Leads(steps, row, scope);
        });

    [Fact]
    public void An_area_hears_what_was_said_to_it_to_what_holds_it_to_what_it_stands_for_and_to_what_stands_for_it()
    {
        var (old, merged, own) = (new AreaCode(990102100201), new AreaCode(990101100202), new AreaCode(990101100201));
        var history = History((old.Value, own.Value, s_day), (merged.Value, own.Value, s_day));

        AreaCode[] chain =
        [
            own, own.Parent, own.At(AreaLevel.County), own.At(AreaLevel.Prefecture), own.At(AreaLevel.Province), AreaCode.Nation,
        ];
        Assert.Equal(chain.Append(merged).Append(old).Order(), history.HeardIn(own, s_day).Order());
        Assert.Equal(chain.Order(), history.HeardIn(own, s_day.AddDays(-1)).Order());
        Assert.Superset(history.HeardIn(own, s_day).ToHashSet(), history.HeardIn(old, s_day).ToHashSet());
        Assert.DoesNotContain(old.Parent, history.HeardIn(own, s_day));
    }

    [Fact]
    public void One_part_of_a_split_area_hears_what_the_whole_was_told_and_nothing_told_to_the_other_part()
    {
        AreaCode whole = new(990101100201), one = new(990101100203), other = new(990101100204);
        var history = History((whole.Value, one.Value, s_day), (whole.Value, other.Value, s_day), (990102000000, 990101000000, s_day));

        Assert.Contains(whole, history.HeardIn(one, s_day));
        Assert.DoesNotContain(other, history.HeardIn(one, s_day));
        Assert.Contains(other, history.HeardIn(whole, s_day));
        Assert.Contains(new AreaCode(990102000000), history.HeardIn(one, s_day));
    }

    /// <summary>The same question asked forwards: does a chain of successions lead from the row into the scope?</summary>
    private static bool Leads(Succession[] steps, AreaCode row, AreaCode scope)
    {
        var reached = new HashSet<AreaCode>();
        var open = new Queue<AreaCode>([row]);
        while (open.TryDequeue(out var at))
        {
            if (scope.Contains(at)) return true;
            foreach (var step in steps.Where(s => s.From.Contains(at) && reached.Add(s.To))) open.Enqueue(step.To);
        }

        return false;
    }

    private static AreaHistory History(params (long From, long To, DateOnly Day)[] steps) =>
        new(steps.Select((s, i) => new Succession(i + 1, new(s.From), new(s.To), s.Day)));
}
