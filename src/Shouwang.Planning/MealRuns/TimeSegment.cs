using System.Runtime.CompilerServices;

namespace Shouwang.Planning.MealRuns;

/// <summary>
/// A piece of a trip as four numbers that can be joined in constant time: how long it takes, how much time warp it needs,
/// and between which starts it takes no longer (Vidal, Crainic, Gendreau, Prins 2013, eq. 2–7). 时间段
/// </summary>
internal struct TimeSegment
{
    public int Length;
    public int Warp;
    public int Early;
    public int Late;

    /// <summary>Piece a, then travel, then piece b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TimeSegment Join(in TimeSegment a, in TimeSegment b, int travel)
    {
        var delta = a.Length - a.Warp + travel;
        var wait = Math.Max(b.Early - delta - a.Late, 0);
        var warp = Math.Max(a.Early + delta - b.Late, 0);
        TimeSegment joined;
        joined.Length = a.Length + b.Length + travel + wait;
        joined.Warp = a.Warp + b.Warp + warp;
        joined.Early = Math.Max(b.Early - delta, a.Early) - wait;
        joined.Late = Math.Min(b.Late - delta, a.Late) + warp;
        return joined;
    }

    /// <summary>Only the time warp of the joined piece.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int JoinedWarp(in TimeSegment a, in TimeSegment b, int travel) =>
        a.Warp + b.Warp + Math.Max(a.Early + a.Length - a.Warp + travel - b.Late, 0);

    /// <summary>Only the length of the joined piece.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int JoinedLength(in TimeSegment a, in TimeSegment b, int travel) =>
        a.Length + b.Length + travel + Math.Max(b.Early - (a.Length - a.Warp + travel) - a.Late, 0);
}
