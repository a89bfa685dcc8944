using Shouwang.Domain.Rules;

namespace Shouwang.Application.Rules;

/// <summary>A rule's value as JSON shows it: a number, true or false, a word, or an object of numbers. 规则值</summary>
public static class RuleJson
{
    public static object Of(RuleValue value) => value switch
    {
        RuleValue.Number number => number.Amount,
        RuleValue.Flag flag => flag.On,
        RuleValue.Choice choice => choice.Word,
        RuleValue.Table table => table.Rows.ToDictionary(r => r.Key, r => r.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
