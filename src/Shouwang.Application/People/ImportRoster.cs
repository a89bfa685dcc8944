using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Keeping;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.People;

/// <summary>Takes a village's roster into the register: shows first what it would do, and does it when told. 导入花名册</summary>
/// <remarks>Good rows go in as one act; rows with errors stay out and are named by cell. The same file again changes nothing.</remarks>
public sealed class ImportRoster(Workspace work, PersonVault vault, RosterVault files, Rulebook rulebook)
{
    /// <param name="Village">The village the people belong to, twelve digits.</param>
    /// <param name="Digest">SHA-256 of the file, so that the same command with another file is noticed.</param>
    /// <param name="Reading">What was read from the file; not part of the record.</param>
    public sealed record Command(Guid CommandId, AreaCode Village, string Digest, [property: JsonIgnore] RosterReading Reading) : ICommand
    {
        /// <summary>The day since which what the roster says holds; null for today. 起始日期</summary>
        public DateOnly? Since { get; init; }

        /// <summary>How far it has come, for whoever waits.</summary>
        [JsonIgnore]
        public RosterProgress Progress { get; } = new();
    }

    /// <summary>Counts only: no name, no number. </summary>
    /// <param name="Read">Rows that held a person.</param>
    /// <param name="Refused">Rows with errors, left out.</param>
    /// <param name="Suspected">Rows whose name and birthday someone else of the village has too.</param>
    public sealed record Receipt(int Read, int Added, int Changed, int Unchanged, int Refused, int Suspected);

    /// <summary>What an import would do, row by row.</summary>
    public sealed record View(Receipt Receipt, IReadOnlyList<RosterChange> Changes, IReadOnlyList<CellError> Errors);

    /// <summary>Reads the file: rows, errors by cell, and the digest that names it; the whole file may be refused.</summary>
    /// <param name="regions">Which regions an ID number may begin with; the demo's fictional one is allowed in the fictional county
    /// only.</param>
    public Result<Command> Read(Guid commandId, AreaCode village, Stream file, RegionCheck? regions = null)
    {
        using var whole = new MemoryStream();
        file.CopyTo(whole);
        whole.Position = 0;
        var strict = rulebook.At(village, work.Today).Bool("people.strict-id-region");
        var check = regions ?? (strict ? RegionCheck.Provinces : RegionCheck.ProvincesAndFiction);
        if (!RosterWorkbook.Read(whole, work.Today, check).IsOk(out var reading, out var refusal)) return refusal;
        return new Command(commandId, village, Convert.ToHexStringLower(SHA256.HashData(whole.ToArray())), reading);
    }

    /// <summary>Says what the import would do, and changes nothing.</summary>
    public async Task<Result<View>> Preview(Command command, Actor actor, CancellationToken ct)
    {
        return await work.Read<Result<View>>(actor, async db =>
        {
            if ((await MayNot(db, command.Village, actor, ct) ?? Ahead(command, work.Now)) is { } refusal) return refusal;
            var (_, changes) = await Merge(db, command, vault.ForALook(), work.Now, ct);
            return new View(Count(command.Reading, changes), changes, command.Reading.Errors);
        });
    }

    /// <summary>Takes the good rows in.</summary>
    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Take(unit, command, actor, ct), ct);

    private async Task<Result<Receipt>> Take(UnitOfWork unit, Command command, Actor actor, CancellationToken ct)
    {
        Patience.Lift();
        if ((await MayNot(unit.Db, command.Village, actor, ct) ?? Ahead(command, unit.Now)) is { } refusal) return refusal;
        var (register, changes) = await Merge(unit.Db, command, vault, unit.Now, ct);
        var receipt = Count(command.Reading, changes);
        var journal = await RowJournal.Of(unit.Db, ct);
        await unit.Enter(register.Entered, journal.Note, ct);
        if (receipt.Added + receipt.Changed > 0) Remember(unit, command, receipt, journal);
        return receipt;
    }

    /// <summary>Writes down what the import does, so that the whole of it can be taken back.</summary>
    private void Remember(UnitOfWork unit, Command command, Receipt receipt, RowJournal journal)
    {
        var counts = new RosterCounts(
            receipt.Read, receipt.Added, receipt.Changed, receipt.Unchanged, receipt.Refused, receipt.Suspected);
        var import = new RosterImport(new(command.CommandId), command.Village, counts, unit.Actor.Person, unit.Now);
        import.Remember(files.Seal(import, journal.ToBytes()));
        unit.Db.Add(import);
    }

    internal static async Task<Refusal?> MayNot(ShouwangDb db, AreaCode village, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ImportPeople, village)) return CommonRefusals.MayNot(actor, village);
        if (village.Level != AreaLevel.Village) return PeopleRefusals.ImportIntoVillage.With("code", village.ToString());
        return await db.Areas.AnyAsync(a => a.Area == village, ct) ? null : CommonRefusals.NotFound;
    }

    private static Refusal? Ahead(Command command, DateTimeOffset now) => command.Since > Days.Of(now) ? RosterRefusals.SinceAhead : null;

    private async Task<(VillageRegister Register, IReadOnlyList<RosterChange> Changes)> Merge(
        ShouwangDb db, Command command, PersonVault sealer, DateTimeOffset now, CancellationToken ct)
    {
        var register = await VillageRegister.Load(db, command.Village, ct);
        var merge = new RosterMerge(register, new(command.CommandId, command.Village, Days.Of(now), now, sealer)
        {
            Since = command.Since ?? Days.Of(now),
        });
        command.Progress.Begin(command.Reading.Rows.Count);
        return (register, [.. command.Reading.Rows.Select(row => command.Progress.Step(merge.Take(row)))]);
    }

    private static Receipt Count(RosterReading reading, IReadOnlyList<RosterChange> changes) => new(
        reading.Read,
        changes.Count(c => c.Effect == RosterEffect.Added),
        changes.Count(c => c.Effect == RosterEffect.Changed),
        changes.Count(c => c.Effect == RosterEffect.Unchanged),
        reading.Refused,
        changes.Count(c => c.Suspected));
}
