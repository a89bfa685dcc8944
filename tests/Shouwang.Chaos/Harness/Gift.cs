using System.Collections.Concurrent;

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

    /// <summary>Keeps an acknowledgement. Returns whether it says what an earlier one said, byte for byte.</summary>
    public bool Acknowledge(byte[] answer)
    {
        lock (this)
        {
            Outcome = Outcome.Acknowledged;
            Answer ??= answer;
            return Answer.AsSpan().SequenceEqual(answer);
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
}

/// <summary>Everything that was asked, and what was told; kept outside the server and its database.</summary>
internal sealed class OperationLog
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private int _differing, _broken, _unavailable, _unanswered, _withoutRetryAfter, _accepted, _acknowledged;
    private int _pages, _pagesNotNow, _pagesUnanswered;

    public ConcurrentBag<Gift> Gifts { get; } = [];

    /// <summary>Repeats that were answered with other bytes than before.</summary>
    public int Differing => _differing;

    /// <summary>Answers that say that the program is wrong (500).</summary>
    public int Broken => _broken;

    /// <summary>Answers that say "not now" (503).</summary>
    public int Unavailable => _unavailable;

    /// <summary>Such answers that do not say when to come again.</summary>
    public int WithoutRetryAfter => _withoutRetryAfter;

    /// <summary>Requests whose answer never came.</summary>
    public int Unanswered => _unanswered;

    /// <summary>Requests that had to be refused and were not.</summary>
    public int Accepted => _accepted;

    /// <summary>Acknowledgements heard so far, repeats included.</summary>
    public int Acknowledged => _acknowledged;

    /// <summary>Pages that answered, whatever they said.</summary>
    public int Pages => _pages;

    /// <summary>Those of them that said "not now" and when to come again.</summary>
    public int PagesNotNow => _pagesNotNow;

    /// <summary>Pages whose answer never came.</summary>
    public int PagesUnanswered => _pagesUnanswered;

    /// <summary>Pages that answered with anything else than a page, and with what.</summary>
    public ConcurrentBag<string> OddPages { get; } = [];

    /// <summary>Keeps what a page answered.</summary>
    /// <param name="odd">Which page it was and what it said, when it was neither a page nor "not now".</param>
    public void Reads(bool isNotNow, string? odd)
    {
        Interlocked.Increment(ref _pages);
        if (isNotNow) Interlocked.Increment(ref _pagesNotNow);
        if (odd is not null) OddPages.Add(odd);
    }

    public void PageGoesUnanswered() => Interlocked.Increment(ref _pagesUnanswered);

    public void Acknowledges() => Interlocked.Increment(ref _acknowledged);

    /// <summary>Waits until so many more are acknowledged: a blow to an idle server proves nothing. Returns whether they came within two
    /// minutes.</summary>
    public async Task<bool> Hears(int more, CancellationToken ct)
    {
        var (began, until) = (TimeProvider.System.GetTimestamp(), _acknowledged + more);
        while (_acknowledged < until)
        {
            if (TimeProvider.System.GetElapsedTime(began) > s_patience) return false;
            await Task.Delay(5, ct);
        }

        return true;
    }

    public void Differs() => Interlocked.Increment(ref _differing);

    public void Breaks() => Interlocked.Increment(ref _broken);

    public void IsUnavailable(bool saysWhen)
    {
        Interlocked.Increment(ref _unavailable);
        if (!saysWhen) Interlocked.Increment(ref _withoutRetryAfter);
    }

    public void GoesUnanswered() => Interlocked.Increment(ref _unanswered);

    public void WronglyAccepted() => Interlocked.Increment(ref _accepted);
}
