using System.Text.Json;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common;

/// <summary>Turns events into stored messages and back. 发件箱</summary>
internal static class Outbox
{
    /// <summary>The message of an event.</summary>
    /// <param name="id">Follows from the command and the event's place among what the command announces.</param>
    /// <param name="by">The command; none for what is stored past the use cases.</param>
    public static OutboxMessage Message(IDomainEvent happened, Guid id, Guid? by, AreaCode area, DateTimeOffset now) => new()
    {
        Id = id,
        Stream = happened.Stream,
        Event = happened.WireName,
        Body = JsonSerializer.Serialize(happened, happened.GetType(), HouseJson.Options),
        Area = area,
        At = now,
        CommandId = by,
    };
}

/// <summary>Wakes the dispatcher when something was announced.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _something = new(0);

    public void Wake() => _something.Release();

    /// <summary>Waits until woken, or until the given time has passed.</summary>
    public Task Wait(TimeSpan atMost, CancellationToken ct) => _something.WaitAsync(atMost, ct);

    public void Dispose() => _something.Dispose();
}
