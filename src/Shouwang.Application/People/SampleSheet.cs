using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>A roster as the cells of one sheet, with merged groups, and the faults planted in it. 示例工作表</summary>
/// <param name="Rows">The cells by column, from the first row below the headings; null, string, double or
/// <see cref="SheetFormula"/>.</param>
/// <param name="Merges">Merged cells: first row, last row (counted from 0 below the headings), column.</param>
/// <param name="Faults">What a reader has to find, in the order of the sheet.</param>
/// <param name="People">What a reader has to read, in the order of the sheet.</param>
internal sealed record SampleSheet(
    IReadOnlyList<object?[]> Rows, IReadOnlyList<(int From, int To, int Column)> Merges, IReadOnlyList<PlantedFault> Faults,
    IReadOnlyList<RosterRow> People)
{
    /// <summary>The sheet's name in a workbook.</summary>
    public const string Name = "花名册";

    /// <summary>Lays a roster out; with dirt, that share of its rows is spoilt, and as many others are written in a village's own
    /// ways.</summary>
    /// <param name="dirt">From 0 to 1.</param>
    public static SampleSheet Of(IReadOnlyList<RosterRow> people, int seed, double dirt)
    {
        var random = new Random(seed ^ 0x5eed);
        var rows = people.Select((p, i) => new SampleRow(i, p with { At = new(Name, RosterTemplate.FirstRow + i) }, Cells(p, i))).ToList();

        foreach (var row in rows)
        {
            var draw = random.NextDouble();
            if (draw < dirt) SampleFaults.Spoil(row, rows, random);
            else if (draw < 2 * dirt) SampleQuirks.Vary(row, random);
        }

        var merges = new List<(int, int, int)>();
        Merge(rows, RosterColumn.Group, merges);
        Merge(rows, RosterColumn.Household, merges);
        return new(
            [.. rows.Select(r => r.Cells)], merges, [.. rows.Where(r => r.Fault is not null).Select(r => r.Fault!)],
            [.. rows.Where(r => r.Fault is null).Select(r => r.Person)]);
    }

    private static object?[] Cells(RosterRow p, int index) =>
    [
        (double)(index + 1), p.Group, p.Household, p.Name, RosterCodes.Sexes.Word(p.Sex), p.Born.ToString("yyyy-MM-dd"), p.Id?.Text,
        p.Phone?.Text,
        RosterCodes.Kinds.Word(p.Roles), p.Living is { } living ? RosterCodes.Livings.Word(living) : null,
        p.Support is { } support ? RosterCodes.Supports.Word(support) : null,
        p.Ability is { } ability ? RosterCodes.Abilities.Word(ability) : null,
        p.Point.Length > 0 ? p.Point : null, p.LeadsPoint ? RosterCodes.Parts.Word(true) : null,
        p.Relative?.Name, p.Relative is null ? null : RosterCodes.Relations.Word(p.Relative.Relation), p.Relative?.Phone?.Text,
        p.Home?.Landmark, p.Home?.Latitude, p.Home?.Longitude,
    ];

    /// <summary>Merges runs of equal cells, as cadres do; a spoilt or varied cell ends a run.</summary>
    private static void Merge(List<SampleRow> rows, RosterColumn column, List<(int From, int To, int Column)> merges)
    {
        var at = (int)column;
        for (var from = 0; from < rows.Count;)
        {
            var to = from;
            while (to + 1 < rows.Count && Same(rows[from], rows[to + 1], at)) to++;
            for (var r = from + 1; r <= to; r++) rows[r].Cells[at] = null;
            if (to > from) merges.Add((from, to, at));
            from = to + 1;
        }
    }

    private static bool Same(SampleRow first, SampleRow next, int at) =>
        first.Cells[at] is string text && text.Equals(next.Cells[at]) && first.Person.Roles == next.Person.Roles
        && first.Fault is null == next.Fault is null;
}

/// <summary>A formula in a cell, which the template has none of. 公式</summary>
internal sealed record SheetFormula(string Text);

/// <summary>A fault a generator planted: the cell as the spreadsheet program names it, and the code a reader has to give. 预置错误</summary>
public sealed record PlantedFault(string Cell, string Code);

/// <summary>One row on its way to the sheet.</summary>
internal sealed class SampleRow(int index, RosterRow person, object?[] cells)
{
    public int Index { get; } = index;

    public RosterRow Person { get; set; } = person;

    public object?[] Cells { get; } = cells;

    public PlantedFault? Fault { get; set; }

    /// <summary>Whether the row is written in a way of its own, so that others do not copy from it.</summary>
    public bool Varied { get; set; }

    public object? this[RosterColumn column]
    {
        get => Cells[(int)column];
        set => Cells[(int)column] = value;
    }
}
