using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Shouwang.IntegrationTests.Look;

/// <summary>Writes HTML one way: a tag or a text a line, attributes sorted, spaces collapsed. What two browsers would show alike is
/// equal.</summary>
internal static partial class PlainHtml
{
    private static readonly HashSet<string> s_void = ["input", "br", "hr", "img", "meta", "link"];

    public static string Of(string html)
    {
        var lines = new StringBuilder();
        foreach (Match token in Token().Matches(html))
        {
            if (token.Groups["text"] is { Success: true } text)
            {
                var said = Spaces().Replace(WebUtility.HtmlDecode(text.Value), " ").Trim();
                if (said.Length > 0) lines.Append(said).Append('\n');
            }
            else if (token.Groups["open"] is { Success: true } open)
            {
                var name = open.Value.ToLowerInvariant();
                lines.Append('<').Append(name).Append(Attributes(token.Groups["rest"].Value)).Append(">\n");
                if (token.Groups["self"].Length > 0 && !s_void.Contains(name)) lines.Append("</").Append(name).Append(">\n");
            }
            else if (token.Groups["close"] is { Success: true } close)
            {
                lines.Append("</").Append(close.Value.ToLowerInvariant()).Append(">\n");
            }
        }

        // Texts that touch are one text: a template's own spaces between them say nothing.
        return TouchingTexts().Replace(lines.ToString(), " ");
    }

    private static string Attributes(string rest)
    {
        var pairs = Attribute().Matches(rest).Select(m =>
        {
            var value = Spaces().Replace(WebUtility.HtmlDecode(m.Groups["value"].Value), " ").Trim();
            if (m.Groups["name"].Value == "class") value = string.Join(' ', value.Split(' ').Order(StringComparer.Ordinal));
            return $" {m.Groups["name"].Value}=\"{value}\"";
        });
        return string.Concat(pairs.Order(StringComparer.Ordinal));
    }

    // One pattern, put together from its parts.
    private const string Comment = "<!--.*?-->";
    private const string Value = """"(?:"[^"]*"|'[^']*'|[^\s>]+)"""";
    private const string Open = """<(?<open>[A-Za-z][\w-]*)(?<rest>(?:\s+[^\s=>/"']+(?:\s*=\s*""" + Value + """)?)*)\s*(?<self>/?)>""";
    private const string Close = """</(?<close>[A-Za-z][\w-]*)\s*>""";

    [GeneratedRegex(Comment + "|" + Open + "|" + Close + "|(?<text>[^<]+|<)", RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex("""(?<name>[^\s=>/"']+)(?:\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s>]+)))?""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<=^[^<\n][^\n]*)\n(?=[^<\n])", RegexOptions.Multiline)]
    private static partial Regex TouchingTexts();
}
