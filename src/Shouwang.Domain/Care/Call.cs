using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.Care;

/// <summary>One call as it was made: who went, to whom, from when to when; a couple or a household is one call. 一次上门</summary>
public sealed record Call(Id<Person> Volunteer, IReadOnlyList<Id<Person>> Elders, DateTimeOffset StartedAt, DateTimeOffset EndedAt)
{
    /// <summary>Whole minutes between start and end.</summary>
    public int Minutes => MinutesUntil(EndedAt);

    /// <summary>Whether somebody would have to be in two places at once.</summary>
    public bool Overlaps(DateTimeOffset start, DateTimeOffset end) => StartedAt < end && start < EndedAt;

    /// <summary>The call as it is counted: by elder and by day in Shanghai. The minutes of the parts are those of the call, no more and no
    /// fewer: its time is counted once.</summary>
    public IReadOnlyList<CallPart> Parts()
    {
        var parts = new List<CallPart>();
        for (var start = StartedAt; start < EndedAt || parts.Count == 0;)
        {
            var day = Days.Of(start);
            var midnight = Days.Start(day.AddDays(1));
            var end = midnight < EndedAt ? midnight : EndedAt;
            parts.AddRange(Shares(day, start, end));
            start = end;
        }

        return parts;
    }

    private IEnumerable<CallPart> Shares(DateOnly day, DateTimeOffset start, DateTimeOffset end)
    {
        var minutes = MinutesUntil(end) - MinutesUntil(start);
        for (var i = 0; i < Elders.Count; i++)
        {
            var share = (minutes * (i + 1) / Elders.Count) - (minutes * i / Elders.Count);
            if (share > 0 || start == StartedAt) yield return new(Elders[i], day, start, end, share, start == StartedAt);
        }
    }

    private int MinutesUntil(DateTimeOffset instant) => (int)Math.Floor((instant - StartedAt).TotalMinutes);
}

/// <summary>What of a call belongs to one elder on one day. 一次上门中的一份</summary>
/// <param name="Minutes">The elder's even share of the time on that day.</param>
/// <param name="IsFirst">False for what went on after midnight.</param>
public readonly record struct CallPart(
    Id<Person> Elder, DateOnly Day, DateTimeOffset StartedAt, DateTimeOffset EndedAt, int Minutes, bool IsFirst);

/// <summary>What an area's rules allow of a visit. 探访的限度</summary>
/// <param name="Longest">Minutes one call may last at most (rule visits.longest).</param>
/// <param name="Offered">What is on the area's service list (rule visits.item-minutes).</param>
/// <param name="CorrectDays">How many days a visit can be corrected after it was recorded (rule visits.correct-within).</param>
public readonly record struct VisitLimits(int Longest, ServiceItems Offered, int CorrectDays);
