using CsCheck;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.Ledger;

/// <summary>What one commit keeps of its accounts in memory says at every moment what the rows would say.</summary>
public sealed class HotAccountsTests
{
    private const int Accounts = 4;
    private static readonly AreaCode s_village = new(990101100201);

    private enum Step { Take, Move, Settle, Hold, Keep, Refuse }

    [Fact]
    public void Memory_and_rows_together_are_what_the_kept_commands_made_of_them() =>
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, Accounts - 1], Gen.Long[-20, 40]).Array[1, 60].Sample(steps => new Commit().All(steps));

    [Fact]
    public void A_balance_beyond_a_limit_is_stopped_at_its_own_command()
    {
        var (hot, account) = (new HotAccounts(), Account(5, ceiling: 30));
        hot.Learn(account);

        Assert.Throws<InvalidOperationException>(() => hot.Move(account.Id, -1));
        Assert.Throws<InvalidOperationException>(() => hot.Move(account.Id, 31));
        Assert.True(hot.Move(account.Id, 30));
        Assert.False(hot.Move(Account(0).Id, 1));
    }

    [Fact]
    public void What_is_written_for_earlier_commands_is_not_counted_against_a_later_one()
    {
        var (hot, one, other) = (new HotAccounts(), Account(5), Account(5));
        hot.Learn(one);
        hot.Move(one.Id, 9);
        hot.Keep();

        hot.Learn(other);
        hot.Settle((_, _, _) => { });
        Assert.Equal(1, hot.WrittenForOthers);
        hot.Undo();

        var behind = 0;
        hot.Settle((_, _, _) => behind++);
        Assert.Equal((0, 9L, null), (behind, hot.Find(one.Id)?.Balance, hot.Find(other.Id)));
    }

    private static Account Account(long balance, long? ceiling = null) => new(
        Id<Account>.New(TimeProvider.System), AccountKey.OfPerson(Book.Hours, Id<Person>.New(TimeProvider.System), s_village), 0, ceiling,
        balance);

    /// <summary>One commit beside rows that are undone as a savepoint undoes them.</summary>
    private sealed class Commit
    {
        private readonly HotAccounts _hot = new();
        private readonly Account[] _accounts = [.. Enumerable.Range(0, Accounts).Select(_ => Account(10))];
        private readonly Dictionary<Id<Account>, long> _truth = [];
        private Dictionary<Id<Account>, long> _rows = [];
        private Dictionary<Id<Account>, long> _rowsBefore = [];
        private Dictionary<Id<Account>, long> _truthBefore = [];

        public void All((Step Step, int Which, long Amount)[] steps)
        {
            foreach (var account in _accounts) _rows[account.Id] = _truth[account.Id] = account.Balance;
            Begin();
            foreach (var (step, which, amount) in steps) One(step, _accounts[which], amount);
            One(Step.Keep, _accounts[0], 0);
            _hot.Settle(Write);
            Assert.Equal(_truth, _rows);
        }

        private void One(Step step, Account account, long amount)
        {
            if (step is Step.Take or Step.Move) Take(account);
            if (step == Step.Move && _truth[account.Id] + amount >= 0)
            {
                Assert.True(_hot.Move(account.Id, _truth[account.Id] + amount));
                _truth[account.Id] += amount;
            }

            if (step is Step.Settle or Step.Hold) _hot.Settle(Write);
            if (step == Step.Hold) _hot.Forget();
            if (step == Step.Keep) _hot.Keep();
            if (step == Step.Refuse) Refuse();
            if (step is Step.Keep or Step.Refuse) Begin();
        }

        private void Take(Account account)
        {
            if (_hot.Find(account.Id) is null) _hot.Learn(new(account.Id, account.Key, 0, null, _rows[account.Id]));
            Assert.Equal(_truth[account.Id], _hot.Find(account.Id)!.Balance);
        }

        private void Write(Id<Account> id, long balance, int writes) => _rows[id] = balance;

        /// <summary>As the writer does with care: everything is in the rows before a savepoint is set.</summary>
        private void Begin()
        {
            _hot.Settle(Write);
            _hot.Clear();
            (_rowsBefore, _truthBefore) = (new(_rows), new(_truth));
        }

        private void Refuse()
        {
            _hot.Undo();
            _rows = new(_rowsBefore);
            foreach (var (id, balance) in _truthBefore) _truth[id] = balance;
        }
    }
}
