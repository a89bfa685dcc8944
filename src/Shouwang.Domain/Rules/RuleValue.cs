using System.Collections.ObjectModel;
using System.Globalization;
using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.Rules;

/// <summary>What a rule's number counts; yes-no and choice say that it is not a number. 单位</summary>
public enum RuleUnit
{
    Elders, People, Places, Times, Days, Months, Years, Minutes, Fen, Percent, Hundredths, Grams, Metres, Kilobytes, Celsius, Beds, Level,
    MonthDay, YesNo, Choice,
}

/// <summary>The four shapes a rule's value can have. 规则值类型</summary>
public enum RuleKind { Number, Flag, Choice, Table }

/// <summary>The value of a rule: a number, yes or no, one word of a list, or a table of numbers. 规则值</summary>
public abstract record RuleValue
{
    private RuleValue() { }

    public abstract RuleKind Kind { get; }

    /// <summary>The value as it is written in a package.</summary>
    public abstract string Text { get; }

    public sealed override string ToString() => Text;

    /// <summary>A whole number, counted in the rule's unit.</summary>
    public sealed record Number(long Amount) : RuleValue
    {
        public override RuleKind Kind => RuleKind.Number;

        public override string Text => Amount.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Yes or no.</summary>
    public sealed record Flag(bool On) : RuleValue
    {
        public override RuleKind Kind => RuleKind.Flag;

        public override string Text => On ? "true" : "false";
    }

    /// <summary>One word out of those the rule allows, in kebab-case.</summary>
    public sealed record Choice(string Word) : RuleValue
    {
        public override RuleKind Kind => RuleKind.Choice;

        public override string Text => Word;
    }

    /// <summary>Numbers by key, in the order in which they are written.</summary>
    public sealed record Table(RuleTable Rows) : RuleValue
    {
        public override RuleKind Kind => RuleKind.Table;

        public override string Text =>
            string.Join(", ", Rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Key} {r.Value}")));
    }
}

/// <summary>Numbers by key, as a rule gives them: coefficients by service item, days by risk class, prices from an age on. 规则表</summary>
public sealed class RuleTable(IReadOnlyList<KeyValuePair<string, long>> rows)
    : ReadOnlyCollection<KeyValuePair<string, long>>([.. rows])
{
    public IEnumerable<string> Keys => Items.Select(r => r.Key);

    /// <summary>The number under a key.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such key: the program asks for something no rule defines.</exception>
    public long this[string key] => Find(key) ?? throw new KeyNotFoundException($"The rule's table has no row '{key}'.");

    /// <summary>The number under a key, or null where the table has no such row.</summary>
    public long? Find(string key)
    {
        foreach (var row in Items)
        {
            if (row.Key == key) return row.Value;
        }

        return null;
    }

    /// <summary>The number for a member of an enumeration; its name in kebab-case is the key.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such row.</exception>
    public long For<TEnum>(TEnum value) where TEnum : struct, Enum => this[RuleWords.Kebab(value.ToString())];

    /// <summary>The number of the highest step that is not above <paramref name="at"/>, for tables whose keys are numbers ("from age 70
    /// on"); null below the lowest step.</summary>
    public long? Step(int at)
    {
        long? best = null;
        var highest = int.MinValue;
        foreach (var row in Items)
        {
            var step = int.Parse(row.Key, CultureInfo.InvariantCulture);
            if (step <= at && step > highest) (highest, best) = (step, row.Value);
        }

        return best;
    }
}

/// <summary>What lower areas may choose; bounds that are not given say that they may not choose at all. 边界</summary>
/// <param name="Min">The lowest number, table rows included; null for no lower end.</param>
/// <param name="Max">The highest number, table rows included; null for no upper end.</param>
/// <param name="Allow">The words a choice or a yes-no rule may take; null when the rule is a number or a table.</param>
/// <param name="NewRows">Whether a lower area may add rows to a table.</param>
public sealed record Bounds(long? Min, long? Max, IReadOnlyList<string>? Allow, bool NewRows)
{
    /// <summary>Why a value is not inside, or null when it is.</summary>
    public Refusal? Check(RuleValue value) => value switch
    {
        RuleValue.Number n when !Holds(n.Amount) => Outside(value.Text),
        RuleValue.Table t when t.Rows.Any(r => !Holds(r.Value)) => Outside(t.Rows.First(r => !Holds(r.Value)).Key),
        RuleValue.Choice or RuleValue.Flag when Allow?.Contains(value.Text) != true => Outside(value.Text),
        _ => null,
    };

    /// <summary>Whether everything these bounds allow, the outer ones allow too.</summary>
    public bool Within(Bounds outer) =>
        (outer.Min is null || (Min is { } min && min >= outer.Min))
        && (outer.Max is null || (Max is { } max && max <= outer.Max))
        && (outer.Allow is null || (Allow is { } allow && allow.All(outer.Allow.Contains)))
        && (outer.NewRows || !NewRows);

    public override string ToString() => Allow is { } words
        ? string.Join(" | ", words)
        : string.Create(CultureInfo.InvariantCulture,
            $"{Min?.ToString(CultureInfo.InvariantCulture) ?? "…"} – {Max?.ToString(CultureInfo.InvariantCulture) ?? "…"}");

    private bool Holds(long amount) => (Min is null || amount >= Min) && (Max is null || amount <= Max);

    private Refusal Outside(string what) => RuleRefusals.OutsideBounds.With("value", what).With("bounds", ToString());
}

/// <summary>Words as packages write them (kebab-case) and as enumerations do (PascalCase). 规则用词</summary>
public static class RuleWords
{
    /// <summary>"MinimumAllowance" becomes "minimum-allowance".</summary>
    public static string Kebab(string pascal) =>
        string.Concat(pascal.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));

    /// <summary>The member of an enumeration that a word stands for; null where there is none.</summary>
    public static TEnum? Member<TEnum>(string word) where TEnum : struct, Enum
    {
        foreach (var member in Enum.GetValues<TEnum>())
        {
            if (Kebab(member.ToString()) == word) return member;
        }

        return null;
    }
}
