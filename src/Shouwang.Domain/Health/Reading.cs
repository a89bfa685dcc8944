using System.Globalization;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.Health;

/// <summary>What was measured. 测量项目</summary>
public enum ReadingKind { BloodPressure = 1, Pulse = 2, Glucose = 3, Temperature = 4, Oxygen = 5, Weight = 6 }

/// <summary>One measured value, in whole steps of its meter: mmHg, beats, tenths of mmol/L or °C, percent, tenths of a kilogram.
/// 测量值</summary>
/// <param name="Second">The diastolic pressure, for blood pressure.</param>
public readonly record struct Measured(ReadingKind Kind, int Value, int? Second = null)
{
    // What a meter can show of a living person; keeps out slips of the finger, says nothing about health.
    private static readonly Dictionary<ReadingKind, (int Low, int High, int Steps)> s_meters = new()
    {
        [ReadingKind.BloodPressure] = (30, 300, 1), [ReadingKind.Pulse] = (20, 250, 1), [ReadingKind.Glucose] = (10, 400, 10),
        [ReadingKind.Temperature] = (300, 440, 10), [ReadingKind.Oxygen] = (50, 100, 1), [ReadingKind.Weight] = (200, 2500, 10),
    };

    /// <summary>Reads what a person typed: 135/85 for blood pressure, a number for all else.</summary>
    public static Result<Measured> From(ReadingKind kind, string text, string field)
    {
        var (low, high, steps) = s_meters[kind];
        var parts = text.Trim().Split('/');
        if (parts.Length != (kind == ReadingKind.BloodPressure ? 2 : 1)) return HealthRefusals.NotAReading.On(field);
        var values = parts.Select(p => Steps(p, steps)).ToArray();
        if (Array.Exists(values, v => v is null)) return HealthRefusals.NotAReading.On(field);
        if (Array.Exists(values, v => v < low || v > high)) return HealthRefusals.Impossible.On(field);
        if (values.Length == 2 && values[0] <= values[1]) return HealthRefusals.Impossible.On(field);
        return new Measured(kind, values[0]!.Value, values.Length == 2 ? values[1] : null);
    }

    /// <summary>As it is written down: 135/85, 6.5, 72.</summary>
    public override string ToString()
    {
        var steps = s_meters[Kind].Steps;
        var first = steps == 1 ? $"{Value}" : string.Create(CultureInfo.InvariantCulture, $"{Value / steps}.{Value % steps}");
        return Second is { } second ? $"{first}/{second}" : first;
    }

    private static int? Steps(string text, int steps)
    {
        var parts = text.Trim().Split('.');
        if (parts.Length > (steps == 1 ? 1 : 2) || !Whole(parts[0], 3, out var whole)) return null;
        if (parts.Length == 1) return whole * steps;
        return Whole(parts[1], 1, out var tenth) ? (whole * steps) + tenth : null;
    }

    private static bool Whole(string text, int digits, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.Length <= digits;
}

/// <summary>Something measured of one person: blood pressure, pulse, glucose. Not a diagnosis. 读数</summary>
public sealed class Reading : Entity
{
    private Reading() { }

    public Id<Reading> Id { get; private init; }

    public Id<Person> Person { get; private init; }

    public ReadingKind Kind { get; private init; }

    public int Value { get; private init; }

    public int? Second { get; private init; }

    public DateTimeOffset TakenAt { get; private init; }

    public Id<Person> TakenBy { get; private init; }

    /// <summary>The record it came with: a visit's id.</summary>
    public Guid? Origin { get; private init; }

    /// <summary>The value as it is written down.</summary>
    public Measured Measured => new(Kind, Value, Second);

    /// <summary>Writes down what was measured of a person.</summary>
    /// <param name="origin">The record it came with, if any.</param>
    public static Reading Take(Id<Reading> id, Person person, Measured measured, Taken taken, Guid? origin) => new()
    {
        Id = id, Area = person.Area, Person = person.Id, Kind = measured.Kind, Value = measured.Value, Second = measured.Second,
        TakenAt = taken.At, TakenBy = taken.By, Origin = origin,
    };
}

/// <summary>By whom and when something was measured. 测量人与时间</summary>
public readonly record struct Taken(Id<Person> By, DateTimeOffset At);

/// <summary>What health says no with.</summary>
public static class HealthRefusals
{
    public static readonly Refusal NotAReading = new("health.not-a-reading", RefusalKind.Invalid);
    public static readonly Refusal Impossible = new("health.impossible", RefusalKind.Invalid);
}
