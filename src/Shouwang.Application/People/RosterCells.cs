using Shouwang.Domain.Kernel;

namespace Shouwang.Application.People;

/// <summary>One row of a sheet, read by column: its texts, what merged cells give it, and the errors it collects. 行单元格</summary>
internal sealed class RosterCells(RosterFile.Sheet sheet, RosterHeader header, RosterFile.Row row, Func<RosterColumn, object?> shared)
{
    private readonly List<CellError> _errors = [];

    public IReadOnlyList<CellError> Errors => _errors;

    public RosterLine At => new(sheet.Name, row.Number);

    public bool Has(RosterColumn column) => header.Columns.ContainsKey(column);

    /// <summary>The cell as it arrived; a shared column's empty cell gives what is merged over it.</summary>
    public object? Raw(RosterColumn column)
    {
        if (!header.Columns.TryGetValue(column, out var at)) return null;
        var own = row[at];
        return own is null or "" && RosterColumns.Shared.Contains(column) ? shared(column) : own;
    }

    /// <summary>The cell's text, normalised and without spaces; empty where there is none.</summary>
    public string Text(RosterColumn column) => RosterHeader.Text(Raw(column));

    /// <summary>The text, refused where it is longer than the house keeps.</summary>
    public string Text(RosterColumn column, int most)
    {
        var text = Text(column);
        if (text.Length <= most) return text;
        Refuse(column, RosterRefusals.TextTooLong.With("most", most));
        return "";
    }

    public void Refuse(RosterColumn column, Refusal refusal)
    {
        var at = header.Columns.TryGetValue(column, out var known) ? known : header.Columns[RosterColumn.Name];
        var cell = RosterHeader.CellName(at, row.Number);
        _errors.Add(new(sheet.Name, cell, row.Number, refusal with { Field = cell }));
    }

    /// <summary>A coded cell: no value where it is empty, an error where the word is unknown.</summary>
    public T? Coded<T>(RosterColumn column, RosterCodes.Code<T> code, Refusal unknown) where T : struct
    {
        var word = Text(column);
        if (word.Length == 0) return null;
        if (code.TryRead(word, out var value)) return value;
        Refuse(column, unknown);
        return null;
    }

    /// <summary>Refuses every formula in a column we read: its shown value may be stale, and it may lead out of the sheet.</summary>
    public void RefuseFormulas()
    {
        if (sheet.Formulas.Count == 0) return;
        foreach (var (column, at) in header.Columns)
        {
            if (column != RosterColumn.Number && sheet.Formulas.Contains(RosterHeader.CellName(at, row.Number)))
                Refuse(column, RosterRefusals.Formula);
        }
    }
}
