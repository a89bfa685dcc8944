namespace Shouwang.Chaos.Harness;

/// <summary>R5: the versions that receipts name are the order in which an account was moved. Each stands once, none is beyond what the
/// journal holds, and a gift that was asked for after another was acknowledged comes after it.</summary>
internal static class AppendChecker
{
    /// <param name="Looked">Acknowledged gifts that were looked at.</param>
    /// <param name="OutOfOrder">Those of them that do not fit.</param>
    internal readonly record struct Order(int Looked, int OutOfOrder);

    /// <param name="entries">For each giver, how many entries of the journal moved their account.</param>
    public static Order Check(IEnumerable<Gift> gifts, IReadOnlyList<int> entries)
    {
        var (looked, wrong) = (0, 0);
        foreach (var own in gifts.Where(g => g.Outcome == Outcome.Acknowledged).GroupBy(g => g.Giver))
        {
            var told = own.Where(g => g.Version is >= 1 && g.Version <= entries[own.Key]).OrderByDescending(g => g.Version).ToList();
            looked += own.Count();
            wrong += own.Count() - told.Count + Misplaced(told);
        }

        return new(looked, wrong);
    }

    /// <summary>Those that share a version, or were asked for when one with a higher version was acknowledged already.</summary>
    /// <param name="told">The highest version first.</param>
    private static int Misplaced(List<Gift> told)
    {
        var (wrong, acknowledged) = (0, long.MaxValue);
        foreach (var (i, gift) in told.Index())
        {
            if ((i > 0 && told[i - 1].Version == gift.Version) || gift.AskedAt > acknowledged) wrong++;
            acknowledged = Math.Min(acknowledged, gift.AcknowledgedAt ?? long.MaxValue);
        }

        return wrong;
    }
}
