using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Text;
using Shouwang.Domain.Kernel;

namespace Shouwang.Web.Common;

/// <summary>Every sentence the product says, by code, in the reader's language: one book over all pairs in <c>Resources</c>. 用语</summary>
/// <remarks>
/// The language is <see cref="CultureInfo.CurrentUICulture"/>, so one instance serves every request. A code without words answers
/// with the code itself; a test finds it. Facts are named: <c>还有 {left} 位没去</c>.
/// </remarks>
public sealed class Words
{
    /// <summary>The languages there are words in; the first is the house's own.</summary>
    public static readonly IReadOnlyList<string> Languages = ["zh-CN", "en"];

    /// <summary>A language's own name, as it is written on the switch to it.</summary>
    public static string NameOf(string language) => language == "en" ? "English" : "中文";

    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _books =
        Languages.ToFrozenDictionary(language => language, Read, StringComparer.OrdinalIgnoreCase);

    /// <summary>The words for a code.</summary>
    public string this[string code] => Book().GetValueOrDefault(code, code);

    /// <summary>The words for a code, with its facts written in.</summary>
    public string this[string code, params (string Name, object? Value)[] facts] =>
        Fill(this[code], name => Array.Find(facts, f => f.Name == name) is { Name: not null } fact ? Spoken.Of(fact.Value) : null);

    /// <summary>The words for a code, with its facts written in.</summary>
    public string this[string code, IReadOnlyDictionary<string, object> facts] =>
        Fill(this[code], name => facts.TryGetValue(name, out var value) ? Spoken.Of(value) : null);

    /// <summary>What a refusal says to a person.</summary>
    public string Of(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return this[refusal.Code, refusal.Facts];
    }

    /// <summary>Whether there are words for a code in the reader's language.</summary>
    public bool Has(string code) => Book().ContainsKey(code);

    /// <summary>Every code of a language, for the field app's own word list and for tests.</summary>
    public IReadOnlyDictionary<string, string> All(string language) => _books[language];

    /// <summary>The words of one language, module by module as they are stored; two modules with one key would hide each other.</summary>
    /// <returns>Module name, code, words.</returns>
    internal static IEnumerable<(string Module, string Code, string Said)> Stored(string language)
    {
        var book = typeof(Words).Assembly.GetSatelliteAssembly(CultureInfo.GetCultureInfo(language));
        var (prefix, suffix) = ("Shouwang.Web.Resources.", $".{language}.resources");
        foreach (var name in book.GetManifestResourceNames())
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal) || !name.EndsWith(suffix, StringComparison.Ordinal)) continue;
            using var reader = new ResourceReader(book.GetManifestResourceStream(name)!);
            var entries = reader.GetEnumerator();
            while (entries.MoveNext()) yield return (name[prefix.Length..^suffix.Length], (string)entries.Key, (string)entries.Value!);
        }
    }

    private static FrozenDictionary<string, string> Read(string language)
    {
        var book = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, code, said) in Stored(language)) book[code] = said;
        return book.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private FrozenDictionary<string, string> Book()
    {
        for (var culture = CultureInfo.CurrentUICulture; culture.Name.Length > 0; culture = culture.Parent)
        {
            if (_books.TryGetValue(culture.Name, out var book)) return book;
        }

        return _books[Languages[0]];
    }

    private static string Fill(string said, Func<string, string?> fact)
    {
        if (!said.Contains('{', StringComparison.Ordinal)) return said;
        var filled = new StringBuilder(said.Length + 16);
        for (var at = 0; at < said.Length;)
        {
            var open = said.IndexOf('{', at);
            var close = open < 0 ? -1 : said.IndexOf('}', open);
            if (close < 0) return filled.Append(said, at, said.Length - at).ToString();
            var value = fact(said[(open + 1)..close]);
            filled.Append(said, at, open - at);
            if (value is null) filled.Append(said, open, close + 1 - open);
            else filled.Append(value);
            at = close + 1;
        }

        return filled.ToString();
    }
}
