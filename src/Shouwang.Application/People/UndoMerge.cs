using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Keeping;
using Shouwang.Application.Ledger;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Takes a merge back, as long as nobody has built on it: both entries are as they were. 撤销归并</summary>
public sealed class UndoMerge(Workspace work, KeyRing keys)
{
    public sealed record Command(Id<PersonMerge> Merge) : ICommand
    {
        public Guid CommandId => DerivedId.Of(Merge.Value, "people.undo-merge");
    }

    public sealed record Receipt(Id<PersonMerge> Merge, Id<Person> Kept, Id<Person> Dropped);

    /// <summary>Whom a merge is about, and what was built on it since.</summary>
    /// <param name="Since">By table; empty when it can be undone.</param>
    /// <param name="MovedMinutes">The hours it moved; undoing gives them back.</param>
    public sealed record View(
        Id<PersonMerge> Merge, Id<Person> Kept, string Name, DateTimeOffset At, bool IsUndone, IReadOnlyList<BuiltOn> Since,
        long MovedMinutes);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => TakeBack(unit, command, ct), ct);

    public Task<Result<View>> Look(Id<PersonMerge> id, Actor actor, CancellationToken ct) =>
        work.Read<Result<View>>(actor, async db =>
        {
            if (await db.PersonMerges.SingleOrDefaultAsync(m => m.Id == id, ct) is not { } merge) return MergeRefusals.NotFound;
            if (!actor.May(Permission.KeepRegister, merge.Area)) return CommonRefusals.MayNot(actor, merge.Area);
            var names = await KnownNames.Of(db, [merge.Kept], ct);
            var since = MergeMemory.Open(keys, merge) is { } memory ? await memory.Since(db, merge, ct) : [];
            return new View(id, merge.Kept, names[merge.Kept], merge.At, merge.UndoneAt is not null, since,
                await MergedAccounts.MinutesOf(db, merge, ct));
        });

    private async Task<Result<Receipt>> TakeBack(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (await unit.Db.PersonMerges.SingleOrDefaultAsync(m => m.Id == command.Merge, ct) is not { } merge) return MergeRefusals.NotFound;
        if (!unit.Actor.May(Permission.KeepRegister, merge.Area)) return CommonRefusals.MayNot(unit.Actor, merge.Area);
        if (MergeMemory.Open(keys, merge) is not { } memory) return MergeRefusals.Undone;
        var since = await memory.Since(unit.Db, merge, ct);
        if (since.Count > 0) return MergeRefusals.BuiltOn.With("records", since.Sum(s => s.Rows));
        if (await new MergedAccounts(unit, merge).GiveBack(ct) is { } spent) return spent;
        if (!merge.Undo(unit.Now).IsOk(out _, out var refusal)) return refusal;

        await memory.TakeBack(unit.Db, ct);
        await MergedPosts.Leave(unit, merge.Kept, ct);
        if (merge.MovedAccount) (await unit.Db.SignInAccounts.SingleAsync(a => a.Person == merge.Kept, ct)).Follow(merge.Dropped);
        return new Receipt(merge.Id, merge.Kept, merge.Dropped);
    }
}
