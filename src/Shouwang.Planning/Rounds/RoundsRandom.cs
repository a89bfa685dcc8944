using System.Runtime.CompilerServices;

namespace Shouwang.Planning.Rounds;

/// <summary>A small fast generator (xoshiro256**, Blackman and Vigna 2018) whose numbers are the same on every machine.</summary>
internal struct RoundsRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public RoundsRandom(ulong seed)
    {
        _a = Mix(ref seed);
        _b = Mix(ref seed);
        _c = Mix(ref seed);
        _d = Mix(ref seed);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number from 0 to limit − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)(uint)limit) >> 32);

    private static ulong Mix(ref ulong seed)
    {
        seed += 0x9E3779B97F4A7C15;
        var z = seed;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
