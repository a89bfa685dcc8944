using System.Runtime.InteropServices;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common.Seals;

/// <summary>Adds up every posting and holds the accounts against the sums. Keeps one tally an account, nothing a transaction.
/// 余额核对</summary>
internal sealed class BalanceCheck(SealSql sql, Findings found)
{
    private readonly Dictionary<Guid, Tally> _tallies = [];

    public int Accounts => _tallies.Count;

    public long Transactions { get; private set; }

    public long Postings { get; private set; }

    /// <param name="Last">Which transaction moved it last, counted from one.</param>
    private record struct Tally(Book Book, long Moved, int Entries, long Last);

    /// <summary>Gets to know the accounts; before anything is added.</summary>
    public async Task Open(CancellationToken ct)
    {
        var accounts = await sql.Accounts(garbled => found.Add("account-changed", garbled), ct);
        foreach (var account in accounts) _tallies[account.Id] = new(account.Book, 0, 0, 0);
    }

    /// <summary>Adds one transaction.</summary>
    public void Add(StoredRow row)
    {
        Transactions++;
        if (row.Postings.Length == 0) found.Add("empty-transaction", $"{row.Subject}");
        foreach (var posting in row.Postings)
        {
            Postings++;
            if (posting.Amount <= 0) found.Add("amount", $"{row.Subject}");
            Move(posting.From, unchecked(-posting.Amount), row);
            Move(posting.To, posting.Amount, row);
        }
    }

    /// <summary>Judges every account, each book's sum, and postings that belong to nothing; after everything is added.</summary>
    public async Task Close(CancellationToken ct)
    {
        var (sums, held) = (new Dictionary<Book, Int128>(), await sql.Held(ct));
        foreach (var account in await sql.Accounts(_ => { }, ct))
        {
            Judge(account, held.GetValueOrDefault(account.Id));
            sums[account.Book] = sums.GetValueOrDefault(account.Book) + account.Balance;
        }

        foreach (var (book, sum) in sums.Where(s => s.Value != 0)) found.Add("sum", $"{book} {sum}");
        if (await sql.Number("SELECT count(*) FROM ledger_posting", ct) == Postings) return;
        foreach (var lost in await sql.LostPostings(ct)) found.Add("lost-posting", $"{lost}");
    }

    private void Move(Guid account, long change, StoredRow row)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrNullRef(_tallies, account);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref tally))
        {
            found.Add("lost-account", $"{account}");
            return;
        }

        tally.Moved = unchecked(tally.Moved + change);
        if (tally.Last != Transactions) (tally.Entries, tally.Last) = (tally.Entries + 1, Transactions);
        if (row.Book != (tally.Book == Book.Hours ? nameof(Book.Hours) : nameof(Book.Money))) found.Add("book-mixed", $"{row.Subject}");
    }

    private void Judge(AccountRow account, long held)
    {
        var key = new AccountKey(account.Book, account.Kind, account.Holder, account.Area) { Stripe = account.Stripe };
        if (account.Stripe is < 0 or > byte.MaxValue || DerivedId.Of(key).Value != account.Id)
            found.Add("account-changed", $"{account.Id}");

        // The house opens every account with the floor of its kind and without a ceiling, and never changes either.
        if (account.Floor != key.DefaultFloor || account.Ceiling is not null) found.Add("limits-changed", $"{account.Id}");
        var tally = _tallies[account.Id];
        if (account.Balance != tally.Moved) found.Add("balance", $"{account.Id}");

        // What receipts name: how many entries have moved it.
        if (account.Version != tally.Entries) found.Add("version", $"{account.Id}");
        if (account.Held != held) found.Add("held", $"{account.Id}");
        if ((Int128)account.Balance - account.Held < account.Floor) found.Add("floor", $"{account.Id}");
        if (account.Balance > account.Ceiling) found.Add("ceiling", $"{account.Id}");
    }
}
