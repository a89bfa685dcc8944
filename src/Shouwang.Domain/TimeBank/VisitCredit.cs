using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.TimeBank;

/// <summary>Why part of a visit's minutes did not enter the account. 未存入原因</summary>
public enum CreditLimit { None = 0, DayCap = 1, BalanceCap = 2 }

/// <summary>What one verified visit earned, and why: the minutes as they were, as weighted, and as far as the caps allowed.
/// 时间存入</summary>
public sealed class VisitCredit : Entity
{
    private VisitCredit() { }

    /// <summary>The visit's id; a visit earns once.</summary>
    public Guid Visit { get; private init; }

    public Id<Person> Volunteer { get; private init; }

    public DateOnly Day { get; private init; }

    /// <summary>Minutes of service as recorded.</summary>
    public int Minutes { get; private init; }

    /// <summary>Minutes after the coefficients of the service items.</summary>
    public int Weighted { get; private init; }

    /// <summary>Minutes that entered the account.</summary>
    public int Credited { get; private init; }

    /// <summary>Minutes that did not, because a cap was reached.</summary>
    public int Uncredited => Weighted - Credited;

    /// <summary>Minutes of the same day that had been credited before this visit was.</summary>
    public int CreditedBefore { get; private init; }

    /// <summary>Which cap kept the rest out.</summary>
    public CreditLimit Limit { get; private init; }

    /// <summary>Under which rules it was decided: package and version.</summary>
    public string Rules { get; private init; } = "";

    public DateTimeOffset CreditedAt { get; private init; }

    /// <summary>When the visit gave way to a later record; from then on this counts no more.</summary>
    public DateTimeOffset? TakenBackAt { get; private set; }

    /// <summary>Works out what a visit earns.</summary>
    /// <param name="coefficients">Of each item done, in hundredths; the minutes are split evenly among them.</param>
    /// <param name="caps">How much of the day and of the account is left.</param>
    public static VisitCredit Of(AreaCode area, Earning earning, IReadOnlyList<int> coefficients, CreditCaps caps, string rules,
        DateTimeOffset now)
    {
        var weighted = Weigh(earning.Minutes, coefficients);
        var credited = (int)Math.Clamp(Math.Min(caps.LeftToday, caps.LeftInAccount), 0, weighted);
        return new()
        {
            Area = area, Visit = earning.Visit, Volunteer = earning.Volunteer, Day = earning.Day, Minutes = earning.Minutes,
            Weighted = weighted, Credited = credited, CreditedBefore = caps.CreditedToday, Rules = rules, CreditedAt = now,
            Limit = credited == weighted ? CreditLimit.None
                : caps.LeftToday <= caps.LeftInAccount ? CreditLimit.DayCap : CreditLimit.BalanceCap,
        };
    }

    /// <summary>Counts no more, since the visit was put right; what entered the account leaves it again. 冲回</summary>
    public void TakeBack(DateTimeOffset now) => TakenBackAt ??= now;

    /// <summary>Minutes split evenly among the items, each times its coefficient; whole minutes, rounded down once at the end.</summary>
    public static int Weigh(int minutes, IReadOnlyList<int> coefficients)
    {
        ArgumentOutOfRangeException.ThrowIfZero(coefficients.Count);
        return (int)((long)minutes * coefficients.Sum(c => (long)c) / (100L * coefficients.Count));
    }
}

/// <summary>Minutes of service that may earn. 待存入服务</summary>
public readonly record struct Earning(Guid Visit, Id<Person> Volunteer, DateOnly Day, int Minutes);

/// <summary>How many minutes a day and an account can take, and how many they already did. 每日上限与累计上限</summary>
public readonly record struct CreditCaps(int Day, int CreditedToday, long Account, long Balance)
{
    public long LeftToday => Math.Max(0, Day - CreditedToday);

    public long LeftInAccount => Math.Max(0, Account - Balance);
}

/// <summary>What taking credits back is refused with.</summary>
public static class CreditRefusals
{
    /// <summary>One person does not move that much back alone: the township reverses it first.</summary>
    public static readonly Refusal ReverseFirst = new("timebank.reverse-first");
}
