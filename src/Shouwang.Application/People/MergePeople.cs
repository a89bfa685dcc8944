using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Ledger;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Says that two entries are one person, and which one goes on: what holds moves to it, what was written under the other stays
/// there and is read along. 归并人员</summary>
public sealed class MergePeople(Workspace work, PersonVault vault, KeyRing keys)
{
    public sealed record Command(Id<PersonMerge> Id, Id<Person> Kept, Id<Person> Dropped) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    /// <param name="MovedMinutes">The hours that went over from one account to the other.</param>
    public sealed record Receipt(Id<PersonMerge> Id, Id<Person> Kept, Id<Person> Dropped, long MovedMinutes);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Merge(unit, command, ct), ct);

    private async Task<Result<Receipt>> Merge(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await Entry(unit, command.Kept, ct)).IsOk(out var kept, out var refusal)) return refusal.On("kept");
        if (!(await Entry(unit, command.Dropped, ct)).IsOk(out var dropped, out refusal)) return refusal.On("dropped");
        if (!PersonMerge.Of(command.Id, kept, dropped, unit.Actor.Person, unit.Now).IsOk(out var merge, out refusal)) return refusal;
        if (await new MergedAccounts(unit, merge).TakeOver(ct) is { } held) return held;

        var earlier = await unit.Db.People.Where(p => p.MergedInto == dropped.Id).ToListAsync(ct);
        earlier.ForEach(merge.Redirect);
        new MergedEntry(vault, unit.Now).Take(kept, dropped);

        // It counts as changed even where it learned nothing new, so that whatever is written of it later is noticed when undoing.
        if (unit.Db.Entry(kept) is { State: EntityState.Unchanged } untouched) untouched.State = EntityState.Modified;
        await new MergedBonds(unit, merge).Move(ct);
        await new MergedPosts(unit, merge).Move(ct);
        var memory = await MergeMemory.Of(unit.Db, merge, ct);
        merge.Remember(memory.Seal(keys, merge), await MovedAccount(unit, merge, ct));
        unit.Db.Add(merge);
        return new Receipt(merge.Id, kept.Id, dropped.Id, await MergedAccounts.MinutesOf(unit.Db, merge, ct));
    }

    private static async Task<Result<Person>> Entry(UnitOfWork unit, Id<Person> id, CancellationToken ct)
    {
        var person = await unit.Db.People.SingleOrDefaultAsync(p => p.Id == id, ct);
        if (person is null) return PeopleRefusals.NotFound;
        return unit.Actor.May(Permission.KeepRegister, person.Area) ? person : CommonRefusals.Forbidden;
    }

    /// <summary>Moves the way to sign in, where the kept entry has none. It is moved back by itself, so that a password set since
    /// stays.</summary>
    private static async Task<bool> MovedAccount(UnitOfWork unit, PersonMerge merge, CancellationToken ct)
    {
        var accounts = await unit.Db.SignInAccounts.Where(a => a.Person == merge.Kept || a.Person == merge.Dropped).ToListAsync(ct);
        if (accounts is not [var only] || only.Person != merge.Dropped) return false;
        only.Follow(merge.Kept);
        return true;
    }
}
