using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>What the kept entry does not know yet and the dropped one does. 归并内容</summary>
internal sealed class MergedEntry(PersonVault vault, DateTimeOffset now)
{
    public void Take(Person kept, Person dropped)
    {
        var today = Days.Of(now);
        foreach (var kind in Enum.GetValues<FactKind>())
        {
            if (kept.StandingOn(kind, today) is not null || dropped.StandingOn(kind, today) is not { } fact) continue;
            var value = fact.Sealed is null ? new FactValue(fact.Value)
                : new FactValue(fact.Value, vault.SealFact(kept, kept.NextLine, vault.OpenFact(dropped, fact)));
            _ = kept.Learn(kind, value, fact.Period, now).Value;
        }

        kept.LiveAt(kept.Group.Length > 0 ? kept.Group : dropped.Group, kept.Household ?? dropped.Household);
        var (own, other) = (vault.Open(kept.Id, kept.Secrets), vault.Open(dropped.Id, dropped.Secrets));
        var both = new PlainSecrets(own.IdNumber ?? other.IdNumber, own.Phone ?? other.Phone, own.Home ?? other.Home);
        if (both != own) kept.Seal(vault.Reseal(kept.Id, kept.Secrets, both));
    }
}
