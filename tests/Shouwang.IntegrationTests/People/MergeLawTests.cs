using CsCheck;
using Shouwang.Application.Common;
using Shouwang.Application.Keeping;
using Shouwang.Application.People;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>The law of merging: taken back, it never was, whatever bound the two entries.</summary>
public sealed class MergeLawTests
{
    private const int Worlds = 12;

    /// <summary>Bonds of either entry to one of a few others, or to each other.</summary>
    private static readonly Gen<(int Kind, bool OfDropped, int Other)[]> s_bonds =
        Gen.Select(Gen.Int[0, 8], Gen.Bool, Gen.Int[0, 3]).Array[0, 14];

    [Theory, EachDatabase]
    public async Task Merge_then_undo_leaves_every_register_table_as_it_was(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var seed = new PCG(7, 20260316);
        var others = new[]
        {
            await village.With("王强", PersonRoles.Family), await village.With("赵助人", PersonRoles.Volunteer),
            await village.With("李德山", PersonRoles.Elder),
        };
        for (var world = 0; world < Worlds; world++)
        {
            var (kept, dropped) = (await village.With("王秀英", PersonRoles.Elder | PersonRoles.Volunteer),
                await village.With("王秀英", PersonRoles.Elder));
            var bonds = s_bonds.Generate(seed, null, out _);
            foreach (var (kind, ofDropped, other) in bonds)
            {
                var (own, twin) = ofDropped ? (dropped, kept) : (kept, dropped);
                await village.Add(Bond(village, kind, own, other < others.Length ? others[other] : twin));
            }

            await MergedAndUndone(village, kept, dropped, string.Join(' ', bonds));
        }
    }

    private static async Task MergedAndUndone(Village village, Person kept, Person dropped, string bonds)
    {
        var before = await Sums(village);
        var merge = Id<PersonMerge>.New(village.Clock);
        _ = (await village.Get<MergePeople>().Run(new(merge, kept.Id, dropped.Id), village.House, default)).Value;
        Assert.NotEqual(before, await Sums(village));
        var undone = await village.Get<UndoMerge>().Run(new(merge), village.House, default);

        Assert.True(undone.IsOk(out _, out var refusal), $"{bonds}: {refusal?.Code}");
        Assert.True(before.SequenceEqual(await Sums(village)), bonds);
    }

    private static Entity[] Bond(Village village, int kind, Person own, Person other)
    {
        var (clock, now) = (village.Clock, village.Clock.GetUtcNow());
        return kind switch
        {
            8 => [Host(village, own)],
            0 => [new Relation(Id<Relation>.New(clock), Village.X, own.Id, other.Id, RelationKind.Child)],
            1 => [new Relation(Id<Relation>.New(clock), Village.X, other.Id, own.Id, RelationKind.Neighbour)],
            2 => [Consent.Give(Id<Consent>.New(clock), own, new(ConsentPurpose.Photo, ConsentMethod.Signed, null), now).Value],
            3 => [Mandate.Give(Id<Mandate>.New(clock), own,
                new(other.Id, MandateMatters.Meals, village.Today, village.Today.AddDays(9))).Value],
            4 => [Active(new(Id<Pair>.New(clock), Village.X, own.Id, other.Id, null), village)],
            5 => [new Pair(Id<Pair>.New(clock), Village.X, other.Id, own.Id, null)],
            6 => [new Post(Id<Post>.New(clock), own.Id, Role.Volunteer, new(Village.X), village.Today.AddDays(-3))],
            _ => [Duty.Open(Id<Duty>.New(clock), Village.X, new(DutyKind.OverdueVisit, other.Id),
                new(DutyRung.Pair, own.Id, now.AddDays(1)), now)],
        };
    }

    private static Place Host(Village village, Person own)
    {
        var point = new Place(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, "村东");
        point.Join(own.Id, MemberPart.Elder, village.Today.AddDays(-5));
        point.Join(own.Id, MemberPart.Manager, village.Today.AddDays(-5));
        return point;
    }

    private static Pair Active(Pair pair, Village village)
    {
        _ = pair.Accept(village.Today.AddDays(-20)).Value;
        return pair;
    }

    /// <summary>Every table but those that only say that something was asked, decided or announced.</summary>
    private static async Task<IReadOnlyList<TableSum>> Sums(Village village) =>
        [.. (await village.Get<HouseSums>().Take(default)).Where(s => s.Table != "people_merge"
            && !s.Table.StartsWith("audit", StringComparison.Ordinal) && !s.Table.StartsWith("outbox", StringComparison.Ordinal))];
}
