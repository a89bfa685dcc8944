namespace Shouwang.Domain.Kernel;

/// <summary>A period of whole days in Shanghai time; an open end means "until further notice". 有效期</summary>
/// <param name="From">The first day it holds.</param>
/// <param name="To">The first day it no longer holds.</param>
public readonly record struct Period(DateOnly From, DateOnly? To = null)
{
    public bool Holds(DateOnly day) => From <= day && (To is null || day < To);
}

/// <summary>Days of the deployment: instants are UTC, days are days in Shanghai (no daylight saving since 1991). 日期</summary>
public static class Days
{
    private static readonly TimeSpan s_shanghai = TimeSpan.FromHours(8);

    /// <summary>The day in Shanghai at this instant.</summary>
    public static DateOnly Of(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(s_shanghai).DateTime);

    /// <summary>The wall-clock time in Shanghai at this instant.</summary>
    public static TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(instant.ToOffset(s_shanghai).DateTime);

    /// <summary>The instant at which this day begins in Shanghai.</summary>
    public static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), s_shanghai);

    /// <summary>The instant of a wall-clock time in Shanghai.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), s_shanghai);
}
