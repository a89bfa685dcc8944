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
    private const int Each = 15;

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
        foreach (var kind in Enum.GetValues<SealKind>())
        {
            var done = written.Where(w => w.Kind == kind).ToList();
            var at = links.Where(l => l.Kind == kind).ToDictionary(l => l.Subject, l => l.Position);
            Assert.Equal(done.Select(w => w.Id).Order(), at.Keys.Order());
            Assert.Equal(Writers * Each, done.Count);
            Assert.Empty(OutOfOrder(done, at));
        }

        Assert.True(rounds > 1, "The sealer never went round while the others wrote.");
        var audit = (await village.Get<VerifyAudit>().Run(village.House, Ct)).Value;
        var ledger = (await village.Get<VerifyLedger>().Run(village.House, Ct)).Value;
        Assert.Equal((true, 0, true, 0), (audit.IsSound, audit.Unsealed, ledger.IsSound, ledger.Unsealed));
    }

    /// <param name="Began">When it was asked, and when it was told done.</param>
    private sealed record Done(SealKind Kind, Guid Id, long Began, long Ended);

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

    /// <summary>A writer with an area of their own, so that they hinder each other as little as the database allows.</summary>
    private static async Task Write(Village village, int writer, ConcurrentBag<Done> written)
    {
        var area = new AreaCode(Village.X.Value + 10 + writer);
        for (var i = 0; i < Each; i++)
        {
            var (id, hold) = (Id<Transaction>.New(TimeProvider.System), Id<Hold>.New(TimeProvider.System));
            await Timed([(SealKind.Transaction, id.Value), (SealKind.Audit, id.Value)], async () =>
                _ = (await village.Get<FillPool>().Run(new(id, area, i + 1), village.House, Ct)).Value);
            var happened = new SecurityEvent
            {
                Id = id.Value, Code = "test.seen", Command = "Test", Role = nameof(Role.System), Area = area,
                At = village.Clock.GetUtcNow(),
            };
            await Timed([(SealKind.Hold, hold.Value), (SealKind.SecurityEvent, id.Value)], () => In(village, async unit =>
            {
                var (from, to) = await Two(unit, area);
                var slip = new HoldSlip(hold, area, "test.held", unit.Now, unit.Now.AddDays(1));
                _ = (await unit.Reserve(slip, from, to, 1, Ct)).Value;
                await unit.Books.Report(happened, Ct);
            }));
            await Timed([(SealKind.HoldEnd, hold.Value)], () => In(village, async unit =>
            {
                var (from, _) = await Two(unit, area);
                var ended = (await unit.Books.FindHold(hold, Ct))!.Void(from, unit.Now).Value;
                await unit.Books.Write(ended, null, Ct);
            }));
        }

        async Task Timed((SealKind Kind, Guid Id)[] rows, Func<Task> work)
        {
            var began = Stopwatch.GetTimestamp();
            await work();
            foreach (var (kind, row) in rows) written.Add(new(kind, row, began, Stopwatch.GetTimestamp()));
        }
    }

    private static async Task<(Account From, Account To)> Two(UnitOfWork unit, AreaCode area)
    {
        var (from, to) = (AccountKey.OfOutside(Book.Hours, area), AccountKey.OfPool(Book.Hours, area, 0));
        var taken = await unit.Books.Take(Ct, from, to);
        return (taken[from], taken[to]);
    }

    private static Task In(Village village, Func<UnitOfWork, Task> work) => village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(village.House);
            await work(unit);
            return new(true, true);
        },
        Ct);
}
