using System.Globalization;
using System.Text.RegularExpressions;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Turns the rows of one file into persons or errors, and remembers what it saw, so that no one is read twice. 逐行读取</summary>
internal sealed partial class RosterRowReader(DateOnly today, RegionCheck regions)
{
    private const int MostYears = 120;

    private static readonly string[] s_footers = ["合计", "总计", "小计", "共计", "本页", "填表", "制表", "审核", "填报", "报送", "备注", "说明", "注:",
        "注意", "单位负责人", "负责人", "村委会", "村民委员会", "盖章", "日期"];

    private readonly List<RosterRow> _rows = [];
    private readonly List<CellError> _errors = [];
    private readonly Dictionary<string, int> _ids = [];
    private readonly Dictionary<(string Name, DateOnly Born, string Household), int> _keys = [];

    public IReadOnlyList<RosterRow> Rows => _rows;

    public IReadOnlyList<CellError> Errors => _errors;

    /// <summary>How many rows held a person.</summary>
    public int Count { get; private set; }

    public void Read(RosterFile.Sheet sheet, RosterHeader header)
    {
        var merged = new MergedCells(sheet, header);
        foreach (var row in sheet.Rows.Where(r => r.Number > header.Row))
        {
            var cells = new RosterCells(sheet, header, row, column => merged.Over(column, row.Number));
            merged.Pass(row);
            if (IsNoPerson(row, header)) continue;

            Count++;
            var person = Person(cells, sheet.Name);
            if (person is not null && cells.Errors.Count == 0) _rows.Add(person);
            _errors.AddRange(cells.Errors);
        }
    }

    /// <summary>Blank lines, sums and signatures below, and headings repeated for each printed page.</summary>
    private static bool IsNoPerson(RosterFile.Row row, RosterHeader header)
    {
        var own = header.Columns.Where(c => c.Key != RosterColumn.Number && !RosterColumns.Shared.Contains(c.Key));
        var filled = own.Where(c => RosterHeader.Text(row[c.Value]).Length > 0).Select(c => c.Key).ToHashSet();
        if (filled.Count == 0) return true;

        var first = RosterHeader.Text(row.Cells.FirstOrDefault(c => c is not null));
        var hasSex = header.Columns.TryGetValue(RosterColumn.Sex, out var at)
            && RosterCodes.Sexes.TryRead(RosterHeader.Text(row[at]), out _);
        var isSomebody = filled.Contains(RosterColumn.Id)
            || (filled.Contains(RosterColumn.Name) && (filled.Contains(RosterColumn.Born) || hasSex));
        if (!isSomebody && Array.Exists(s_footers, f => first.StartsWith(f, StringComparison.Ordinal))) return true;
        return RosterColumns.Of(RosterHeader.Text(row[header.Columns[RosterColumn.Name]])) == RosterColumn.Name;
    }

    private RosterRow? Person(RosterCells cells, string sheetName)
    {
        cells.RefuseFormulas();
        if (cells.Errors.Count > 0) return null;

        var name = Name(cells);
        var roles = Roles(cells, sheetName);
        var household = cells.Text(RosterColumn.Household, 20);
        var group = cells.Text(RosterColumn.Group, 30);
        if (cells.Has(RosterColumn.Group) && cells.Text(RosterColumn.Group).Length == 0)
            cells.Refuse(RosterColumn.Group, RosterRefusals.GroupMissing);

        var id = Id(cells);
        var (sex, born) = SexAndBirth(cells, id);
        var row =
            new RosterRow(cells.At, roles, name, sex ?? default, born ?? default, id, Phone(cells, RosterColumn.Phone), group, household)
        {
            Living = cells.Coded(RosterColumn.Living, RosterCodes.Livings, RosterRefusals.LivingUnknown),
            Support = cells.Coded(RosterColumn.Support, RosterCodes.Supports, RosterRefusals.SupportUnknown),
            Ability = cells.Coded(RosterColumn.Ability, RosterCodes.Abilities, RosterRefusals.AbilityUnknown),
            Point = cells.Text(RosterColumn.Point, 40),
            LeadsPoint = cells.Coded(RosterColumn.Part, RosterCodes.Parts, RosterRefusals.PartUnknown) ?? false,
            Relative = Relative(cells),
            Home = Home(cells),
        };

        if (cells.Errors.Count == 0) RefuseRepeat(cells, row);
        return row;
    }

