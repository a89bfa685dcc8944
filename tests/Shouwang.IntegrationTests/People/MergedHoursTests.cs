using CsCheck;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.People;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>Hours of two entries of one person move with the merge, and back when it is undone; none appears, none is lost.</summary>
public sealed class MergedHoursTests
{
    private static int s_area;

    [Theory, EachDatabase]
    public async Task The_hours_of_the_dropped_entry_move_once_however_often_it_is_asked(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village, 30, 45);
        var command = new MergePeople.Command(Id<PersonMerge>.New(village.Clock), kept.Id, dropped.Id);

        var merge = village.Get<MergePeople>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => merge.Run(command, cadre, default)));

        Assert.All(answers, a => Assert.Equal(45, a.Value.MovedMinutes));
        Assert.Equal((75L, 0L), await Balances(village, kept, dropped));
        Assert.Equal(2, await Postings(village, dropped));
        foreach (var entry in new[] { kept, dropped })
        {
            var book = (await village.Get<HoursOf>().Run(entry.Id, cadre, default)).Value;
            Assert.Equal((kept.Id, 75L), (book.Person, book.Balance));
            Assert.Equal([30L, 45L], book.Lines.Select(l => l.Minutes).Order());
        }

        Assert.True((await village.Get<VerifyLedger>().Run(village.House, default)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task Undoing_the_merge_writes_the_mirror_image_of_just_that_transaction_once(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village, 30, 45);
        var merge = (await Merge(village, kept, dropped, cadre)).Value.Id;
        Assert.Equal(45, (await village.Get<UndoMerge>().Look(merge, cadre, default)).Value.MovedMinutes);

        var undo = village.Get<UndoMerge>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => undo.Run(new(merge), cadre, default)));

        Assert.All(answers, a => Assert.Null(a.Refusal));
        Assert.Equal((30L, 45L), await Balances(village, kept, dropped));
        var rows = await Read(village, db => db.Transactions.Where(t => t.Reason.StartsWith("ledger.")).OrderBy(t => t.Seq).ToListAsync());
        Assert.Equal(["ledger.moved-by-merge", "ledger.merge-undone"], rows.Select(t => t.Reason));
        Assert.Equal(rows[0].Id, rows[1].Reverses);
        Assert.True((await village.Get<VerifyLedger>().Run(village.House, default)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task Once_the_kept_one_spent_them_undoing_is_refused_and_moves_nothing(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village, 0, 45);
        var merge = (await Merge(village, kept, dropped, cadre)).Value.Id;
        await Post(village, 5, Own(kept), Outside);

        var refused = (await village.Get<UndoMerge>().Run(new(merge), cadre, default)).Refusal!;

        Assert.Equal(("people.merge-hours-spent", 45L, 40L), (refused.Code, refused.Facts["wanted"], refused.Facts["available"]));
        Assert.Equal((40L, 0L), await Balances(village, kept, dropped));
        Assert.Equal(kept.Id, (await village.Get<ShowPerson>().Run(dropped.Id, cadre, default)).Value.Id);

        await Post(village, 5, Outside, Own(kept));
        Assert.Null((await village.Get<UndoMerge>().Run(new(merge), cadre, default)).Refusal);
        Assert.Equal((0L, 45L), await Balances(village, kept, dropped));
    }

    [Theory, EachDatabase]
    public async Task While_hours_are_set_aside_from_the_entry_or_for_it_nothing_is_merged(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village, 0, 45);
        var friend = await village.With("李大娘", PersonRoles.Volunteer);
        await village.Add(new Relation(Id<Relation>.New(village.Clock), Village.X, dropped.Id, friend.Id, RelationKind.Child));
        await Post(village, 60, Outside, Own(friend));
        foreach (var (from, to) in new[] { (dropped, friend), (friend, dropped) })
        {
            var (hold, payer) = (Id<Hold>.New(village.Clock), village.As(from, Role.Volunteer));
            _ = (await village.Get<ReserveHours>().Run(new(hold, from.Id, to.Id, 20), payer, default)).Value;

            var refused = (await Merge(village, kept, dropped, cadre)).Refusal!;

            Assert.Equal(("people.merge-set-aside", 20L, "dropped"), (refused.Code, refused.Facts["minutes"], refused.Field));
            Assert.Equal((0L, 45L), await Balances(village, kept, dropped));
            _ = (await village.Get<VoidHold>().Run(new(NewId(village).Value, hold), cadre, default)).Value;
        }

        _ = (await village.Get<ReserveHours>().Run(
            new(Id<Hold>.New(village.Clock), dropped.Id, friend.Id, 20), village.As(dropped, Role.Volunteer), default)).Value;
        village.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(45, (await Merge(village, kept, dropped, cadre)).Value.MovedMinutes);
    }

    [Theory, EachDatabase]
    public async Task Nothing_is_given_to_an_entry_that_gave_way(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village, 10, 45);
        var friend = await village.With("李大娘", PersonRoles.Volunteer);
        await village.Add(new Relation(Id<Relation>.New(village.Clock), Village.X, friend.Id, dropped.Id, RelationKind.Child));
        await Post(village, 60, Outside, Own(friend));
        var payer = village.As(friend, Role.Volunteer);
        _ = (await Merge(village, kept, dropped, cadre)).Value;

        Assert.Equal([kept.Id], (await village.Get<HoursReceivers>().Run(payer, default)).Value.People.Select(p => p.Person));
        var gift = new TransferHours.Command(NewId(village), friend.Id, dropped.Id, 5);
        Assert.Equal("timebank.no-account", (await village.Get<TransferHours>().Run(gift, payer, default)).Refusal?.Code);
        var set = new ReserveHours.Command(Id<Hold>.New(village.Clock), friend.Id, dropped.Id, 5);
        Assert.Equal("timebank.no-account", (await village.Get<ReserveHours>().Run(set, payer, default)).Refusal?.Code);
        _ = (await village.Get<FillPool>().Run(new(NewId(village), Village.X, 30), village.House, default)).Value;
        var grant = new GrantHours.Command(NewId(village), Village.X, dropped.Id, 5);
        Assert.Equal("timebank.no-account", (await village.Get<GrantHours>().Run(grant, village.House, default)).Refusal?.Code);
        Assert.Null((await village.Get<GrantHours>().Run(grant with { To = kept.Id }, village.House, default)).Refusal);
    }

    [Theory, EachDatabase]
    public async Task The_comparison_says_how_many_hours_will_move(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (kept, dropped, cadre) = await Twice(village, 0, 45);

        var two = (await village.Get<CompareEntries>().Run(kept.Id, dropped.Id, cadre, default)).Value;

        Assert.Equal((0L, 45L), (two.One.Minutes, two.Other.Minutes));
    }

    /// <summary>The law: whatever is merged, spent and undone in whatever order, the sum of all accounts stays zero, and what the two
    /// have together changes by what they spent alone.</summary>
    [Theory, EachDatabase]
    public async Task Merging_and_undoing_in_any_order_makes_no_minute_and_loses_none(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var worlds = Gen.Select(Gen.Int[0, 90], Gen.Int[0, 90], Gen.Select(Gen.Int[0, 3], Gen.Int[1, 60]).Array[1, 8]);
        await worlds.SampleAsync(async world => await Lived(village, world), iter: 10, threads: 1);
        await village.Settle();
        var found = (await village.Get<VerifyLedger>().Run(village.House, default)).Value;
        Assert.True(found.IsSound, string.Join(", ", found.First));
    }

    private static async Task Lived(Village village, (int Kept, int Dropped, (int Step, int Minutes)[] Steps) world)
    {
        var area = new AreaCode(990101100300 + Interlocked.Increment(ref s_area));
        var two = new[] { await village.With("王秀英", PersonRoles.Volunteer, area), await village.With("王秀英", PersonRoles.Volunteer, area) };
        var (has, merges) = (new long[] { world.Kept, world.Dropped }, new Stack<(Id<PersonMerge> Id, long Moved)>());
        for (var i = 0; i < 2; i++) if (has[i] > 0) await Post(village, has[i], Outside, Own(two[i]));
        foreach (var (step, minutes) in world.Steps)
        {
            if (step == 0)
            {
                var merged = await Merge(village, two[0], two[1], village.House);
                Assert.Equal(merges.Count == 0, merged.IsOk(out var receipt, out _));
                if (receipt is null) continue;
                Assert.Equal(has[1], receipt.MovedMinutes);
                merges.Push((receipt.Id, has[1]));
                has = [has[0] + has[1], 0];
            }
            else if (step == 1 && merges.TryPeek(out var last))
            {
                var undone = (await village.Get<UndoMerge>().Run(new(last.Id), village.House, default)).Refusal;
                Assert.Equal(has[0] >= last.Moved ? null : "people.merge-hours-spent", undone?.Code);
                if (undone is not null) continue;
                has = [has[0] - last.Moved, last.Moved];
                _ = merges.Pop();
            }
            else if (step > 1 && has[0] >= minutes)
            {
                await Post(village, minutes, Own(two[0]), Outside);
                has[0] -= minutes;
            }

            Assert.Equal((has[0], has[1]), await Balances(village, two[0], two[1]));
            Assert.Equal(0, await Read(village, db => db.Accounts.SumAsync(a => a.Balance)));
        }
    }

    private static AccountKey Outside => AccountKey.OfOutside(Book.Hours, Village.X);

    private static AccountKey Own(Person person) => AccountKey.OfPerson(Book.Hours, person.Id, person.Area);

    private static Id<Transaction> NewId(Village village) => Id<Transaction>.New(village.Clock);

    private static async Task<(Person Kept, Person Dropped, Actor Cadre)> Twice(Village village, int kept, int dropped)
    {
        var two = (Kept: await village.With("王秀英", PersonRoles.Volunteer), Dropped: await village.With("王秀英", PersonRoles.Volunteer));
        if (kept > 0) await Post(village, kept, Outside, Own(two.Kept));
        if (dropped > 0) await Post(village, dropped, Outside, Own(two.Dropped));
        return (two.Kept, two.Dropped, village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre));
    }

    private static Task<Result<MergePeople.Receipt>> Merge(Village village, Person kept, Person dropped, Actor actor) =>
        village.Get<MergePeople>().Run(new(Id<PersonMerge>.New(village.Clock), kept.Id, dropped.Id), actor, default);

    private static Task Post(Village village, long minutes, AccountKey from, AccountKey to) => village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(village.House);
            var accounts = await unit.Books.Take(default, from, to);
            var slip = new Slip(NewId(village), Village.X, "test.moved", unit.Now);
            _ = (await unit.Post(slip, accounts[from], accounts[to], minutes, default)).Value;
            return new(true, true);
        },
        default);

    private static async Task<(long One, long Other)> Balances(Village village, Person one, Person other)
    {
        var ids = new[] { one.Id.Value, other.Id.Value };
        var held = await Read(village, db => db.Accounts.Where(a => ids.Contains(a.Holder)).ToListAsync());
        return (held.Where(a => a.Holder == ids[0]).Sum(a => a.Balance), held.Where(a => a.Holder == ids[1]).Sum(a => a.Balance));
    }

    private static Task<int> Postings(Village village, Person person) => Read(village, db =>
        (from posting in db.Postings
         join account in db.Accounts.Where(a => a.Holder == person.Id.Value) on 1 equals 1
         where posting.From == account.Id || posting.To == account.Id
         select posting.Line).CountAsync());

    private static Task<T> Read<T>(Village village, Func<ShouwangDb, Task<T>> read) => village.Get<Workspace>().Read(village.House, read);
}
