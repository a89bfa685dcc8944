using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.Care;

/// <summary>What the weather brings. 预警种类</summary>
public enum WeatherKind { Heat = 1, ColdWave = 2, Rainstorm = 3, Snowstorm = 4, Typhoon = 5, Gale = 6, Icing = 7, Haze = 8, Flood = 9 }

/// <summary>How bad it is; what is below orange asks for no extra visits. 预警级别</summary>
public enum WarningLevel { Orange = 1, Red = 2 }

/// <summary>What is warned of, from the first day to the last. 预警内容</summary>
public readonly record struct Weather(WeatherKind Kind, WarningLevel Level, DateOnly From, DateOnly To);

/// <summary>A weather warning for an area: whoever lives there is owed an extra visit until it is ended. 天气预警</summary>
public sealed class WeatherWarning : Entity
{
    private WeatherWarning() { }

    public Id<WeatherWarning> Id { get; private init; }

    /// <summary>The highest code of the area: a village hears what its county was warned of.</summary>
    public AreaCode Last { get; private init; }

    public WeatherKind Kind { get; private init; }

    public WarningLevel Level { get; private init; }

    public DateOnly From { get; private init; }

    /// <summary>The last day.</summary>
    public DateOnly To { get; private init; }

    public Id<Person> DeclaredBy { get; private init; }

    public DateTimeOffset DeclaredAt { get; private init; }

    public Id<Person>? EndedBy { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public bool Stands => EndedAt is null;

    /// <summary>Declares it. 发布预警</summary>
    /// <param name="longest">Days a warning may last (rule visits.warning-longest).</param>
    public static Result<WeatherWarning> Declare(Id<WeatherWarning> id, AreaCode area, Weather weather, Told told, int longest)
    {
        if (weather.To < weather.From) return WarningRefusals.EndsBeforeStart;
        if (weather.To < Days.Of(told.At)) return WarningRefusals.Over.On("to");
        if (weather.To >= weather.From.AddDays(longest)) return WarningRefusals.TooLong.With("days", longest);

        return new WeatherWarning
        {
            Id = id, Area = area, Last = area.Last, Kind = weather.Kind, Level = weather.Level, From = weather.From, To = weather.To,
            DeclaredBy = told.By, DeclaredAt = told.At,
        };
    }

    /// <summary>Says that it is over, or was declared by mistake: nobody is owed a visit for it any more. 解除预警</summary>
    public Result<WeatherWarning> End(Told told)
    {
        if (!Stands) return WarningRefusals.Ended;

        // From here on it succeeds.
        (EndedBy, EndedAt) = (told.By, told.At);
        return this;
    }

    /// <summary>Takes the end back: the warning goes on as it was declared. 恢复预警</summary>
    public Result<WeatherWarning> Resume(DateOnly today)
    {
        if (Stands) return WarningRefusals.NotEnded;
        if (To < today) return WarningRefusals.Over;

        // From here on it succeeds.
        (EndedBy, EndedAt) = (null, null);
        return this;
    }

    /// <summary>Whether another warns of the same while this one does.</summary>
    public bool Repeats(Weather other) => Stands && Kind == other.Kind && other.From <= To && From <= other.To;
}

/// <summary>What weather warnings say no with.</summary>
public static class WarningRefusals
{
    public static readonly Refusal NotFound = new("care.warning-not-found", RefusalKind.NotFound);
    public static readonly Refusal EndsBeforeStart = new("care.warning-ends-before-start", RefusalKind.Invalid, "to");
    public static readonly Refusal Over = new("care.warning-over");
    public static readonly Refusal TooLong = new("care.warning-too-long", RefusalKind.Rule, "to");
    public static readonly Refusal Already = new("care.warning-already", RefusalKind.Conflict, "kind");
    public static readonly Refusal Ended = new("care.warning-ended", RefusalKind.Conflict);
    public static readonly Refusal NotEnded = new("care.warning-not-ended", RefusalKind.Conflict);
}
