using System.Globalization;
using Shouwang.Application.Care;
using Shouwang.Domain.Care;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Components;

namespace Shouwang.Web.Care;

/// <summary>What the visit form sends; everything is chosen beforehand as a visit usually is.</summary>
public sealed class VisitInput
{
    public string? Id { get; set; }

    /// <summary>Who was visited, where that is asked.</summary>
    public string? Elder { get; set; }

    /// <summary>Who went, where that is asked.</summary>
    public string? Volunteer { get; set; }
    public string? Condition { get; set; } = nameof(Domain.Care.Condition.Well);
    public string? Way { get; set; } = nameof(VisitWay.Door);
    public string[]? Items { get; set; } = [nameof(ServiceItems.Visit)];
    public string? Minutes { get; set; } = "30";
    public string? Outcome { get; set; } = nameof(VisitOutcome.Done);
    public string[]? Others { get; set; }
    public string? Remarks { get; set; }

    /// <summary>The day, where the visit was not just now.</summary>
    public string? Day { get; set; }

    /// <summary>When it began, where it was not just now: 9:30.</summary>
    public string? Start { get; set; }
    public string? BloodPressure { get; set; }
    public string? Pulse { get; set; }
    public string? Glucose { get; set; }
    public string? Temperature { get; set; }

    /// <summary>A recorded call as the form would have sent it, with everybody visited and its whole time. Its remarks are not carried
    /// over, since reading them is a look of its own.</summary>
    public static VisitInput Of(VisitSheet.View sheet, Id<Visit> id)
    {
        var readings = sheet.Readings.ToDictionary(r => r.Kind, r => r.Value);
        return new()
        {
            Id = id.ToString(), Elder = $"{sheet.Elder}", Volunteer = $"{sheet.Volunteer}", Condition = $"{sheet.Report.Condition}",
            Way = $"{sheet.Report.Way}", Outcome = $"{sheet.Report.Outcome}",
            Items = sheet.Report.Items == ServiceItems.None ? [nameof(ServiceItems.Visit)]
                : [.. Enum.GetValues<ServiceItems>().Where(i => i != 0 && sheet.Report.Items.HasFlag(i)).Select(i => $"{i}")],
            Minutes = $"{sheet.Whole.Minutes}", Day = WrittenDay.Text(Days.Of(sheet.Whole.StartedAt)),
            Start = Days.TimeOf(sheet.Whole.StartedAt).ToString("HH:mm", CultureInfo.InvariantCulture),
            Others = [.. sheet.Whole.With.Select(w => $"{w.Id}")],
            BloodPressure = readings.GetValueOrDefault(ReadingKind.BloodPressure), Pulse = readings.GetValueOrDefault(ReadingKind.Pulse),
            Glucose = readings.GetValueOrDefault(ReadingKind.Glucose), Temperature = readings.GetValueOrDefault(ReadingKind.Temperature),
        };
    }

    /// <summary>The call as told; a visit without a time of its own has ended now.</summary>
    public Result<ToldCall> Told(Id<Person> elder, Id<Person> volunteer, DateTimeOffset now)
    {
        var minutes = int.TryParse(Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : 0;
        if (!StartOf(now, minutes).IsOk(out var start, out var refusal)) return refusal;

        var items = (Items ?? []).Select(Read<ServiceItems>).Aggregate(ServiceItems.None, (all, one) => all | one);
        var report = new VisitReport(Read<VisitWay>(Way), Read<VisitOutcome>(Outcome), items, Read<Condition>(Condition));
        return new ToldCall([elder, .. OtherElders()], volunteer, start, start.AddMinutes(minutes), report)
        {
            Remarks = string.IsNullOrWhiteSpace(Remarks) ? null : Remarks, Readings = [.. Signs(elder)],
        };
    }

    private Result<DateTimeOffset> StartOf(DateTimeOffset now, int minutes)
    {
        if (string.IsNullOrWhiteSpace(Start) && string.IsNullOrWhiteSpace(Day)) return now.AddMinutes(-minutes);
        var day = string.IsNullOrWhiteSpace(Day) ? Days.Of(now) : WrittenDay.Of(Day);
        var text = (Start ?? "").Replace('：', ':').Trim();
        var isTime = TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        return day is { } known && isTime ? Days.At(known, time) : CareRefusals.NotATime;
    }

    private IEnumerable<Id<Person>> OtherElders() =>
        (Others ?? []).Select(Named).Where(id => id != default);

    /// <summary>Whoever was chosen of a list; nobody where nothing was chosen.</summary>
    public static Id<Person> Named(string? chosen) => Id<Person>.TryParse(chosen, null, out var id) ? id : default;

    private IEnumerable<VitalSign> Signs(Id<Person> elder) =>
        new (ReadingKind Kind, string? Text)[]
        {
            (ReadingKind.BloodPressure, BloodPressure), (ReadingKind.Pulse, Pulse), (ReadingKind.Glucose, Glucose),
            (ReadingKind.Temperature, Temperature),
        }.Where(s => !string.IsNullOrWhiteSpace(s.Text)).Select(s => new VitalSign(elder, s.Kind, s.Text!));

    private static T Read<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, out var value) ? value : default;
}
