using CsCheck;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.Ledger;

public sealed class TransactionTests
{
    private static readonly AreaCode s_village = new(990101100201);
    private static readonly DateTimeOffset s_now = new(2026, 3, 16, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_transfer_beyond_the_balance_is_refused_and_moves_nothing()
    {
        var (li, zhang) = (Account(60), Account(0));

        var posted = Transaction.Post(Slip(), new Move(li, zhang, 61));

        Assert.Equal("ledger.not-enough", posted.Refusal?.Code);
        Assert.Equal((60, 0), (li.Balance, zhang.Balance));
    }

    [Fact]
    public void A_transfer_beyond_the_ceiling_is_refused_and_moves_nothing()
    {
        var (li, zhang) = (Account(60), Account(0, ceiling: 30));

        var posted = Transaction.Post(Slip(), new Move(li, zhang, 31));

        Assert.Equal("ledger.too-much", posted.Refusal?.Code);
        Assert.Equal((60, 0), (li.Balance, zhang.Balance));
    }

    [Fact]
    public void What_makes_no_sense_is_a_mistake_of_the_program_and_moves_nothing()
    {
        var (li, zhang) = (Account(60), Account(0));
        var money = AccountKey.OfPerson(Book.Money, Id<Person>.New(TimeProvider.System), s_village);
        var purse = new Account(Id<Account>.New(TimeProvider.System), money, 0, null, 9);

        Assert.Throws<ArgumentException>(() => Transaction.Post(Slip()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Transaction.Post(Slip(), new Move(li, zhang, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Transaction.Post(Slip(), new Move(li, zhang, -5)));
        Assert.Throws<InvalidOperationException>(() => Transaction.Post(Slip(), new Move(li, purse, 5)));
        Assert.Throws<InvalidOperationException>(() => Transaction.Post(Slip(), new Move(li, zhang, 5), new Move(zhang, purse, 5)));
        Assert.Throws<ArgumentException>(() => Transaction.Link((Slip(), new Move(li, zhang, 5))));
        Assert.Equal((60, 0, 9), (li.Balance, zhang.Balance, purse.Balance));
    }

    [Fact]
    public void The_mirror_image_undoes_a_transaction_and_names_it()
    {
        var (li, zhang, chen) = (Account(60), Account(0), Account(5));
        var written = Transaction.Post(Slip(), new Move(li, zhang, 40), new Move(zhang, chen, 15)).Value;

        var mirror = Transaction.Reverse(Slip(), written.Id, written.Postings, ById(li, zhang, chen)).Value;

        Assert.Equal((60, 0, 5), (li.Balance, zhang.Balance, chen.Balance));
        Assert.Equal(written.Id, mirror.Reverses);
    }

    [Fact]
    public void What_was_spent_meanwhile_cannot_be_taken_back()
    {
        var (li, zhang, chen) = (Account(60), Account(0), Account(0));
        var written = Transaction.Post(Slip(), new Move(li, zhang, 40)).Value;
        _ = Transaction.Post(Slip(), new Move(zhang, chen, 30)).Value;

        var mirror = Transaction.Reverse(Slip(), written.Id, written.Postings, ById(li, zhang));

        Assert.Equal("ledger.not-enough", mirror.Refusal?.Code);
        Assert.Equal((20, 10, 30), (li.Balance, zhang.Balance, chen.Balance));
    }

    [Fact]
    public void One_person_may_reverse_up_to_the_limit_and_nobody_agrees_to_their_own_request()
    {
        var (li, zhang) = (Account(100), Account(0));
        var written = Transaction.Post(Slip(), new Move(li, zhang, 60), new Move(li, zhang, 1)).Value;
        var asked = new Reversal(NewId(), written.Id, ReversalReason.EnteredTwice, new(new Guid(1, 0, 0, new byte[8])));

        Assert.False(Reversal.NeedsTwo(written.Postings, alone: 61));
        Assert.True(Reversal.NeedsTwo(written.Postings, alone: 60));
        Assert.Equal("ledger.second-person-needed", asked.Agree(asked.AskedBy)?.Code);
        Assert.Null(asked.Agree(new Id<Person>(new Guid(2, 0, 0, new byte[8]))));
    }

    /// <summary>Any order of transfers and reversals over a few accounts: no value appears or vanishes, nobody passes their floor or
    /// ceiling, and a refusal moves nothing.</summary>
    [Fact]
    public void Whatever_the_order_nothing_appears_or_vanishes_and_every_limit_holds() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Long[1, 120], Gen.Int[0, 3]).Array[1, 60].Sample(steps =>
        {
            var accounts = Enumerable.Range(0, 5).Select(i => Account(i * 40, i % 2 == 0 ? null : 200)).ToArray();
            var (sum, model) = (accounts.Sum(a => a.Balance), accounts.Select(a => a.Balance).ToArray());
            var written = new List<Transaction>();
            foreach (var (from, to, amount, kind) in steps)
            {
                if (kind == 0 && written.Count > 0) Reverse(accounts, model, written);
                else Give(accounts, model, written, (from, to, amount));
            }

            Assert.Equal(model, accounts.Select(a => a.Balance));
            Assert.Equal(sum, accounts.Sum(a => a.Balance));
            Assert.All(accounts, a => Assert.InRange(a.Balance, a.Floor, a.Ceiling ?? long.MaxValue));
        });

    private static void Give(Account[] accounts, long[] model, List<Transaction> written, (int From, int To, long Amount) what)
    {
        var posted = Transaction.Post(Slip(), new Move(accounts[what.From], accounts[what.To], what.Amount));
        var fits = what.From != what.To && model[what.From] >= what.Amount
            && model[what.To] + what.Amount <= (accounts[what.To].Ceiling ?? long.MaxValue);
        Assert.Equal(fits, posted.IsOk(out var transaction, out _));
        if (!fits) return;
        model[what.From] -= what.Amount;
        model[what.To] += what.Amount;
        written.Add(transaction!);
    }

    /// <summary>Takes back the latest transaction that still stands.</summary>
    private static void Reverse(Account[] accounts, long[] model, List<Transaction> written)
    {
        var wrong = written[^1];
        var mirror = Transaction.Reverse(Slip(), wrong.Id, wrong.Postings, ById(accounts));
        Assert.True(mirror.IsOk(out _, out _));
        written.RemoveAt(written.Count - 1);
        var (from, to) = (Array.FindIndex(accounts, a => a.Id == wrong.Postings[0].From),
            Array.FindIndex(accounts, a => a.Id == wrong.Postings[0].To));
        model[from] += wrong.Postings[0].Amount;
        model[to] -= wrong.Postings[0].Amount;
    }

    private static Slip Slip() => new(NewId(), s_village, "test.moved", s_now);

    private static Id<Transaction> NewId() => Id<Transaction>.New(TimeProvider.System);

    private static Account Account(long balance, long? ceiling = null) => new(
        Id<Account>.New(TimeProvider.System), AccountKey.OfPerson(Book.Hours, Id<Person>.New(TimeProvider.System), s_village), 0, ceiling,
        balance);

    private static Dictionary<Id<Account>, Account> ById(params Account[] accounts) => accounts.ToDictionary(a => a.Id);
}
