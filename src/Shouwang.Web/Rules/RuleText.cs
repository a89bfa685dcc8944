using System.Globalization;
using Shouwang.Domain.Rules;
using Shouwang.Web.Common;

namespace Shouwang.Web.Rules;

/// <summary>A rule's value in the reader's words: 10 位, 是, 每月 90 分钟; a table as a list. 规则读法</summary>
internal static class RuleText
{
    public static string Of(string id, RuleValue value, RuleUnit unit, Words words) => value switch
    {
        RuleValue.Number number => Amount(number.Amount, unit, words),
        RuleValue.Flag flag => words[flag.On ? "rules.yes" : "rules.no"],
        RuleValue.Choice choice => words[$"rules.word.{choice.Word}"],
        RuleValue.Table table => Spoken.List(table.Rows.Select(r => $"{Key(id, r.Key, words)} {Amount(r.Value, unit, words)}")),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

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
