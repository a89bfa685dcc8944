namespace Shouwang.Domain.Kernel;

/// <summary>An amount of service time, in whole minutes. 时长</summary>
public readonly record struct Hours : IComparable<Hours>
{
    private Hours(int minutes) => Minutes = minutes;

    /// <summary>The amount, in minutes; never negative.</summary>
    public int Minutes { get; }

    public static Hours Zero => default;

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minutes"/> is negative.</exception>
    public static Hours OfMinutes(int minutes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minutes);
        return new(minutes);
    }

    /// <summary>Reads an amount a person typed: 1 minute to 24 hours.</summary>
    public static Result<Hours> From(int minutes, string field) =>
        minutes is > 0 and <= 24 * 60
            ? new Hours(minutes)
            : new Refusal("kernel.minutes-out-of-range", RefusalKind.Invalid, field).With("minutes", minutes);

    public static Hours operator +(Hours a, Hours b) => new(a.Minutes + b.Minutes);

    public static bool operator <(Hours a, Hours b) => a.Minutes < b.Minutes;

    public static bool operator >(Hours a, Hours b) => a.Minutes > b.Minutes;

    public static bool operator <=(Hours a, Hours b) => a.Minutes <= b.Minutes;

    public static bool operator >=(Hours a, Hours b) => a.Minutes >= b.Minutes;

    public int CompareTo(Hours other) => Minutes.CompareTo(other.Minutes);

    public override string ToString() => $"{Minutes / 60}:{Minutes % 60:00}";
}
