using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.Areas;

/// <summary>Which areas stand for which ended ones, so that a scope covers its own range and its predecessors' ranges. 区划沿革</summary>
public sealed class AreaHistory(IEnumerable<Succession> successions)
{
    private readonly ILookup<AreaCode, Succession> _byEnded = successions.ToLookup(s => s.From);
    private readonly ILookup<long, Succession> _bySuccessor = successions.ToLookup(s => s.To.Value);
    private readonly long[] _successors = [.. successions.Select(s => s.To.Value).Distinct().Order()];

    /// <summary>The ended areas whose place was taken, by a day, by something inside this area; also over several mergers in a row.
    /// What lies inside the area's own range or inside a listed predecessor is not listed again.</summary>
    public IReadOnlyList<AreaCode> PredecessorsOf(AreaCode area, DateOnly day)
    {
        var found = new List<AreaCode>();
        var ranges = new Queue<AreaCode>([area]);
        while (ranges.TryDequeue(out var range))
        {
            foreach (var ended in EndedInto(range, day))
            {
                if (area.Contains(ended) || found.Exists(f => f.Contains(ended))) continue;
                found.RemoveAll(ended.Contains);
                found.Add(ended);
                ranges.Enqueue(ended);
            }
        }

        found.Sort();
        return found;
    }

    /// <summary>Every code under which something may have been said that concerns an area on a day: its own, those of what holds it, those
    /// of what stands for it, and those of what any of these stands for.</summary>
    public IReadOnlySet<AreaCode> HeardIn(AreaCode area, DateOnly day)
    {
        var heard = new HashSet<AreaCode>();
        var places = new Queue<AreaCode>([area]);
        while (places.TryDequeue(out var place))
        {
            var chain = Chain(place).Where(heard.Add).ToList();
            foreach (var next in StandFor(place, day).Where(n => !heard.Contains(n))) places.Enqueue(next);
            var before = new Queue<AreaCode>(chain);
            while (before.TryDequeue(out var code))
            {
                foreach (var step in _bySuccessor[code.Value].Where(s => s.Day <= day && heard.Add(s.From))) before.Enqueue(step.From);
            }
        }

        return heard;
    }

    /// <summary>The area and what holds it, the area first.</summary>
    public static IEnumerable<AreaCode> Chain(AreaCode area)
    {
        for (var at = area; at != AreaCode.Nation; at = at.Parent) yield return at;
        yield return AreaCode.Nation;
    }

    /// <summary>What stands for an ended area, or for the smallest ended one that holds it.</summary>
    private IEnumerable<AreaCode> StandFor(AreaCode area, DateOnly day) => Chain(area)
        .Select(c => _byEnded[c].Where(s => s.Day <= day).Select(s => s.To).ToList()).FirstOrDefault(to => to.Count > 0) ?? [];

    private IEnumerable<AreaCode> EndedInto(AreaCode range, DateOnly day)
    {
        var first = Array.BinarySearch(_successors, range.First.Value);
        for (var i = first < 0 ? ~first : first; i < _successors.Length && _successors[i] <= range.Last.Value; i++)
        {
            foreach (var step in _bySuccessor[_successors[i]])
            {
                if (step.Day <= day) yield return step.From;
            }
        }
    }
}
