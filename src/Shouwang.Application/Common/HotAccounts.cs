using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common;

/// <summary>The accounts that the commands of one shared commit have touched, as they stand after the last of them: each is read once and
/// written once for the whole commit. What a refused command did to them is undone here as it is undone in the tables. 提交内账户</summary>
internal sealed class HotAccounts
{
    private readonly Dictionary<Id<Account>, Standing> _known = [];
    private readonly List<(Id<Account> Id, Standing? Was)> _before = [];
    private bool _moved;

    /// <summary>How many rows were written for the commands before this one; they stay even when this one is refused.</summary>
    public int WrittenForOthers { get; private set; }

    /// <summary>How an account stands.</summary>
    /// <param name="Version">How many entries have moved it, those included that the row does not know of.</param>
    /// <param name="Writes">How often it was moved since its row was written; 0 when the row says the same.</param>
    internal sealed record Standing(AccountKey Key, long Floor, long? Ceiling, long Balance, long Held, int Version, int Writes)
    {
        public Account As(Id<Account> id) => new(id, Key, Floor, Ceiling, Balance) { Held = Held, Version = Version };
    }

    /// <summary>The account, if this commit knows it already.</summary>
    public Account? Find(Id<Account> id) => _known.GetValueOrDefault(id)?.As(id);

    /// <summary>Gets to know an account as its row has it.</summary>
    public void Learn(Account account) =>
        Set(account.Id, new(account.Key, account.Floor, account.Ceiling, account.Balance, account.Held, account.Version, 0));

    /// <summary>Notes an account's new balance. Returns false for one that is not known.</summary>
    /// <exception cref="InvalidOperationException">The balance is beyond a limit; the table would refuse it too, but for everybody at
    /// once.</exception>
    public bool Move(Id<Account> id, long balance)
    {
        if (_known.GetValueOrDefault(id) is not { } was) return false;
        if (balance - was.Held < was.Floor || balance > was.Ceiling) throw new InvalidOperationException("A balance is beyond its limit.");
        Set(id, was with { Balance = balance, Version = was.Version + 1, Writes = was.Writes + 1 });
        return _moved = true;
    }

    /// <summary>Hands over every balance whose row is behind.</summary>
    /// <param name="write">Writes the row: the id, the balance, how often it was moved.</param>
    public void Settle(Action<Id<Account>, long, int> write)
    {
        foreach (var (id, account) in _known.Where(k => k.Value.Writes > 0).ToList())
        {
            write(id, account.Balance, account.Writes);
            Set(id, account with { Writes = 0 });
            if (_moved) continue;

            // What earlier commands did is written for good, whatever becomes of this one.
            _before.RemoveAt(_before.Count - 1);
            WrittenForOthers++;
        }
    }

    /// <summary>Forgets what rows say that are about to change by themselves. Settle first.</summary>
    public void Forget()
    {
        foreach (var (id, account) in _known) _before.Add((id, account));
        _known.Clear();
    }

    /// <summary>What the command did stays.</summary>
    public void Keep()
    {
        _before.Clear();
        (_moved, WrittenForOthers) = (false, 0);
    }

    /// <summary>What the command did never was.</summary>
    public void Undo()
    {
        for (var i = _before.Count - 1; i >= 0; i--)
        {
            var (id, was) = _before[i];
            if (was is null) _known.Remove(id);
            else _known[id] = was;
        }

        Keep();
    }

    /// <summary>The commit is over: others may write now.</summary>
    public void Clear()
    {
        _known.Clear();
        Keep();
    }

    private void Set(Id<Account> id, Standing now)
    {
        _before.Add((id, _known.GetValueOrDefault(id)));
        _known[id] = now;
    }
}
