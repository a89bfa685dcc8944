using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Two entries side by side, what differs marked, for the person who decides. 并列核对</summary>
public sealed class CompareEntries(Workspace work)
{
    /// <summary>One kind of fact in both entries; empty where nothing is known.</summary>
    public sealed record FactPair(FactKind Kind, string One, string Other)
    {
        public bool Differs => One.Length > 0 && Other.Length > 0 && One != Other;
    }

    /// <param name="Records">How many relations, pairs, memberships and visits name the entry.</param>
    /// <param name="Minutes">The hours it has in the time bank; they move to the other when this one is given up.</param>
    public sealed record Entry(
        Id<Person> Id, string Name, Sex Sex, DateOnly? Born, AreaCode Area, string Group, string Household, string IdMask, string PhoneMask,
        PersonRoles Roles, int Records, bool HasAccount, long Minutes);

    /// <param name="Ground">What speaks for one person; null where nothing does.</param>
    /// <param name="IsApart">Whether somebody decided that they are two.</param>
    public sealed record View(Entry One, Entry Other, IReadOnlyList<FactPair> Facts, DuplicateGround? Ground, bool IsApart);

    public async Task<Result<View>> Run(Id<Person> one, Id<Person> other, Actor actor, CancellationToken ct) =>
        actor.May(Permission.KeepRegister, actor.Scope)
            ? await work.Read(actor, db => Show(db, (one, other), ct)) : CommonRefusals.Forbidden;

    private async Task<Result<View>> Show(ShouwangDb db, (Id<Person> One, Id<Person> Other) ids, CancellationToken ct)
    {
        var one = await db.People.SingleOrDefaultAsync(p => p.Id == ids.One, ct);
        var other = await db.People.SingleOrDefaultAsync(p => p.Id == ids.Other, ct);
        if (one is null || other is null || one.Id == other.Id) return PeopleRefusals.NotFound;

        var (a, b) = KeptApart.Ordered(ids.One, ids.Other);
        var facts = Enum.GetValues<FactKind>().Select(k => new FactPair(k, Says(one, k), Says(other, k)))
            .Where(f => f.One.Length + f.Other.Length > 0);
        return new View(
            await EntryOf(db, one, ct), await EntryOf(db, other, ct), [.. facts], Duplicates.Between(one, other),
            await db.KeptApart.AnyAsync(k => k.One == a && k.Other == b, ct));
    }

    private string Says(Person person, FactKind kind) => person.FactOn(kind, work.Today) ?? "";

    private static async Task<Entry> EntryOf(ShouwangDb db, Person p, CancellationToken ct)
    {
        var records = await db.Relations.CountAsync(r => r.Elder == p.Id || r.Relative == p.Id, ct)
            + await db.Pairs.CountAsync(r => r.Elder == p.Id || r.Volunteer == p.Id, ct)
            + await db.Visits.CountAsync(v => v.Elder == p.Id || v.Volunteer == p.Id, ct)
            + await db.Places.SelectMany(o => o.Members).CountAsync(m => m.Person == p.Id, ct);
        var household = await db.Households.Where(h => h.Id == p.Household).Select(h => h.Number).FirstOrDefaultAsync(ct);
        return new(
            p.Id, p.Name, p.Sex, p.BornIsKnown ? p.Born : null, p.Area, p.Group, household ?? "", p.Secrets.IdMask, p.Secrets.PhoneMask,
            p.Roles, records, await db.SignInAccounts.AnyAsync(s => s.Person == p.Id, ct),
            await db.Accounts.Where(a => a.Book == Book.Hours && a.Holder == p.Id.Value).SumAsync(a => a.Balance, ct));
    }
}
