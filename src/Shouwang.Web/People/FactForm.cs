using System.Globalization;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Components;

namespace Shouwang.Web.People;

/// <summary>What the form for a fact sends, and how it is read. 事实表单</summary>
public sealed class FactForm
{
    public Guid Id { get; set; }
    public string? Value { get; set; }
    public string[]? Values { get; set; }
    public string? Latitude { get; set; }
    public string? Longitude { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }
    public string? Act { get; set; }

    /// <summary>The form for a new fact, or filled with the line to put right; what is sealed has to be written anew.</summary>
    internal static FactForm Of(FactHistory.Line? line, DateOnly today, Guid id) => new()
    {
        Id = id,
        Value = line is { IsSealed: false } ? line.Value : null,
        Values = line is { IsSealed: false } ? line.Value.Split(", ") : null,
        From = WrittenDay.Text(line?.From ?? today),
        To = WrittenDay.Text(line?.To?.AddDays(-1)),
    };

    /// <summary>Reads the answers; the first one that cannot be read is named. The last day is typed, the day after it is stored.</summary>
    internal Result<FactStated> ToStated(FactKind kind, FactShape shape)
    {
        if (WrittenDay.Of(From) is not { } from) return CommonRefusals.BadInput.On("from");
        var last = WrittenDay.Of(To);
        if (last is null && !string.IsNullOrWhiteSpace(To)) return CommonRefusals.BadInput.On("to");
        if (!Degrees(Latitude, "latitude").IsOk(out var latitude, out var refusal)) return refusal;
        if (!Degrees(Longitude, "longitude").IsOk(out var longitude, out refusal)) return refusal;
        var value = shape.Several ? string.Join(',', Values ?? []) : Value;
        return new FactStated(kind, value, from, last?.AddDays(1), latitude.Value, longitude.Value);
    }

    private static Result<Degree> Degrees(string? typed, string field)
    {
        if (string.IsNullOrWhiteSpace(typed)) return new Degree(null);
        return double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
            ? new Degree(degrees) : CommonRefusals.BadInput.On(field);
    }

    private sealed record Degree(double? Value);
}
