using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.People;

/// <summary>Follows entries that were found to be one person: what was written under the other id stays there, and is read along.
/// 归并指向</summary>
internal static class Successor
{
    /// <summary>The entry a person goes on under; the same id where nothing was merged.</summary>
    public static async Task<Id<Person>> Of(ShouwangDb db, Id<Person> id, CancellationToken ct) =>
        await db.People.IgnoreQueryFilters(["reach"]).Where(p => p.Id == id).Select(p => p.MergedInto).SingleOrDefaultAsync(ct) ?? id;

    /// <summary>A person's id and those of the entries that were merged into it.</summary>
    public static async Task<Id<Person>[]> With(ShouwangDb db, Id<Person> id, CancellationToken ct) =>
        [id, .. await MergedInto(db, [id]).ToListAsync(ct)];

    /// <summary>The accounts of hours these entries have.</summary>
    public static IQueryable<AccountRow> HoursOf(ShouwangDb db, Id<Person>[] every)
    {
        var holders = every.Select(p => p.Value).ToArray();
        return db.Accounts.IgnoreQueryFilters(["reach"])
            .Where(a => a.Book == Book.Hours && a.Kind == AccountKind.Person && holders.Contains(a.Holder));
    }

    /// <summary>What these entries were credited with.</summary>
    public static IQueryable<VisitCredit> CreditsOf(ShouwangDb db, Id<Person>[] every) =>
        db.Credits.IgnoreQueryFilters(["reach"]).Where(c => every.Contains(c.Volunteer));

    /// <summary>The entries that were merged into any of these.</summary>
    public static IQueryable<Id<Person>> MergedInto(ShouwangDb db, Id<Person>[] kept) => db.People.IgnoreQueryFilters(["reach"])
        .Where(p => p.MergedInto != null && kept.Contains(p.MergedInto.Value)).Select(p => p.Id);
}
