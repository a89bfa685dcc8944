using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>While many write and the sealer goes round: whatever is committed is sealed, once, and what was over before another began is
/// sealed before it.</summary>
public sealed class SealLawTests
{
    private const int Writers = 8;
    private const int Each = 25;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Whatever_is_committed_under_load_is_sealed_once_and_in_the_order_of_the_commits(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var written = new ConcurrentBag<Done>();
        using var over = new CancellationTokenSource();
        var sealing = Task.Run(() => Seal(village, over.Token), Ct);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => Write(village, writer, written), Ct)));
        await over.CancelAsync();
        var rounds = await sealing;
        await village.Settle();

        var links = await village.Get<Workspace>().Read(village.House, db => db.SealLinks.OrderBy(l => l.Position).ToListAsync(Ct));
        foreach (var kind in new[] { SealKind.Transaction, SealKind.Audit })
        {
            var at = links.Where(l => l.Kind == kind).ToDictionary(l => l.Subject, l => l.Position);
            Assert.Equal(written.Select(w => w.Id).Order(), at.Keys.Order());
            Assert.Empty(OutOfOrder(written, at));
        }

        Assert.True(rounds > 1, "The sealer never went round while the others wrote.");
        var audit = (await village.Get<VerifyAudit>().Run(village.House, Ct)).Value;
        var ledger = (await village.Get<VerifyLedger>().Run(village.House, Ct)).Value;
        Assert.Equal((true, 0, true, 0), (audit.IsSound, audit.Unsealed, ledger.IsSound, ledger.Unsealed));
    }

    /// <param name="Began">When it was asked, and when it was told done.</param>
    private sealed record Done(Guid Id, long Began, long Ended);

    /// <summary>What began after another had ended and was sealed before it.</summary>
    private static IEnumerable<(Done Earlier, Done Later)> OutOfOrder(IReadOnlyCollection<Done> all, Dictionary<Guid, long> at)
    {
        var (ended, last) = (new Queue<Done>(all.OrderBy(d => d.Ended)), (Done?)null);
        foreach (var later in all.OrderBy(d => d.Began))
        {
            while (ended.TryPeek(out var next) && next.Ended < later.Began)
            {
                if (last is null || at[next.Id] > at[last.Id]) last = next;
                ended.Dequeue();
            }

            if (last is not null && at[last.Id] > at[later.Id]) yield return (last, later);
        }
    }

    private static async Task<int> Seal(Village village, CancellationToken over)
    {
        for (var rounds = 0; ; rounds++)
        {
            if (over.IsCancellationRequested) return rounds;
            await village.Get<AuditSealer>().Seal(Ct);
        }
    }

    /// <summary>A writer with a pool of their own, so that they hinder each other as little as the database allows.</summary>
    private static async Task Write(Village village, int writer, ConcurrentBag<Done> written)
    {
        var pool = new AreaCode(Village.X.Value + 10 + writer);
        for (var i = 0; i < Each; i++)
        {
            var (id, began) = (Id<Transaction>.New(TimeProvider.System), Stopwatch.GetTimestamp());
            _ = (await village.Get<FillPool>().Run(new(id, pool, i + 1), village.House, Ct)).Value;
            written.Add(new(id.Value, began, Stopwatch.GetTimestamp()));
        }
    }
}
