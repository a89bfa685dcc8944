using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Application.Ledger;

/// <summary>Moves what the accounts of a dropped entry hold to the kept one, and back when the merge is undone. What was written in them
/// stays there. 归并账户</summary>
/// <remarks>In the same transaction as the merge: both are there, or neither.</remarks>
internal sealed class MergedAccounts(UnitOfWork unit, PersonMerge merge)
{
    private const string Moved = "ledger.moved-by-merge";
    private const string Returned = "ledger.merge-undone";

    /// <summary>Moves everything, one transaction a book; refuses while something of it is set aside, or set aside for it.</summary>
    public async Task<Refusal?> TakeOver(CancellationToken ct)
    {
        foreach (var book in Enum.GetValues<Book>())
        {
            if (await TakeOver(book, ct) is { } refusal) return refusal;
        }

        return null;
    }

    /// <summary>Gives back what was moved, by the mirror image of just that; refuses when the kept one has spent it.</summary>
    public async Task<Refusal?> GiveBack(CancellationToken ct)
    {
        foreach (var book in Enum.GetValues<Book>())
        {
            if (await GiveBack(book, ct) is { } refusal) return refusal;
        }

        return null;
    }

    /// <summary>How many minutes a merge moved; none when nothing was there.</summary>
    public static Task<long> MinutesOf(ShouwangDb db, PersonMerge merge, CancellationToken ct)
    {
        var moved = EntryOf(merge, Book.Hours).Value;
        return db.Postings.Where(p => p.TransactionId == moved).SumAsync(p => p.Amount, ct);
    }

    /// <summary>Whether an account belongs to an entry that was merged into another: nothing is posted to it any more. Such an account is
    /// empty, so that only empty ones are looked up.</summary>
    public static async Task<bool> GaveWay(UnitOfWork unit, Account account, CancellationToken ct)
    {
        if (account.Balance != 0) return false;
        var holder = new Id<Person>(account.Key.Holder);
        return await Successor.Of(unit.Db, holder, ct) != holder;
    }

    private async Task<Refusal?> TakeOver(Book book, CancellationToken ct)
    {
        var taken = await unit.Books.TakeOf(book, ct, merge.Kept.Value, merge.Dropped.Value);
        var given = taken.Where(a => a.Key.Holder == merge.Dropped.Value).ToList();
        foreach (var account in given)
        {
            if (await unit.Books.SetAside(account.Id, ct) is > 0 and var minutes) return MergeRefusals.SetAside.With("minutes", minutes);
        }

        given.RemoveAll(a => a.Balance == 0);
        if (given.Count == 0) return null;
        var own = AccountKey.OfPerson(book, merge.Kept, merge.Area);
        var to = taken.FirstOrDefault(a => a.Key.Holder == merge.Kept.Value) ?? (await unit.Books.Take(ct, own))[own];
        var slip = new Slip(EntryOf(merge, book), merge.Area, Moved, unit.Now);
        var posted = Transaction.Post(slip, [.. given.Select(from => new Move(from, to, from.Balance))]);
        if (!posted.IsOk(out var written, out var refusal)) return refusal;
        await unit.Books.Write(written, [.. given, to], ct);
        return null;
    }

    private async Task<Refusal?> GiveBack(Book book, CancellationToken ct)
    {
        var moved = EntryOf(merge, book);
        if (await unit.Books.Find(moved, ct) is null || await unit.Books.IsReversed(moved, ct)) return null;
        if (!(await Mirror.Following(unit, moved, ct)).IsOk(out var mirror, out var refusal)) return refusal;
        var id = new Id<Transaction>(DerivedId.Of(merge.Id.Value, $"{Returned}.{book}"));
        refusal = await mirror.Post(id, moved, Returned, ct);
        return refusal?.Code == LedgerRefusals.NotEnough.Code
            ? MergeRefusals.HoursSpent.With("wanted", refusal.Facts["wanted"]).With("available", refusal.Facts["available"]) : refusal;
    }

    private static Id<Transaction> EntryOf(PersonMerge merge, Book book) => new(DerivedId.Of(merge.Id.Value, $"{Moved}.{book}"));
}
