namespace Shouwang.Chaos.Harness;

/// <summary>What was set aside ends once, and what has not ended is held; a gift is put right once.</summary>
internal sealed class HoldChecker
{
    private readonly List<Deed> _errands;
    private readonly ILookup<Reservation, Ending> _ends;
    private readonly ILookup<Gift, Undoing> _undone;
    private readonly Dictionary<int, long> _held;

    public HoldChecker(OperationLog log)
    {
        _errands = [.. log.Errands];
        _ends = _errands.OfType<Ending>().ToLookup(e => e.Of);
        _undone = _errands.OfType<Undoing>().ToLookup(u => u.Of);
        _held = _errands.OfType<Reservation>().Where(r => IsDone(r) && !_ends[r].Any(IsDone)).GroupBy(r => r.Giver)
            .ToDictionary(g => g.Key, g => g.Sum(r => (long)r.Minutes));
    }

    /// <summary>How often more than one end of a reservation, or more than one reversal of a gift, was acknowledged.</summary>
    public int EndedTwice => _ends.Count(e => e.Count(IsDone) > 1) + _undone.Count(u => u.Count(IsDone) > 1);

    /// <summary>How many minutes a person has set aside: what was acknowledged and has not ended.</summary>
    public long HeldBy(int person) => _held.GetValueOrDefault(person);

    /// <summary>What must not be: something good that was refused, or whose outcome nobody knows.</summary>
    public IEnumerable<string> Odd()
    {
        var refused = _errands.Count(d => d is Reservation { Outcome: Outcome.Refused });
        if (refused > 0) yield return $"{refused} good reservations refused";
        var unended = _ends.Count(e => e.All(d => d.Outcome == Outcome.Refused));
        if (unended > 0) yield return $"{unended} reservations whose every end was refused";
        var notRight = _undone.Count(u => u.All(d => d.Outcome == Outcome.Refused));
        if (notRight > 0) yield return $"{notRight} gifts that nobody was allowed to put right";
        var unknown = _errands.Count(d => d.Outcome == Outcome.Unknown);
        if (unknown > 0) yield return $"{unknown} errands whose outcome is unknown";
    }

    private static bool IsDone(Deed deed) => deed.Outcome == Outcome.Acknowledged;
}
