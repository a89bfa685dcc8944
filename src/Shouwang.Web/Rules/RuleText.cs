using System.Globalization;
using Shouwang.Application.Rules;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;
using Shouwang.Web.Common;

namespace Shouwang.Web.Rules;

/// <summary>A rule's value in the reader's words: 10 位, 是, 每月 90 分钟; a table as a list. 规则读法</summary>
internal static class RuleText
{
    public static string Of(string id, RuleValue value, RuleUnit unit, Words words) => value switch
    {
        RuleValue.Number number => Amount(number.Amount, unit, words),
        RuleValue.Flag or RuleValue.Choice => Choice(value.Text, words),
        RuleValue.Table table => Spoken.List(table.Rows.Select(r => $"{Key(id, r.Key, words)} {Amount(r.Value, unit, words)}")),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    /// <summary>What may still be chosen: the words, or from which amount to which.</summary>
    public static string Open(Bounds bounds, RuleUnit unit, Words words)
    {
        if (bounds.Allow is { } allowed) return Spoken.List(allowed.Select(one => Choice(one, words)));
        string End(long? amount) => amount is { } given ? Amount(given, unit, words) : "…";
        return $"{End(bounds.Min)} – {End(bounds.Max)}";
    }

    /// <summary>What an area is called in a list of rules.</summary>
    public static string Place(ListRules.View view, AreaCode area, Words words) =>
        area == AreaCode.Nation ? words["rules.nation"] : view.Names.GetValueOrDefault(area) ?? area.ToString();

    /// <summary>The rules whose name holds what is looked for.</summary>
    public static List<ListRules.Row> Found(ListRules.View view, string? find, Words words) =>
        [.. view.Rules.Where(r => words[$"rules.name.{r.Id}"].Contains(find?.Trim() ?? "", StringComparison.OrdinalIgnoreCase))];

    private static string Choice(string word, Words words) =>
        bool.TryParse(word, out var on) ? words[on ? "rules.yes" : "rules.no"] : words[$"rules.word.{word}"];

    private static string Key(string id, string key, Words words) =>
        int.TryParse(key, CultureInfo.InvariantCulture, out var step)
            ? words[$"rules.step.{id}", ("step", step)]
            : words[$"rules.row.{key}"];

    private static string Amount(long amount, RuleUnit unit, Words words)
    {
        object shown = unit is RuleUnit.Fen or RuleUnit.Hundredths ? amount / 100m : amount;
        return words[$"rules.amount.{RuleWords.Kebab(unit.ToString())}", ("n", shown)];
    }
}
