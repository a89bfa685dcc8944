namespace Shouwang.Domain.Kernel;

/// <summary>An amount of renminbi, in whole fen. 金额</summary>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    public static Money Zero => default;

    public static Money operator +(Money a, Money b) => new(a.Fen + b.Fen);

    public static Money operator -(Money a, Money b) => new(a.Fen - b.Fen);

    /// <summary>Splits the amount into parts that sum to the whole; the first parts carry what does not divide.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parts"/> is less than one.</exception>
    public IReadOnlyList<Money> Split(int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        var (each, left) = Math.DivRem(Fen, parts);
        return [.. Enumerable.Range(0, parts).Select(i => new Money(each + (i < Math.Abs(left) ? Math.Sign(left) : 0)))];
    }

    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    public override string ToString() => $"¥{Fen / 100m:0.00}";
}
