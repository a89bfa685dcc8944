using System.Text.Json;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common;

/// <summary>Turns events into stored messages and back. 发件箱</summary>
internal static class Outbox
{
    /// <summary>The message of an event; its id follows from the stream, the moment, its place among the events of the command and what
    /// it says, so that two commands of one moment do not collide.</summary>
    public static OutboxMessage Message(IDomainEvent happened, AreaCode area, DateTimeOffset now, int index)
    {
        var body = JsonSerializer.Serialize(happened, happened.GetType(), HouseJson.Options);
        return new()
        {
            Id = DerivedId.Of(happened.Stream, $"{happened.WireName}/{now.UtcTicks}/{index}/{body}"),
            Stream = happened.Stream,
            Event = happened.WireName,
            Body = body,
            Area = area,
            At = now,
        };
    }
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
