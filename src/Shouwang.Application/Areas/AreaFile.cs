using CsvHelper;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Areas;

/// <summary>One line of an area file that could be read. 区划行</summary>
/// <param name="Line">Its number in the file, the header being 1.</param>
public readonly record struct AreaLine(int Line, AreaCode Code, string Name);

/// <summary>Why one line of a file was not taken. 退回行</summary>
/// <param name="Code">The area code as far as it could be read; empty otherwise.</param>
/// <param name="Reason">The refusal's code.</param>
/// <param name="Facts">The numbers and days the reason's sentence needs.</param>
public sealed record AreaLineFault(int Line, string Code, string Reason, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>The fault of a line that was refused.</summary>
    public static AreaLineFault Of(int line, string code, Refusal refusal) =>
        new(line, code, refusal.Code, refusal.Facts.ToDictionary(f => f.Key, f => $"{f.Value}"));
}

/// <summary>An administrative division file as the public "china-division" tables are shaped: a header with code and name and, where there
/// are any, the codes of the upper areas; codes of 2, 4, 6, 9 or 12 digits say the level. 区划文件</summary>
/// <param name="Lines">What could be read, in order of code, upper areas before what lies in them.</param>
/// <param name="Faults">What could not, in order of line.</param>
/// <param name="Repeated">How many lines said once more what another line says.</param>
public sealed record AreaFile(IReadOnlyList<AreaLine> Lines, IReadOnlyList<AreaLineFault> Faults, int Repeated)
{
    private static readonly CsvReaderOptions s_options = new() { TrackLineNumbers = true, AllowLineBreaksInQuotes = false };

    private static readonly (string Column, AreaLevel Level)[] s_uppers =
    [
        ("provinceCode", AreaLevel.Province), ("cityCode", AreaLevel.Prefecture),
        ("areaCode", AreaLevel.County), ("streetCode", AreaLevel.Township),
    ];

    /// <summary>How many lines there were besides the header.</summary>
    public int Read => Lines.Count + Faults.Count + Repeated;

    /// <summary>Reads a file that arrives over the network, in UTF-8.</summary>
    public static async Task<Result<AreaFile>> Receive(Stream bytes, CancellationToken ct)
    {
        using var reader = new StreamReader(bytes);
        return From(new StringReader(await reader.ReadToEndAsync(ct)));
    }

    /// <summary>Reads a file; what is wrong with a line becomes a fault, a file without the two columns is refused whole.</summary>
    public static Result<AreaFile> From(TextReader text)
    {
        var lines = new List<AreaLine>();
        var faults = new List<AreaLineFault>();
        using var csv = CsvReader.Create(text, s_options);
        var header = csv.Headers.Select(h => h.Trim('\uFEFF', ' ')).ToList();
        var (code, name) = (header.IndexOf("code"), header.IndexOf("name"));
        if (code < 0 || name < 0) return AreaRefusals.NotAnAreaFile;

        var uppers = s_uppers.Select(u => (At: header.IndexOf(u.Column), u.Level)).Where(u => u.At >= 0).ToArray();
        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            if (LineOf(csv, line, (code, name), uppers).IsOk(out var area, out var refusal)) lines.Add(area);
            else faults.Add(AreaLineFault.Of(line, Field(csv, code), refusal));
        }

        var repeated = DropRepeated(lines, faults);
        return new AreaFile(lines, faults, repeated);
    }

    private static Result<AreaLine> LineOf(CsvReader csv, int line, (int Code, int Name) at, (int At, AreaLevel Level)[] uppers)
    {
        if (!AreaCode.From(Field(csv, at.Code), "code").IsOk(out var code, out var refusal)) return refusal;
        if (code == AreaCode.Nation) return AreaRefusals.NationIsGiven;

        var name = Field(csv, at.Name);
        if (name.Length is 0 or > Area.LongestName) return AreaRefusals.BadName.With("longest", Area.LongestName);

        foreach (var (column, level) in uppers)
        {
            if (Field(csv, column) is not { Length: > 0 } text) continue;
            if (!AreaCode.From(text, "code").IsOk(out var upper, out refusal)) return refusal;
            if (upper != code.At(level)) return AreaRefusals.ParentOtherwise;
        }

        return new AreaLine(line, code, name);
    }

    private static string Field(CsvReader csv, int at) => at < csv.FieldCount ? csv.GetString(at).Trim() : "";

    /// <summary>Sorts by code and keeps the first of several lines with one code; under another name they are faults. A city without
    /// counties stands in the public tables twice, as a city and as its own county.</summary>
    private static int DropRepeated(List<AreaLine> lines, List<AreaLineFault> faults)
    {
        var inOrder = lines.OrderBy(l => l.Code).ThenBy(l => l.Line).ToArray();
        lines.Clear();
        var repeated = 0;
        foreach (var line in inOrder)
        {
            if (lines.Count == 0 || lines[^1].Code != line.Code) lines.Add(line);
            else if (lines[^1].Name == line.Name) repeated++;
            else faults.Add(AreaLineFault.Of(line.Line, line.Code.ToString(), AreaRefusals.CodeTwice));
        }

        faults.Sort((a, b) => a.Line.CompareTo(b.Line));
        return repeated;
    }
}
