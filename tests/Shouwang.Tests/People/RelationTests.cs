using CsCheck;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.People;

public sealed class RelationTests
{
    private static readonly AreaCode s_village = new(990101100201);

    [Fact]
    public void Contacts_are_always_numbered_from_one_without_gaps_and_the_moved_one_stands_where_it_was_put() =>
        Gen.Select(Gen.Int[1, 6], Gen.Select(Gen.Int[0, 5], Gen.Int[0, 8]).Array[1, 20]).Sample((count, moves) =>
        {
            var all = Enumerable.Range(1, count).Select(Relative).ToList();
            foreach (var (who, place) in moves)
            {
                var moved = all[who % count];
                Relation.Order(all, moved, place);

                var called = all.Where(r => r.Contact > 0).Select(r => r.Contact).Order().ToList();
                Assert.Equal(Enumerable.Range(1, called.Count), called);
                Assert.Equal(place == 0 ? 0 : Math.Min(place, called.Count), moved.Contact);
            }
        });

    [Fact]
    public void An_ended_relation_is_no_contact_and_ends_once()
    {
        var (relation, day) = (Relative(1), new DateOnly(2026, 3, 16));
        Relation.Order([relation], relation, 1);

        Assert.True(relation.End(day).Value is { Contact: 0, EndedOn: not null });
        Assert.Equal("people.relation-ended", relation.End(day).Refusal?.Code);
        Assert.True(relation.HoldsOn(day.AddDays(-1)) && !relation.HoldsOn(day));
    }

    private static Relation Relative(int n) => new(Id<Relation>(n), s_village, Id<Person>(100), Id<Person>(n), RelationKind.Child);

    private static Id<T> Id<T>(int n) => new(new Guid(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));
}
