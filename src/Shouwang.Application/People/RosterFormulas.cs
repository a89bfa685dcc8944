using System.Buffers.Binary;

namespace Shouwang.Application.People;

/// <summary>Where formulas stand in an .xls: its reader gives their last results like any number, so the records of the workbook are walked
/// once more. 旧式公式检查</summary>
internal sealed class RosterFormulas
{
    private const int End = 0x000A;
    private const int SheetPlace = 0x0085;
    private const int RecordHead = 4;

    /// <summary>A formula, as the releases number it.</summary>
    private static readonly int[] s_formulas = [0x0006, 0x0206, 0x0406];

    private readonly byte[] _book;
    private readonly List<int> _sheets = [];

    /// <param name="book">The workbook's records.</param>
    public RosterFormulas(byte[] book)
    {
        _book = book;
        for (var at = 0; Record(at) is var (kind, body) && kind != End; at = body.End.Value)
        {
            if (kind != SheetPlace || body.End.Value - body.Start.Value < 6) continue;
            var says = _book.AsSpan(body);
            if (says[5] == 0) _sheets.Add(BinaryPrimitives.ReadInt32LittleEndian(says));
            HasMacros |= says[5] is 1 or 6;
        }
    }

    /// <summary>Whether a sheet holds nothing but commands, as macros did before there was a language for them.</summary>
    public bool HasMacros { get; private set; }

    /// <summary>The cells with a formula.</summary>
    /// <param name="sheet">Counted from 0, over all sheets that hold cells, the hidden ones too.</param>
    /// <returns>At most one more than a roster may have.</returns>
    public HashSet<string> Of(int sheet)
    {
        var cells = new HashSet<string>();
        // A workbook from before there were several sheets has no list of them: it is the sheet.
        var start = sheet < _sheets.Count ? _sheets[sheet] : 0;
        for (var at = start; Record(at) is var (kind, body) && cells.Count <= RosterLimits.Formulas; at = body.End.Value)
        {
            if (kind == End) break;
            if (Array.IndexOf(s_formulas, kind) < 0 || body.End.Value - body.Start.Value < 4) continue;
            var place = _book.AsSpan(body);
            cells.Add(RosterHeader.CellName(
                BinaryPrimitives.ReadUInt16LittleEndian(place[2..]), BinaryPrimitives.ReadUInt16LittleEndian(place) + 1));
        }

        return cells;
    }

    /// <summary>The record at a place; none where the workbook ends.</summary>
    private (int Kind, Range Body)? Record(int at)
    {
        if (at < 0 || at > _book.Length - RecordHead) return null;
        var start = at + RecordHead;
        var end = start + BinaryPrimitives.ReadUInt16LittleEndian(_book.AsSpan(at + 2));
        return end > _book.Length ? null : (BinaryPrimitives.ReadUInt16LittleEndian(_book.AsSpan(at)), start..end);
    }
}
