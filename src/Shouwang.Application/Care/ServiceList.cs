using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>What helpers of an area do for elders, and how long each thing usually takes: the rule visits.item-minutes. 服务项目目录</summary>
public static class ServiceList
{
    /// <param name="Minutes">How long it usually takes.</param>
    public sealed record Item(ServiceItems Code, int Minutes);

    /// <summary>The items on offer, in the catalogue's order; one of no minutes is not offered here.</summary>
    public static IReadOnlyList<Item> Of(RulesInForce rules) =>
    [
        .. rules.Table("visits.item-minutes").Where(r => r.Value > 0)
            .Select(r => (Code: RuleWords.Member<ServiceItems>(r.Key), r.Value)).Where(r => r.Code is not null)
            .Select(r => new Item(r.Code!.Value, (int)r.Value)),
    ];

    /// <summary>The same as one value.</summary>
    public static ServiceItems All(RulesInForce rules) => Of(rules).Aggregate(ServiceItems.None, (all, item) => all | item.Code);
}