    private static string Name(RosterCells cells)
    {
        var name = PersonNames.Normalised(cells.Text(RosterColumn.Name, 30));
        if (name.Length == 0 && cells.Text(RosterColumn.Name).Length == 0) cells.Refuse(RosterColumn.Name, RosterRefusals.NameMissing);
        else if (!PersonNames.IsSpelled(name) && name.Length > 0) cells.Refuse(RosterColumn.Name, RosterRefusals.NameCharacters);
        return name;
    }

    private static PersonRoles Roles(RosterCells cells, string sheetName)
    {
        if (!cells.Has(RosterColumn.Kind)) return RolesOf(sheetName);
        var words = cells.Text(RosterColumn.Kind);
        if (words.Length == 0)
        {
            cells.Refuse(RosterColumn.Kind, RosterRefusals.KindMissing);
            return PersonRoles.None;
        }

        var roles = PersonRoles.None;
        foreach (var word in words.Split(['、', ',', ';', '/', '+'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (RosterCodes.Kinds.TryRead(word, out var role)) roles |= role;
            else cells.Refuse(RosterColumn.Kind, RosterRefusals.KindUnknown);
        }

        return roles;
    }

    private static PersonRoles RolesOf(string sheetName)
    {
        if (sheetName.Contains("志愿", StringComparison.Ordinal) || sheetName.Contains("互助员", StringComparison.Ordinal))
            return PersonRoles.Volunteer;
        return sheetName.Contains("村医", StringComparison.Ordinal) ? PersonRoles.VillageDoctor : PersonRoles.Elder;
    }

    private NationalId? Id(RosterCells cells)
    {
        var raw = cells.Raw(RosterColumn.Id);
        var text = RosterHeader.Text(raw).TrimStart('\'', '‘', '’', '`');
        if (text.Length == 0) return null;
        if (raw is not string || Scientific().IsMatch(text))
        {
            cells.Refuse(RosterColumn.Id, RosterRefusals.IdBecameNumber);
            return null;
        }

        if (NationalId.From(text, "", today, regions).IsOk(out var id, out var refusal))
        {
            if (_ids.TryAdd(id.Text, cells.At.Row)) return id;
            cells.Refuse(RosterColumn.Id, RosterRefusals.IdTwice.With("row", _ids[id.Text]));
            return id;
        }

        var cut = refusal.Code == IdRefusals.CheckDigit.Code && text.EndsWith("000", StringComparison.Ordinal);
        cells.Refuse(RosterColumn.Id, cut ? RosterRefusals.IdBecameNumber : refusal);
        return null;
    }

    private (Sex? Sex, DateOnly? Born) SexAndBirth(RosterCells cells, NationalId? id)
    {
        var sex = cells.Coded(RosterColumn.Sex, RosterCodes.Sexes, RosterRefusals.SexUnknown);
        var born = Birth(cells);
        var repeated = cells.Errors.Any(e => e.Refusal.Code == RosterRefusals.IdTwice.Code);

        if (id is { } known)
        {
            if (sex is not null && sex != known.Sex && !repeated) cells.Refuse(RosterColumn.Sex, RosterRefusals.SexDiffers);
            if (born is { } stated && !stated.Agrees(known.Born) && !repeated) cells.Refuse(RosterColumn.Born, RosterRefusals.BornDiffers);
            return (known.Sex, known.Born);
        }

        var refusedId = cells.Text(RosterColumn.Id).Length > 0;
        if (cells.Text(RosterColumn.Sex).Length == 0 && !refusedId) cells.Refuse(RosterColumn.Sex, RosterRefusals.SexMissing);
        if (cells.Text(RosterColumn.Born).Length == 0 && !refusedId) cells.Refuse(RosterColumn.Born, RosterRefusals.BornMissing);
        return (sex, born?.Day);
    }

    private RosterDates.Birth? Birth(RosterCells cells)
    {
        var raw = cells.Raw(RosterColumn.Born);
        var text = RosterHeader.Text(raw);
        if (text.Length == 0) return null;
        if (!RosterDates.Read(raw is string ? text : raw!).IsOk(out var birth, out var refusal))
        {
            cells.Refuse(RosterColumn.Born, refusal);
            return null;
        }

        if (birth.Day <= today && birth.Day > today.AddYears(-MostYears)) return birth;
        cells.Refuse(RosterColumn.Born, RosterRefusals.BornImpossible);
        return null;
    }

    private static PhoneNumber? Phone(RosterCells cells, RosterColumn column)
    {
        var text = cells.Text(column).TrimStart('\'', '‘', '’', '`');
        if (text.Length == 0) return null;
        if (PhoneNumber.From(text, "").IsOk(out var phone, out var refusal)) return phone;
        cells.Refuse(column, refusal);
        return null;
    }

    private static RosterRelative? Relative(RosterCells cells)
    {
        var name = PersonNames.Normalised(cells.Text(RosterColumn.RelativeName, 30));
        var phone = Phone(cells, RosterColumn.RelativePhone);
        var relation = cells.Coded(RosterColumn.Relation, RosterCodes.Relations, RosterRefusals.RelationUnknown);
        if (name.Length > 0)
        {
            if (!PersonNames.IsSpelled(name)) cells.Refuse(RosterColumn.RelativeName, RosterRefusals.NameCharacters);
            return new(name, relation ?? RelationKind.Child, phone);
        }

        if (cells.Text(RosterColumn.RelativePhone).Length > 0) cells.Refuse(RosterColumn.RelativeName, RosterRefusals.RelativeNameless);
        return null;
    }

    private static HomeSpot? Home(RosterCells cells)
    {
        var landmark = cells.Text(RosterColumn.Landmark, 200);
        var latitude = Degrees(cells, RosterColumn.Latitude, 3, 54);
        var longitude = Degrees(cells, RosterColumn.Longitude, 73, 136);
        var (hasOne, hasOther) = (cells.Text(RosterColumn.Latitude).Length > 0, cells.Text(RosterColumn.Longitude).Length > 0);
        if (hasOne != hasOther) cells.Refuse(hasOne ? RosterColumn.Longitude : RosterColumn.Latitude, RosterRefusals.CoordinateHalf);
        return landmark.Length == 0 && latitude is null ? null : new(landmark, latitude, longitude);
    }

    private static double? Degrees(RosterCells cells, RosterColumn column, int least, int most)
    {
        var text = cells.Text(column).TrimEnd('°');
        if (text.Length == 0) return null;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var degrees))
        {
            cells.Refuse(column, RosterRefusals.CoordinateUnreadable);
            return null;
        }

        if (degrees >= least && degrees <= most) return degrees;
        cells.Refuse(column, RosterRefusals.CoordinateOutside.With("least", least).With("most", most));
        return null;
    }

