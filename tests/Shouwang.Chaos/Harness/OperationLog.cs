using System.Collections.Concurrent;

namespace Shouwang.Chaos.Harness;

/// <summary>Everything that was asked, and what was told; kept outside the server and its database.</summary>
internal sealed class OperationLog
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private int _differing, _broken, _unavailable, _unanswered, _withoutRetryAfter, _accepted, _acknowledged;
    private int _pages, _pagesNotNow, _pagesShown, _pagesUnanswered, _granted, _ownReads, _staleReads;
    private long _stuckTold;
    private int _callsKeptForLater, _callsTurnedAway;
    private (TimeSpan Took, string What) _slowest;

    /// <summary>Requests that are on their way, and since when.</summary>
    private readonly ConcurrentDictionary<object, (long Since, string What)> _asking = [];

    public ConcurrentBag<Gift> Gifts { get; } = [];

    /// <summary>Everything else that was asked for: hours set aside, paid, given back, put right, paid from a pool.</summary>
    public ConcurrentBag<Deed> Errands { get; } = [];

    /// <summary>Calls for help.</summary>
    public ConcurrentBag<HelpCall> Calls { get; } = [];

    /// <summary>How often a call was kept for later, and how often whoever called was told "not now".</summary>
    public int CallsKeptForLater => _callsKeptForLater;

    public int CallsTurnedAway => _callsTurnedAway;

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

    /// <summary>Gifts that were acknowledged for the first time.</summary>
    public int Granted => _granted;

    /// <summary>How often a giver looked into their passbook after an acknowledgement, and how often the gift was not in it.</summary>
    public int OwnReads => _ownReads;

    public int StaleReads => _staleReads;

    /// <summary>Pages that answered, whatever they said.</summary>
    public int Pages => _pages;

    /// <summary>Those of them that said "not now" and when to come again.</summary>
    public int PagesNotNow => _pagesNotNow;

    /// <summary>Those of them that showed a page.</summary>
    public int PagesShown => _pagesShown;

    /// <summary>Pages whose answer never came.</summary>
    public int PagesUnanswered => _pagesUnanswered;

    /// <summary>Pages that answered with anything else than a page, and with what.</summary>
    public ConcurrentBag<string> OddPages { get; } = [];

    /// <summary>Keeps what a page answered.</summary>
    /// <param name="odd">Which page it was and what it said, when it was neither a page nor "not now".</param>
    public void Reads(bool isShown, bool isNotNow, string? odd)
    {
        Interlocked.Increment(ref _pages);
        if (isShown) Interlocked.Increment(ref _pagesShown);
        if (isNotNow) Interlocked.Increment(ref _pagesNotNow);
        if (odd is not null) OddPages.Add(odd);
    }

    public void PageGoesUnanswered() => Interlocked.Increment(ref _pagesUnanswered);

    /// <param name="isFirst">Whether this gift was not acknowledged before.</param>
    public void Acknowledges(bool isFirst)
    {
        if (isFirst) Interlocked.Increment(ref _granted);
        Interlocked.Increment(ref _acknowledged);
    }

    /// <summary>Keeps whether a gift that was acknowledged stood in its giver's passbook.</summary>
    public void ReadsOwn(bool isThere)
    {
        Interlocked.Increment(ref _ownReads);
        if (!isThere) Interlocked.Increment(ref _staleReads);
    }

    /// <summary>A request goes out; hand back what this returns when it is over.</summary>
    /// <param name="what">What is asked for, for whoever looks for the slowest.</param>
    public object Begins(string what)
    {
        var asking = new object();
        _asking[asking] = (TimeProvider.System.GetTimestamp(), what);
        return asking;
    }

    public void Ends(object asking)
    {
        if (!_asking.TryRemove(asking, out var own)) return;
        var took = TimeProvider.System.GetElapsedTime(own.Since);
        lock (_asking)
        {
            if (took > _slowest.Took) _slowest = (took, own.What);
        }
    }

    /// <summary>How long the slowest request took, or has been waiting, since this was last asked, and what it was.</summary>
    public (TimeSpan Took, string What) TakeSlowest()
    {
        lock (_asking)
        {
            var (over, waiting) = (_slowest, _asking.Values.Select(a => (TimeProvider.System.GetElapsedTime(a.Since), a.What)));
            _slowest = default;
            return waiting.Append(over).MaxBy(a => a.Item1);
        }
    }

    /// <summary>Waits until so many more are acknowledged: a blow to an idle server proves nothing. Returns whether they came within two
    /// minutes.</summary>
    public Task<bool> Hears(int more, CancellationToken ct)
    {
        var until = _acknowledged + more;
        return Until(() => _acknowledged >= until, ct);
    }

    /// <summary>Waits until more pages are shown than so many. Returns whether one came within two minutes.</summary>
    public Task<bool> ShowsMoreThan(int pages, CancellationToken ct) => Until(() => _pagesShown > pages, ct);

    /// <summary>Waits until more callers than so many were told "not now". Returns whether one was within two minutes.</summary>
    public Task<bool> TurnsAwayMoreThan(int callers, CancellationToken ct) => Until(() => _unavailable > callers, ct);

    private static async Task<bool> Until(Func<bool> isSo, CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            if (TimeProvider.System.GetElapsedTime(began) > s_patience) return false;
            await Task.Delay(5, ct);
        }

        return true;
    }

    /// <summary>Somebody who listens is told that nothing can be stored.</summary>
    public void HearsStuck() => Interlocked.CompareExchange(ref _stuckTold, TimeProvider.System.GetTimestamp(), 0);

    /// <summary>When that was first told since this was last asked.</summary>
    public long? TakeStuckTold() => Interlocked.Exchange(ref _stuckTold, 0) is not 0 and var at ? at : null;

    public void KeepsCallForLater() => Interlocked.Increment(ref _callsKeptForLater);

    public void TurnsCallAway() => Interlocked.Increment(ref _callsTurnedAway);

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
