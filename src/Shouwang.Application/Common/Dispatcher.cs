using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common;

/// <summary>Delivers what waits in the outbox: in order within a stream, again after a failure, ten times at most; what the house never
/// wrote is given up at once. 投递</summary>
public sealed class Dispatcher(Store store, KeyRing keys, IServiceScopeFactory scopes, TimeProvider clock, ILogger<Dispatcher> log)
{
    /// <summary>After so many failures a person must look.</summary>
    public const int Tries = 10;

    /// <summary>Why a message that this house never wrote is not delivered.</summary>
    public const string ForgedMessage = "outbox.forged-message";

    private const int Batch = 200;

    /// <summary>The longest wait between two tries.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    /// <summary>Delivers everything that is due, also what the deliveries announce. Returns how many were delivered. A round in which
    /// nothing could be delivered is the last one: whatever is still due is tried again when somebody wakes it.</summary>
    public async Task<int> Drain(CancellationToken ct)
    {
        var delivered = 0;
        while (true)
        {
            var (due, before) = (await Due(ct), delivered);
            foreach (var (delivery, message) in due) delivered += await Deliver(delivery, message, ct) ? 1 : 0;
            if (delivered == before) return delivered;
        }
    }

    private async Task<IReadOnlyList<(OutboxDelivery Delivery, OutboxMessage Message)>> Due(CancellationToken ct)
    {
        await using var db = store.Read();
        var now = clock.GetUtcNow();

        // Further ahead than any wait: put there while the clock was wrong.
        var ahead = now + s_longest;
        var open = db.Deliveries.IgnoreQueryFilters(["area"]).AsNoTracking().Where(d => d.DeliveredAt == null);
        var due = from d in open
                  where d.GaveUpAt == null && (d.Attempts == 0 || d.NextTry <= now || d.NextTry > ahead)
                  where !open.Any(e => e.Reader == d.Reader && e.Stream == d.Stream && e.Seq < d.Seq)
                  join m in db.Outbox.IgnoreQueryFilters(["area"]).AsNoTracking() on d.MessageId equals m.Id
                  orderby d.Seq
                  select new { d, m };
        return [.. (await due.Take(Batch).ToListAsync(ct)).Select(x => (x.d, x.m))];
    }

    private async Task<bool> Deliver(OutboxDelivery delivery, OutboxMessage message, CancellationToken ct)
    {
        var error = await Try(delivery, message, ct);
        var now = clock.GetUtcNow();
        var attempts = delivery.Attempts + 1;
        var marked = new OutboxDelivery
        {
            MessageId = delivery.MessageId, Reader = delivery.Reader, Attempts = attempts, LastError = error,
            NextTry = now.AddSeconds(Math.Min(s_longest.TotalSeconds, Math.Pow(2, attempts))),
            DeliveredAt = error is null ? now : null,
            GaveUpAt = error is ForgedMessage || (error is not null && attempts >= Tries) ? now : null,
        };
        await store.Writer.Run<bool>(
            async unit =>
            {
                await unit.Books.Mark(marked, ct);
                return new(true, true);
            },
            ct);
        return error is null;
    }

    /// <summary>Runs the reader. Whatever goes wrong in it is this delivery's trouble, never the dispatcher's.</summary>
    private async Task<string?> Try(OutboxDelivery delivery, OutboxMessage message, CancellationToken ct)
    {
        if (!MessageForm.Of(new(), message).IsMarked(new(keys, MessageForm.MessageMark), message.Mark))
        {
            log.LogCritical("Message {Message} was not written by this house; it is not delivered.", message.Id);
            return ForgedMessage;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var command = DerivedId.Of(message.Id, delivery.Reader);
            var refusal = await Subscriptions.Named(delivery.Reader).Deliver(scope.ServiceProvider, message, command, ct);
            return refusal?.Code;
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            log.LogError(mistake, "Delivery of {Event} to {Reader} failed.", message.Event, delivery.Reader);
            return mistake.GetType().Name;
        }
    }
}

/// <summary>Runs the dispatcher and the sealer while the house is open, beside each other: seals wait for no delivery. </summary>
internal sealed class BackgroundWork(Dispatcher dispatcher, AuditSealer sealer, OutboxSignal signal, ILogger<BackgroundWork> log)
    : BackgroundService
{
    private static readonly TimeSpan s_atLeastEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>While there is something to seal the next round comes sooner: what was committed in this one has waited for it.</summary>
    private static readonly TimeSpan s_whileBusy = TimeSpan.FromMilliseconds(200);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Keep(Deliver, stoppingToken), Keep(Seal, stoppingToken));

    private async Task Deliver(CancellationToken ct)
    {
        await dispatcher.Drain(ct);
        await signal.Wait(s_atLeastEvery, ct);
    }

    private async Task Seal(CancellationToken ct)
    {
        var refused = sealer.Refused;
        var isBusy = await sealer.Seal(ct) > 0;
        if (sealer.Refused > refused)
            log.LogCritical("{Rows} rows in the books were not written by this house; they get no seal.", sealer.Refused - refused);
        await Task.Delay(isBusy ? s_whileBusy : s_atLeastEvery, ct);
    }

    private async Task Keep(Func<CancellationToken, Task> round, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await round(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception mistake)
            {
                log.LogError(mistake, "Background work stumbled; it goes on.");
                await Task.Delay(s_atLeastEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
