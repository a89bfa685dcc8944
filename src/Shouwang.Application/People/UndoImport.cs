using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Keeping;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Takes a whole import back, as long as nobody has built on it: whom it added is gone, what it changed is as before.
/// 撤销导入</summary>
public sealed class UndoImport(Workspace work, RosterVault vault)
{
    public sealed record Command(Id<RosterImport> Import) : ICommand
    {
        public Guid CommandId => DerivedId.Of(Import.Value, "people.undo-import");
    }

    /// <param name="Removed">People who were added by it and are gone.</param>
    /// <param name="Restored">People who are as they were before it.</param>
    public sealed record Receipt(Id<RosterImport> Import, int Removed, int Restored);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => TakeBack(unit, command, ct), ct);

    /// <summary>What was built on an import since, by table; empty when it can be undone.</summary>
    public async Task<Result<IReadOnlyList<BuiltOn>>> Since(Id<RosterImport> id, Actor actor, CancellationToken ct) =>
        await work.Read<Result<IReadOnlyList<BuiltOn>>>(actor, async db =>
        {
            var import = await db.RosterImports.SingleOrDefaultAsync(i => i.Id == id, ct);
            if (import is null) return CommonRefusals.NotFound;
            if (!actor.May(Permission.ImportPeople, import.Area)) return CommonRefusals.MayNot(actor, import.Area);
            await db.Database.OpenConnectionAsync(ct);
            IReadOnlyList<BuiltOn> since = vault.Open(import) is { } journal ? await RowJournal.Read(db, journal).Since(db, ct) : [];
            return since.ToArray();
        });

    private async Task<Result<Receipt>> TakeBack(UnitOfWork unit, Command command, CancellationToken ct)
    {
        Patience.Lift();
        var import = await unit.Db.RosterImports.SingleOrDefaultAsync(i => i.Id == command.Import, ct);
        if (import is null) return CommonRefusals.NotFound;
        if (!unit.Actor.May(Permission.ImportPeople, import.Area)) return CommonRefusals.MayNot(unit.Actor, import.Area);
        if (vault.Open(import) is not { } bytes) return RosterImportRefusals.Undone;

        var journal = RowJournal.Read(unit.Db, bytes);
        var since = await journal.Since(unit.Db, ct);
        if (since.Count > 0) return RosterImportRefusals.BuiltOn.With("records", since.Sum(s => s.Rows));
        if (!import.Undo(unit.Now).IsOk(out _, out var refusal)) return refusal;

        await journal.TakeBack(unit.Db, ct);
        return new Receipt(import.Id, import.Counts.Added, import.Counts.Changed);
    }
}
