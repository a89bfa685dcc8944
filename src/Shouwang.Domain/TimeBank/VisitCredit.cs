using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.TimeBank;

/// <summary>What one verified visit earned, and why: the minutes as they were, as weighted, and as far as the day's cap allowed.
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

    /// <summary>Under which rules it was decided: package and version.</summary>
    public string Rules { get; private init; } = "";

    public DateTimeOffset CreditedAt { get; private init; }

    /// <summary>Works out what a visit earns.</summary>
    /// <param name="coefficients">Of each item done, in hundredths; the minutes are split evenly among them.</param>
    /// <param name="cap">Minutes that can be credited a day, and how many already were.</param>
    public static VisitCredit Of(AreaCode area, Earning earning, IReadOnlyList<int> coefficients, DayCap cap, string rules,
        DateTimeOffset now)
    {
        var weighted = Weigh(earning.Minutes, coefficients);
        return new()
        {
            Area = area, Visit = earning.Visit, Volunteer = earning.Volunteer, Day = earning.Day, Minutes = earning.Minutes,
            Weighted = weighted,
            Credited = Math.Clamp(cap.Minutes - cap.AlreadyCredited, 0, weighted), Rules = rules, CreditedAt = now,
        };
    }

    /// <summary>Minutes split evenly among the items, each times its coefficient; whole minutes, rounded down once at the end.</summary>
    public static int Weigh(int minutes, IReadOnlyList<int> coefficients)
    {
        ArgumentOutOfRangeException.ThrowIfZero(coefficients.Count);
        return (int)((long)minutes * coefficients.Sum(c => (long)c) / (100L * coefficients.Count));
    }
}

/// <summary>Minutes of service that may earn. 待存入服务</summary>
public readonly record struct Earning(Guid Visit, Id<Person> Volunteer, DateOnly Day, int Minutes);

/// <summary>How many minutes a day can earn, and how many it already did. 每日上限</summary>
public readonly record struct DayCap(int Minutes, int AlreadyCredited);
