using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Plants faults as they come from villages, one to a row, and notes what a reader has to say. 预置错误</summary>
internal static class SampleFaults
{
    /// <summary>One kind of fault: where it shows, its code, how it is planted; says false where the row does not lend itself to
    /// it.</summary>
    private sealed record Kind(RosterColumn Column, string Code, Func<SampleRow, IReadOnlyList<SampleRow>, bool> Plant);

    private static readonly Kind[] s_kinds =
    [
        Set(RosterColumn.Name, "roster.name-missing", _ => null),
        Set(RosterColumn.Name, "roster.name-characters", p => p.Name + "2"),
        Set(RosterColumn.Kind, "roster.kind-missing", _ => null),
        Set(RosterColumn.Kind, "roster.kind-unknown", _ => "群众"),
        Set(RosterColumn.Group, "roster.group-missing", _ => null),
        Set(RosterColumn.Sex, "roster.sex-unknown", _ => "不详"),
        Set(RosterColumn.Sex, "roster.sex-differs", p => RosterCodes.Sexes.Word(p.Sex == Sex.Male ? Sex.Female : Sex.Male)),
        Set(RosterColumn.Born, "roster.born-unreadable", _ => "属鸡的"),
        Set(RosterColumn.Born, "roster.born-incomplete", p => $"{p.Born.Year}年"),
        Set(RosterColumn.Born, "roster.born-impossible", p => $"{p.Born.Year}.2.30"),
        Set(RosterColumn.Born, "roster.born-differs", p => p.Born.AddYears(1).AddDays(17).ToString("yyyy-MM-dd")),
        Set(RosterColumn.Id, "roster.id-became-number", p => double.Parse(p.Id!.Value.Text[..17] + "0")),
        Set(RosterColumn.Id, "people.id-length", p => p.Id!.Value.Text[..17]),
        Set(RosterColumn.Id, "people.id-characters", p => $"{p.Id!.Value.Text[..15]}O{p.Id.Value.Text[16..]}"),
        Set(RosterColumn.Id, "people.id-region", p => Recut(p, id => "160101" + id[6..17])),
        Set(RosterColumn.Id, "people.id-birth", p => Recut(p, id => $"{id[..10]}0230{id[14..17]}")),
        Set(RosterColumn.Id, "people.id-future", p => Recut(p, id => $"{id[..6]}20990101{id[14..17]}")),
        Set(RosterColumn.Id, "people.id-check-digit", p => p.Id!.Value.Text[..17] + (p.Id.Value.Text[17] == '5' ? '6' : '5')),
        new(RosterColumn.Id, "roster.id-twice", IdTwice),
        new(RosterColumn.Name, "roster.row-twice", RowTwice),
        new(RosterColumn.Household, "roster.key-missing", (row, _) => Clear(row, RosterColumn.Id, RosterColumn.Household)),
        new(RosterColumn.Sex, "roster.sex-missing", (row, _) => Clear(row, RosterColumn.Id, RosterColumn.Sex)),
        new(RosterColumn.Born, "roster.born-missing", (row, _) => Clear(row, RosterColumn.Id, RosterColumn.Born)),
        Set(RosterColumn.Phone, "people.phone-length", _ => "1000000123"),
        Set(RosterColumn.Phone, "people.phone-characters", _ => "1000000l234"),
        Set(RosterColumn.Phone, "people.phone-prefix", _ => "20000001234"),
        Set(RosterColumn.Living, "roster.living-unknown", _ => "不清楚"),
        Set(RosterColumn.Support, "roster.support-unknown", _ => "待定"),
        Set(RosterColumn.Ability, "roster.ability-unknown", _ => "还行"),
        Set(RosterColumn.Part, "roster.part-unknown", _ => "会计"),
        OfRelative(RosterColumn.RelativePhone, "people.phone-length", "100000012345"),
        OfRelative(RosterColumn.RelativeName, "roster.relative-nameless", null),
        OfRelative(RosterColumn.Relation, "roster.relation-unknown", "同事"),
        Set(RosterColumn.Latitude, "roster.coordinate-unreadable", _ => "北面"),
        Set(RosterColumn.Longitude, "roster.coordinate-outside", p => p.Home!.Latitude),
        Set(RosterColumn.Longitude, "roster.coordinate-half", _ => null),
        Set(RosterColumn.Landmark, "roster.text-too-long", _ => string.Concat(Enumerable.Repeat("往前走再拐弯", 40))),
        Set(RosterColumn.Point, "roster.formula", _ => new SheetFormula("A1&\"互助点\"")),
        Set(RosterColumn.Phone, "roster.formula", _ => new SheetFormula("10000000000+ROW()")),
    ];

    /// <summary>Every code that can be planted.</summary>
    public static IEnumerable<string> Codes => s_kinds.Select(k => k.Code).Distinct();

    /// <summary>Plants one fault drawn at random; another one where the row does not lend itself to the first.</summary>
    public static void Spoil(SampleRow row, IReadOnlyList<SampleRow> rows, Random random)
    {
        for (var tries = 0; tries < s_kinds.Length && row.Fault is null; tries++)
        {
            var kind = s_kinds[random.Next(s_kinds.Length)];
            if (!kind.Plant(row, rows)) continue;
            row.Fault = new(RosterHeader.CellName((int)kind.Column, row.Person.At.Row), kind.Code);
        }
    }

    private static Kind Set(RosterColumn column, string code, Func<RosterRow, object?> value) =>
        new(column, code, (row, _) => Put(row, column, value(row.Person)));

    private static Kind OfRelative(RosterColumn column, string code, string? value) =>
        new(column, code, (row, _) => row.Person.Relative is not null && Put(row, column, value));

    private static bool Put(SampleRow row, RosterColumn column, object? value)
    {
        row[column] = value;
        return true;
    }

    private static bool Clear(SampleRow row, params ReadOnlySpan<RosterColumn> columns)
    {
        foreach (var column in columns) row[column] = null;
        return true;
    }

    /// <summary>The ID number with other digits and the check character that fits them.</summary>
    private static string Recut(RosterRow person, Func<string, string> change) => NationalId.Complete(change(person.Id!.Value.Text));

    private static bool IdTwice(SampleRow row, IReadOnlyList<SampleRow> rows)
    {
        if (Earlier(row, rows, r => !r.Varied) is not { } earlier) return false;
        return Put(row, RosterColumn.Id, earlier.Person.Id!.Value.Text);
    }

    private static bool RowTwice(SampleRow row, IReadOnlyList<SampleRow> rows)
    {
        if (Earlier(row, rows, r => r.Person.Id is null) is not { } earlier) return false;
        Clear(row, RosterColumn.Id);
        Put(row, RosterColumn.Name, earlier.Person.Name);
        Put(row, RosterColumn.Born, earlier.Person.Born.ToString("yyyy-MM-dd"));
        return Put(row, RosterColumn.Household, earlier.Person.Household);
    }

    private static SampleRow? Earlier(SampleRow row, IReadOnlyList<SampleRow> rows, Func<SampleRow, bool> wanted)
    {
        for (var i = row.Index - 1; i >= 0 && i > row.Index - 400; i--)
        {
            if (rows[i].Fault is null && wanted(rows[i])) return rows[i];
        }

        return null;
    }
}
