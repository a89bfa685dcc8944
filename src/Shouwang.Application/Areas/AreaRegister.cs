using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Areas;

/// <summary>The entries that one batch of an area file meets: what is known already, and what the batch does to it. 区划册</summary>
/// <param name="entries">All known entries of the batch's codes and their upper areas, ended ones included.</param>
public sealed class AreaRegister(IEnumerable<Area> entries)
{
    private readonly Dictionary<AreaCode, Area> _latest = entries
        .GroupBy(e => e.Code)
        .ToDictionary(g => g.Key, g => g.MaxBy(e => e.ValidFrom)!);

    private readonly List<Area> _entered = [];

    /// <summary>Entries that are new: areas not known before, and what renamed areas are called from now on.</summary>
    public IReadOnlyList<Area> Entered => _entered;

    /// <summary>Takes one line: an unknown area is entered, a known one renamed where its name differs.</summary>
    /// <param name="scope">The area of whoever imports; an upper area outside it need not be known.</param>
    /// <param name="from">From when the file holds.</param>
    public Result<AreaChange> Take(AreaLine line, AreaCode scope, DateOnly from)
    {
        if (!scope.Contains(line.Code)) return AreaRefusals.NotFound;

        var parent = line.Code.Parent;
        if (parent != AreaCode.Nation && scope.Contains(parent) && !Stands(parent)) return AreaRefusals.ParentUnknown;
        if (!_latest.TryGetValue(line.Code, out var known))
        {
            return Keep(line.Code, Area.Enter(line.Code, line.Name, from), AreaChange.Added);
        }

        if (known.ValidTo is not null) return AreaRefusals.Ended;
        return known.Name == line.Name ? AreaChange.None : Keep(line.Code, known.Rename(line.Name, from), AreaChange.Renamed);
    }

    private bool Stands(AreaCode code) => _latest.TryGetValue(code, out var area) && area.ValidTo is null;

    private Result<AreaChange> Keep(AreaCode code, Result<Area> entry, AreaChange change)
    {
        if (!entry.IsOk(out var area, out var refusal)) return refusal;
        if (!_latest.TryGetValue(code, out var before) || !ReferenceEquals(before, area)) _entered.Add(area);
        _latest[code] = area;
        return change;
    }
}

/// <summary>What a line of an area file changed. 变更</summary>
public enum AreaChange { None, Added, Renamed }
