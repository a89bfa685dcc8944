using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Reads a village's roster as cadres have it, and says what is wrong with it cell by cell; touches no database. 花名册读取</summary>
public static class RosterWorkbook
{
    /// <summary>Reads every sheet that has the headings of a roster.</summary>
    /// <param name="file">An .xlsx, .xls, or CSV in UTF-8 or GB18030; at most 20 MB.</param>
    /// <param name="today">No one is born after this day.</param>
    /// <param name="regions">Which regions an ID number may begin with.</param>
    /// <returns>Good rows and errors by cell; or one refusal of the whole file (unreadable, password, too large, no headings).</returns>
    public static Result<RosterReading> Read(Stream file, DateOnly today, RegionCheck regions)
    {
        if (!Whole(file).IsOk(out var whole, out var refusal)) return refusal;
        using (whole)
        {
            if (!RosterFile.Read(whole).IsOk(out var raw, out refusal)) return refusal;

            var (sheets, reader) = (new List<RosterSheet>(), new RosterRowReader(today, regions));
            foreach (var sheet in raw)
            {
                if (!RosterHeader.Find(sheet).IsOk(out var header, out refusal)) return refusal.With("sheet", sheet.Name);
                if (header == RosterHeader.None) continue;

                sheets.Add(new(sheet.Name, header.Row, sheet.Width));
                reader.Read(sheet, header);
            }

            return sheets.Count == 0 ? RosterRefusals.NoHeader : new RosterReading(sheets, reader.Count, reader.Rows, reader.Errors);
        }
    }

    private static Result<MemoryStream> Whole(Stream file)
    {
        var whole = new MemoryStream();
        var buffer = new byte[81_920];
        while (file.Read(buffer) is > 0 and var read)
        {
            whole.Write(buffer, 0, read);
            if (whole.Length > RosterLimits.FileBytes) return RosterRefusals.TooLarge.With("most", RosterLimits.FileBytes);
        }

        whole.Position = 0;
        return whole;
    }
}
