using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Pairing;

/// <summary>What holds in each village of an area on one day; a village may have a package of its own. 各村规则</summary>
internal sealed class VillageRules(Rulebook rulebook, DateOnly day)
{
    private readonly Dictionary<AreaCode, RulesInForce> _known = [];

    public DateOnly Day => day;

    /// <summary>The rules of one village, looked up once.</summary>
    public RulesInForce Of(AreaCode village) =>
        _known.TryGetValue(village, out var rules) ? rules : _known[village] = rulebook.At(village, day);
}
