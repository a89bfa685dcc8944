using System.Collections.Frozen;
using System.Text;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Makes a name searchable: by its characters, whatever spaces were typed, and by the initials of its pinyin. 姓名检索</summary>
public static class PersonNames
{
    private const char MiddleDot = '·';

    /// <summary>What is typed for the dot in 买买提·吐尔逊.</summary>
    private static readonly int[] s_dots = ['•', '・', '‧', '∙', '⋅', '⸱', '.'];

    private static readonly Table s_table = Table.Read();

    /// <summary>The name as written, its key and its initials (王秀英 → WXY; 单 as a surname → S).</summary>
    public static PersonName Of(string typed)
    {
        var text = Normalised(typed);
        return new(text, text.ToUpperInvariant(), InitialsOf(text));
    }

    /// <summary>NFKC, without any space, the middle dot of long names always the same character.</summary>
    public static string Normalised(string typed)
    {
        var text = new StringBuilder(typed.Length);
        foreach (var rune in typed.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format) continue;
            if (Array.IndexOf(s_dots, rune.Value) >= 0) text.Append(MiddleDot);
            else text.Append(rune);
        }

        return text.ToString();
    }

    /// <summary>Whether a normalised name is made of letters and the middle dot alone; rare characters such as 𠮷, which take two places in
    /// memory, and the nought 〇 are letters too.</summary>
    public static bool IsSpelled(string name) =>
        name.Length > 0 && name.EnumerateRunes().All(r => Rune.IsLetter(r) || r.Value is MiddleDot or '〇');

    private static string InitialsOf(string text)
    {
        var initials = new StringBuilder(text.Length);
        var surname = s_table.SurnameOf(text);
        initials.Append(surname.Initials);
        foreach (var c in text.AsSpan(surname.Length))
        {
            if (char.IsAsciiLetterOrDigit(c)) initials.Append(char.ToUpperInvariant(c));
            else if (s_table.Initial(c) is { } initial) initials.Append(initial);
        }

        return initials.ToString();
    }

    private sealed record Table(FrozenDictionary<char, char> Characters, FrozenDictionary<string, string> Surnames)
    {
        public char? Initial(char c) => Characters.TryGetValue(c, out var initial) ? initial : null;

        public (int Length, string Initials) SurnameOf(string text)
        {
            if (text.Length > 2 && Surnames.TryGetValue(text[..2], out var two)) return (2, two);
            if (text.Length > 1 && Surnames.TryGetValue(text[..1], out var one)) return (1, one);
            return (0, "");
        }

        public static Table Read()
        {
            using var file = typeof(PersonNames).Assembly.GetManifestResourceStream("people/pinyin-initials.txt")
                ?? throw new InvalidOperationException("The pinyin table is not in the assembly.");
            using var lines = new StreamReader(file);
            var (characters, surnames) = (new Dictionary<char, char>(), new Dictionary<string, string>());

            while (lines.ReadLine() is { } line)
            {
                if (line[0] == '#') continue;
                var parts = line.Split(' ');
                if (parts[0] == "=") surnames.Add(parts[1], parts[2]);
                else foreach (var c in parts[1]) characters.Add(c, parts[0][0]);
            }

            return new(characters.ToFrozenDictionary(), surnames.ToFrozenDictionary());
        }
    }
}
