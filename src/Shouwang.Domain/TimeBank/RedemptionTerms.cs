using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Domain.TimeBank;

/// <summary>What hours can be redeemed for. 兑换方式</summary>
public enum RedemptionMode { ServiceOnly = 1, ServiceAndGoods = 2, ServiceGoodsAndCash = 3 }

/// <summary>How saved minutes count when they are redeemed or certified; a visit itself is never rounded. 兑换条件</summary>
/// <param name="Granularity">Only whole multiples of so many minutes count.</param>
/// <param name="Threshold">From how many saved minutes on one can redeem.</param>
public sealed record RedemptionTerms(int Granularity, int Threshold, RedemptionMode Mode)
{
    public static RedemptionTerms Of(RulesInForce rules) => new(
        rules.Minutes("timebank.granularity"), rules.Minutes("timebank.redeem-threshold"),
        rules.Choice<RedemptionMode>("timebank.redemption-mode"));

    /// <summary>The minutes a certificate states.</summary>
    public long Certified(long minutes) => minutes - (minutes % Granularity);

    /// <summary>The minutes that can be redeemed now.</summary>
    public long Redeemable(long balance) => balance < Math.Max(1, Threshold) ? 0 : Certified(balance);
}
