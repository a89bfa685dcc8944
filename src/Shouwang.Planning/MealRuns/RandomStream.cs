using System.Runtime.CompilerServices;

namespace Shouwang.Planning.MealRuns;

/// <summary>Seeded random numbers, the same on every machine (splitmix64 state, multiply-shift ranges). 随机数</summary>
internal sealed class RandomStream(ulong seed)
{
    private ulong _state = seed * 0x9E3779B97F4A7C15UL + 0xD1B54A32D192ED03UL;

    /// <summary>Sixty-four random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bits()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 to below <paramref name="bound"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Below(int bound) => (int)(((Bits() >> 32) * (ulong)bound) >> 32);

    /// <summary>A number in [0, 1).</summary>
    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Shuffles in place.</summary>
    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
