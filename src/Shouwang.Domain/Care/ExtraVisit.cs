using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.Care;

/// <summary>What asks for a visit besides the regular ones. 加访缘由</summary>
public enum VisitTrigger { HomeFromHospital = 1, Weather = 2, Festival = 3, Bereavement = 4, Alarm = 5 }

/// <summary>A visit that is owed because of what happened. 加访</summary>
/// <param name="Since">Whoever came from this moment on has seen to it.</param>
/// <param name="By">The day by which somebody should come.</param>
public sealed record ExtraVisit(VisitTrigger Why, DateTimeOffset Since, DateOnly By)
{
    /// <summary>What the weather brings, where it is a warning.</summary>
    public WeatherKind? Weather { get; init; }

    /// <summary>The last day of the warning, or the day of the festival.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Which festival, by its row in the rules.</summary>
    public string? Festival { get; init; }

    /// <summary>An elder came home from hospital on a day.</summary>
    public static ExtraVisit AfterHospital(DateOnly day, int within) =>
        new(VisitTrigger.HomeFromHospital, Days.Start(day), day.AddDays(within));

    /// <summary>The weather is warned of: a visit since then counts, and one is due when it begins.</summary>
    public static ExtraVisit For(WeatherWarning warning, int within)
    {
        var by = Days.Of(warning.DeclaredAt).AddDays(within);
        return new(VisitTrigger.Weather, warning.DeclaredAt, by > warning.From ? by : warning.From)
        {
            Weather = warning.Kind, Until = warning.To,
        };
    }

    /// <summary>A festival that nobody should spend unseen.</summary>
    /// <param name="before">Days before it from which a visit counts (rule visits.festival-before).</param>
    public static ExtraVisit For(string festival, DateOnly day, int before) =>
        new(VisitTrigger.Festival, Days.Start(day.AddDays(-before)), day) { Festival = festival, Until = day };

    /// <summary>Somebody of the household, or the spouse, died.</summary>
    public static ExtraVisit After(Departure death, int within) =>
        new(VisitTrigger.Bereavement, Days.Start(death.Day), Days.Of(death.RecordedAt).AddDays(within));

    /// <summary>An emergency was reported: a later visit than the one it was found on.</summary>
    public static ExtraVisit After(Incident incident, int within) =>
        new(VisitTrigger.Alarm, incident.OpenedAt, Days.Of(incident.OpenedAt).AddDays(within));

    /// <summary>The same for somebody who is known only since a day: there is as much time for a warning from then on.</summary>
    public ExtraVisit NotBefore(DateOnly since, int within) =>
        Why == VisitTrigger.Weather && since.AddDays(within) > By ? this with { By = since.AddDays(within) } : this;

    /// <summary>Whether a visit that began then has seen to it.</summary>
    public bool IsSeenToBy(DateTimeOffset startedAt) => startedAt >= Since;
}
