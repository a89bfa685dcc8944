using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;

namespace Shouwang.Chaos.Harness;

/// <summary>What came of a gift, as far as its giver was told.</summary>
internal enum Outcome { Unknown, Acknowledged, Refused }

/// <summary>One operation of the log: minutes from one person of the ring to the next, and every answer it got.</summary>
internal sealed class Gift(Guid id, int giver, int minutes)
{
    public Guid Id { get; } = id;

    public int Giver { get; } = giver;

    public int Minutes { get; } = minutes;

    /// <summary>More than anybody here ever has.</summary>
    public const int TooMuch = 500_000_000;

    public Outcome Outcome { get; private set; }

    /// <summary>The first answer's bytes; every later one must equal them.</summary>
    public byte[]? Answer { get; private set; }

    /// <summary>When it was first asked for, by the trial's own clock.</summary>
    public long? AskedAt { get; private set; }

    /// <summary>When it was first acknowledged, by the same clock.</summary>
    public long? AcknowledgedAt { get; private set; }

    /// <summary>The version of the giver's account after it, as the receipt says; none when the receipt does not say.</summary>
    public int? Version { get; private set; }

    /// <summary>Keeps that it is asked for.</summary>
    public void Ask(long at)
    {
        lock (this) AskedAt ??= at;
    }

    /// <summary>Keeps an acknowledgement. Returns whether it says what an earlier one said, byte for byte.</summary>
    public bool Acknowledge(byte[] answer, long at)
    {
        lock (this)
        {
            Outcome = Outcome.Acknowledged;
            AcknowledgedAt ??= at;
            if (Answer is not null) return Answer.AsSpan().SequenceEqual(answer);
            (Answer, Version) = (answer, VersionIn(answer));
            return true;
        }
    }

    /// <summary>Keeps a refusal. Returns whether nothing else was said before.</summary>
    public bool Refuse()
    {
        lock (this)
        {
            if (Outcome == Outcome.Acknowledged) return false;
            Outcome = Outcome.Refused;
            return true;
        }
    }

    private static int? VersionIn(byte[] answer)
    {
        try
        {
            return JsonSerializer.Deserialize<TransferHours.Receipt>(answer, HouseJson.Options)?.Version;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
