using CsCheck;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.Ledger;

public sealed class HoldTests
{
    private static readonly AreaCode s_village = new(990101100201);
    private static readonly DateTimeOffset s_now = new(2026, 3, 16, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_set_aside_cannot_be_spent_or_set_aside_again()
    {
        var (li, zhang) = (Account(60), Account(0));
        _ = Reserve(li, zhang, 40).Value;

        var (spent, twice) = (Transaction.Post(Slip(), new Move(li, zhang, 21)), Reserve(li, zhang, 21));

        Assert.Equal(("ledger.not-enough", "ledger.not-enough"), (spent.Refusal?.Code, twice.Refusal?.Code));
        Assert.Equal((20L, 60L, 40L), (spent.Refusal!.Facts["available"], li.Balance, li.Held));
        Assert.Equal("ledger.same-account", Reserve(li, li, 1).Refusal?.Code);
    }

    [Fact]
    public void What_makes_no_sense_is_a_mistake_of_the_program_and_sets_nothing_aside()
    {
        var (li, zhang, purse) = (Account(60), Account(0), Account(9, book: Book.Money));
        var over = new HoldSlip(Id<Hold>.New(TimeProvider.System), s_village, "test.held", s_now, s_now);

        Assert.Throws<ArgumentOutOfRangeException>(() => Reserve(li, zhang, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reserve(li, zhang, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hold.Reserve(over, li, zhang, 1));
        Assert.Throws<InvalidOperationException>(() => Reserve(li, purse, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pool.Draw([li], zhang, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pool.Fill(li, [zhang], 0));
        Assert.Equal((0, 0), (li.Held, purse.Held));
    }

    [Fact]
    public void A_part_is_paid_and_the_rest_is_free_again_once()
    {
        var (li, zhang) = (Account(60), Account(0));
        var hold = Reserve(li, zhang, 40).Value;

        Assert.Equal("ledger.beyond-hold", hold.Commit(Slip(), li, zhang, 41).Refusal?.Code);
        Assert.Equal("ledger.beyond-hold", hold.Commit(Slip(), li, zhang, 0).Refusal?.Code);
        _ = hold.Commit(Slip(), li, zhang, 25).Value;

        Assert.Equal((35, 0, 25), (li.Balance, li.Held, zhang.Balance));
        Assert.Equal("ledger.hold-ended", hold.Commit(Slip(), li, zhang, 1).Refusal?.Code);
        Assert.Equal("ledger.hold-ended", hold.Void(li, s_now).Refusal?.Code);
        Assert.Null(hold.Expire(li, s_now.AddDays(9)));
        Assert.Equal(0, li.Held);
    }

    [Fact]
    public void What_the_payee_has_no_room_for_is_not_paid_and_stays_set_aside()
    {
        var (li, zhang) = (Account(60), Account(0, ceiling: 20));
        var hold = Reserve(li, zhang, 40).Value;

        Assert.Equal("ledger.too-much", hold.Commit(Slip(), li, zhang, 21).Refusal?.Code);

        Assert.Equal((40, null), (li.Held, hold.End));
        _ = hold.Commit(Slip(), li, zhang, 20).Value;
    }

    [Fact]
    public void From_its_last_moment_on_a_hold_is_neither_paid_nor_cancelled()
    {
        var (li, zhang) = (Account(60), Account(0));
        var hold = Reserve(li, zhang, 40).Value;
        var over = hold.Slip.Until;

        Assert.Null(hold.Expire(li, over.AddTicks(-1)));
        Assert.Equal("ledger.hold-expired", hold.Commit(Slip(over), li, zhang, 1).Refusal?.Code);
        Assert.Equal("ledger.hold-expired", hold.Void(li, over).Refusal?.Code);
        Assert.Equal(HoldOutcome.Expired, hold.Expire(li, over)?.Outcome);
        Assert.Equal("ledger.hold-expired", hold.Void(li, over).Refusal?.Code);
        Assert.Equal((60, 0), (li.Balance, li.Held));
    }

    [Fact]
    public void Of_two_linked_transactions_both_stand_or_neither()
    {
        var (li, bank, purse, till) = (Account(60), Account(0), Account(300, book: Book.Money), Account(0, book: Book.Money));

        var refused = Transaction.Link((Slip(), new Move(li, bank, 60)), (Slip(), new Move(purse, till, 301)));
        Assert.Equal(("ledger.not-enough", 60L, 0L), (refused.Refusal?.Code, li.Balance, bank.Balance));

        var written = Transaction.Link((Slip(), new Move(li, bank, 60)), (Slip(), new Move(purse, till, 300))).Value;
        Assert.All(written, t => Assert.Equal(written[0].Id, t.LinkedTo));
        Assert.Equal((Book.Hours, Book.Money, 0L, 300L), (written[0].Book, written[1].Book, li.Balance, till.Balance));
    }

    [Fact]
    public void A_pool_pays_to_the_last_minute_whatever_lies_in_which_stripe() =>
        Gen.Select(Gen.Long[0, 50].Array[Pool.Stripes], Gen.Long[1, 60].Array[1, 60]).Sample((fill, wanted) =>
        {
            var (stripes, payee) = (fill.Select(f => Account(f)).ToArray(), Account(0));
            var left = fill.Sum();
            foreach (var amount in wanted)
            {
                var drawn = Pool.Draw(stripes, payee, amount);
                Assert.Equal(amount <= left, drawn.IsOk(out var moves, out var refusal));
                if (moves is null)
                {
                    Assert.Equal(left, refusal!.Facts["available"]);
                    continue;
                }

                _ = Transaction.Post(Slip(), [.. moves]).Value;
                left -= amount;
            }

            Assert.Equal((left, fill.Sum() - left), (stripes.Sum(s => s.Balance), payee.Balance));
            Assert.All(stripes, s => Assert.True(s.Balance >= 0));
        });

    [Fact]
    public void Filling_a_pool_spreads_it_evenly_and_loses_nothing() => Gen.Long[1, 5000].Sample(amount =>
    {
        var moves = Pool.Fill(Account(amount), [.. Enumerable.Range(0, Pool.Stripes).Select(_ => Account(0))], amount);
        Assert.Equal(amount, moves.Sum(m => m.Amount));
        Assert.True(moves.Max(m => m.Amount) - moves.Min(m => m.Amount) <= 1);
    });

    [Fact]
    public void However_a_days_filling_is_cut_up_no_more_than_the_limit_is_issued_alone() =>
        Gen.Select(Gen.Long[0, 200], Gen.Long[1, 90].Array[1, 20]).Sample((alone, parts) =>
        {
            var today = 0L;
            foreach (var part in parts)
            {
                var filling = new Filling(Id<Transaction>.New(TimeProvider.System), s_village, part, Id<Person>.New(TimeProvider.System));
                Assert.Equal(today + part > alone, filling.NeedsTwo(today, alone));
                Assert.Equal("ledger.filling-needs-another", filling.Agree(filling.AskedBy)?.Code);
                Assert.Null(filling.Agree(Id<Person>.New(TimeProvider.System)));
                if (!filling.NeedsTwo(today, alone)) today += part;
            }

            Assert.True(today <= alone);
        });

    private static Result<Hold> Reserve(Account from, Account to, long amount) =>
        Hold.Reserve(new(Id<Hold>.New(TimeProvider.System), s_village, "test.held", s_now, s_now.AddDays(7)), from, to, amount);

    private static Slip Slip(DateTimeOffset? at = null) =>
        new(Id<Transaction>.New(TimeProvider.System), s_village, "test.moved", at ?? s_now);

    private static Account Account(long balance, long? ceiling = null, Book book = Book.Hours) => new(
        Id<Account>.New(TimeProvider.System), AccountKey.OfPerson(book, Id<Person>.New(TimeProvider.System), s_village), 0, ceiling,
        balance);
}
