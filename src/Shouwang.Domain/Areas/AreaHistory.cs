using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.Areas;

/// <summary>Which areas stand for which ended ones, so that a scope covers its own range and its predecessors' ranges. 区划沿革</summary>
public sealed class AreaHistory(IEnumerable<Succession> successions)
{
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
