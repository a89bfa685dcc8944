using System.Text;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Ways in which villages write right things: a reader must take every one without a word. 合法写法</summary>
internal static class SampleQuirks
{
    private static readonly Action<SampleRow, Random>[] s_ways =
    [
        (row, _) => row[RosterColumn.Name] = Spaced(row.Person.Name),
        (row, _) => row[RosterColumn.Phone] = row.Person.Phone is { } phone ? double.Parse(phone.Text) : null,
        (row, _) =>
            row[RosterColumn.Phone] = row.Person.Phone is { } phone ? $"{phone.Text[..3]} {phone.Text[3..7]}-{phone.Text[7..]}" : null,
        (row, _) => row[RosterColumn.Id] = Wide(row.Person.Id!.Value.Text),
        (row, _) => row[RosterColumn.Id] = $" {row.Person.Id!.Value.Text.ToLowerInvariant()}　",
        (row, _) => row[RosterColumn.Id] = Legacy(row.Person.Id!.Value.Text),
        (row, _) => row[RosterColumn.Born] = row.Person.Born.ToString("yyyy.M.d"),
        (row, _) => row[RosterColumn.Born] = row.Person.Born.ToString("yyyy/M/d"),
        (row, _) => row[RosterColumn.Born] = row.Person.Born.ToString("yyyy年M月d日"),
        (row, _) => row[RosterColumn.Born] = row.Person.Born.ToString("yyyy年M月"),
        (row, _) => row[RosterColumn.Born] = double.Parse(row.Person.Born.ToString("yyyyMMdd")),
        (row, _) => row[RosterColumn.Born] = row.Person.Born.ToDateTime(TimeOnly.MinValue).ToOADate(),
        (row, _) => row[RosterColumn.Born] = LunarDates.Write(LunarDates.Of(row.Person.Born)),
        (row, _) => row[RosterColumn.Born] = null,
        (row, _) => row[RosterColumn.Sex] = null,
        WithoutId,
        (row, random) => row[RosterColumn.Kind] = Other(RosterCodes.Kinds.Words(row.Person.Roles), random),
        (row, random) => row[RosterColumn.Living] = row.Person.Living is { } l ? Other(RosterCodes.Livings.Words(l), random) : null,
        (row, random) => row[RosterColumn.Support] = row.Person.Support is { } s ? Other(RosterCodes.Supports.Words(s), random) : null,
        (row, random) => row[RosterColumn.Ability] = row.Person.Ability is { } a ? Other(RosterCodes.Abilities.Words(a), random) : null,
        (row, random) =>
            row[RosterColumn.Relation] = row.Person.Relative is null ? null
                : Other(RosterCodes.Relations.Words(RelationKind.Child), random),
    ];

    public static void Vary(SampleRow row, Random random)
    {
        row.Varied = true;
        s_ways[random.Next(s_ways.Length)](row, random);
    }

    private static void WithoutId(SampleRow row, Random random)
    {
        row[RosterColumn.Id] = null;
        row.Person = row.Person with { Id = null };
    }

    private static string Spaced(string name) => name.Length == 2 ? $"{name[0]}　{name[1]}" : string.Join(' ', name.ToCharArray());

    private static string Wide(string text) => new([.. text.Select(c => char.IsAsciiDigit(c) ? (char)(c - '0' + '０') : c)]);

    private static string Legacy(string id) => id.AsSpan(6, 2) is "19" ? id[..6] + id[8..17] : id;

    private static string Other(IReadOnlyList<string> words, Random random) =>
        words[random.Next(words.Count)].Normalize(NormalizationForm.FormKC);
}
