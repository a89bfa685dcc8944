using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Areas;

/// <summary>Takes an administrative division file into the tree: unknown areas are entered, renamed ones get a new dated entry,
/// nothing is removed. 导入行政区划</summary>
/// <remarks>A national file has 660,000 lines, so it is taken in batches that each stand by themselves; an import that broke off is simply
/// run again.</remarks>
public sealed class ImportAreas(Workspace work)
{
    /// <summary>Lines per batch: one command, one audit row, one durable commit.</summary>
    public const int BatchSize = 5_000;

    /// <summary>An import; its id and the batch number make the batch's id.</summary>
    /// <param name="From">From which day the file holds.</param>
    public sealed record Command(Guid CommandId, DateOnly From, AreaFile File);

    /// <summary>Some lines of the file, in order of code. 批次</summary>
    public sealed record Batch(Guid CommandId, DateOnly From, IReadOnlyList<AreaLine> Lines) : ICommand;

    /// <summary>How many lines were read and what became of them; the refused ones with line and reason.</summary>
    public sealed record Receipt(int Read, int Added, int Changed, int Unchanged, IReadOnlyList<AreaLineFault> Refused);

    public async Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct)
    {
        Patience.Lift();
        var total = new Receipt(command.File.Read, 0, 0, command.File.Repeated, command.File.Faults);
        foreach (var (lines, number) in command.File.Lines.Chunk(BatchSize).Select((l, i) => (l, i)))
        {
            var batch = new Batch(DerivedId.Of(command.CommandId, $"areas.import.{number}"), command.From, lines);
            var taken = await work.Write<Receipt>(batch, actor, unit => Take(unit, batch, actor, ct), ct);
            if (!taken.IsOk(out var part, out var refusal)) return refusal;
            total = Sum(total, part);
        }

        return total with { Refused = [.. total.Refused.OrderBy(f => f.Line)] };
    }

    private static async Task<Result<Receipt>> Take(UnitOfWork unit, Batch batch, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ImportAreas, actor.Scope)) return CommonRefusals.Forbidden;

        var register = new AreaRegister(await Known(unit.Db, batch.Lines, ct));
        var count = new int[3];
        var refused = new List<AreaLineFault>();
        foreach (var line in batch.Lines)
        {
            if (register.Take(line, actor.Scope, batch.From).IsOk(out var change, out var refusal)) count[(int)change]++;
            else refused.Add(AreaLineFault.Of(line.Line, line.Code.ToString(), refusal));
        }

        unit.Db.AddRange(register.Entered);
        return new Receipt(
            batch.Lines.Count, count[(int)AreaChange.Added], count[(int)AreaChange.Renamed], count[(int)AreaChange.None], refused);
    }

    /// <summary>The entries between the batch's first and last code, and those of the upper areas.</summary>
    private static async Task<List<Area>> Known(ShouwangDb db, IReadOnlyList<AreaLine> lines, CancellationToken ct)
    {
        var (first, last) = (lines[0].Code, lines[^1].Code);
        var uppers = lines.Select(l => l.Code.Parent).Distinct().Where(p => p < first || last < p).ToArray();
        var between = await db.Areas.Where(a => a.Area >= first && a.Area <= last).ToListAsync(ct);
        if (uppers.Length == 0) return between;
        return [.. between, .. await db.Areas.Where(a => uppers.Contains(a.Area)).ToListAsync(ct)];
    }

    private static Receipt Sum(Receipt a, Receipt b) =>
        new(a.Read, a.Added + b.Added, a.Changed + b.Changed, a.Unchanged + b.Unchanged, [.. a.Refused, .. b.Refused]);
}
