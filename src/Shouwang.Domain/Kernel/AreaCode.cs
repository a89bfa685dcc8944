using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Shouwang.Domain.Kernel;

/// <summary>The levels of the administrative tree, from the nation down to the village. 行政级别</summary>
public enum AreaLevel { Nation, Province, Prefecture, County, Township, Village }

/// <summary>A place in the administrative tree, as the twelve-digit code of the national statistical standard: province 2, prefecture 2,
/// county 2, township 3, village 3 digits. Code 0 is the whole nation. 行政区划代码</summary>
/// <remarks>Everything inside an area lies between its <see cref="First"/> and <see cref="Last"/> code, so "inside" is one range
/// test.</remarks>
public readonly record struct AreaCode(long Value) : IComparable<AreaCode>, IParsable<AreaCode>
{
    private static readonly long[] s_spans = [1_000_000_000_000, 10_000_000_000, 100_000_000, 1_000_000, 1_000, 1];

    /// <summary>The whole nation. 全国</summary>
    public static AreaCode Nation => default;

    /// <summary>How many levels down the tree this code stands.</summary>
    public AreaLevel Level
    {
        get
        {
            var value = Value;
            return (AreaLevel)Array.FindIndex(s_spans, span => value % span == 0);
        }
    }

    /// <summary>Whether it lies in the province 99, which does not exist: the demo's ground.</summary>
    public bool IsFictional => Value / 10_000_000_000 == 99;

    /// <summary>The lowest code inside this area: its own.</summary>
    public AreaCode First => this;

    /// <summary>The highest code inside this area.</summary>
    public AreaCode Last => new(Value + s_spans[(int)Level] - 1);

    /// <summary>The next area up; the nation is its own parent.</summary>
    public AreaCode Parent => Level == AreaLevel.Nation ? this : At(Level - 1);

    /// <summary>The area of the given level that holds this one.</summary>
    public AreaCode At(AreaLevel level) => new(Value - (Value % s_spans[(int)level]));

    public bool Contains(AreaCode other) => First.Value <= other.Value && other.Value <= Last.Value;

    /// <summary>Reads a code a person typed or a file holds: twelve digits, or a shorter upper-level code padded with zeros.</summary>
    public static Result<AreaCode> From(string? text, string field)
    {
        var digits = (text ?? "").Trim();
        var known = digits.Length is 2 or 4 or 6 or 9 or 12 && digits.All(char.IsAsciiDigit);
        return known
            ? new AreaCode(long.Parse(digits.PadRight(12, '0'), CultureInfo.InvariantCulture))
            : new Refusal("areas.bad-code", RefusalKind.Invalid, field).With("code", digits);
    }

    public static AreaCode Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var code) ? code : throw new FormatException("Not an area code.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AreaCode result)
    {
        if (From(s, "").IsOk(out result, out _)) return true;
        result = default;
        return false;
    }

    public int CompareTo(AreaCode other) => Value.CompareTo(other.Value);

    public static bool operator <=(AreaCode a, AreaCode b) => a.Value <= b.Value;

    public static bool operator >=(AreaCode a, AreaCode b) => a.Value >= b.Value;

    public static bool operator <(AreaCode a, AreaCode b) => a.Value < b.Value;

    public static bool operator >(AreaCode a, AreaCode b) => a.Value > b.Value;

    public override string ToString() => Value.ToString("000000000000", CultureInfo.InvariantCulture);
}