    private void RefuseRepeat(RosterCells cells, RosterRow row)
    {
        if (row.Id is not null) return;
        if (row.Household.Length == 0) cells.Refuse(RosterColumn.Household, RosterRefusals.KeyMissing);
        else if (!_keys.TryAdd((row.Name, row.Born, row.Household), row.At.Row))
        {
            cells.Refuse(RosterColumn.Name, RosterRefusals.RowTwice.With("row", _keys[(row.Name, row.Born, row.Household)]));
        }
    }

    [GeneratedRegex(@"^[0-9](\.[0-9]+)?[Ee]\+?1[3-9]$")]
    private static partial Regex Scientific();

    /// <summary>What an empty shared cell gets from the merged cell it lies in, or in CSV from the row above.</summary>
    private sealed class MergedCells(RosterFile.Sheet sheet, RosterHeader header)
    {
        private static readonly Comparer<RosterFile.Merge> s_byFirstRow =
            Comparer<RosterFile.Merge>.Create((a, b) => a.FromRow.CompareTo(b.FromRow));

        private readonly Dictionary<(int Row, int Column), object?> _starts = [];
        private readonly Dictionary<int, object?> _above = [];
        private readonly Dictionary<int, List<RosterFile.Merge>> _merges = sheet.Merges.Where(m => m.ToRow > m.FromRow)
            .GroupBy(m => m.FromColumn).ToDictionary(g => g.Key, g => g.OrderBy(m => m.FromRow).ToList());

        /// <summary>Notes what later rows may need of this one.</summary>
        public void Pass(RosterFile.Row row)
        {
            foreach (var column in RosterColumns.Shared)
            {
                if (!header.Columns.TryGetValue(column, out var at) || row[at] is not { } value) continue;
                _starts[(row.Number, at)] = value;
                if (column == RosterColumn.Group) _above[at] = value;
            }
        }

        public object? Over(RosterColumn column, int row)
        {
            var at = header.Columns[column];
            if (sheet.FillsDown) return _above.GetValueOrDefault(at);
            if (!_merges.TryGetValue(at, out var merges)) return null;

            var next = merges.BinarySearch(new(row, 0, 0, 0), s_byFirstRow);
            var before = next >= 0 ? next : ~next - 1;
            return before >= 0 && row <= merges[before].ToRow ? _starts.GetValueOrDefault((merges[before].FromRow, at)) : null;
        }
    }
}
