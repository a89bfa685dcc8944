namespace Shouwang.Application.Common;

/// <summary>One moment of the whole house, held for as long as a list is read in parts: what is entered, changed or removed meanwhile is
/// not in it, so that no row comes twice and none is left out. Writers do not wait for it. 同一时刻</summary>
/// <remarks>It holds a connection, and what the database would clear away since; only a few are held at once, others wait for their turn.
/// Whoever opens one closes it.</remarks>
public sealed class Moment : IAsyncDisposable
{
    /// <summary>How many are held at once: on a server each is a connection, of the forty a house takes.</summary>
    private const int Most = 8;

    private static readonly SemaphoreSlim s_turns = new(Most);

    private int _closed;

    private Moment(ShouwangDb db) => Db = db;

    internal ShouwangDb Db { get; }

    internal static async Task<Moment> Of(Store store, CancellationToken ct)
    {
        await s_turns.WaitAsync(ct);
        var (moment, isHeld) = (new Moment(store.Read()), false);
        try
        {
            await store.Freeze(moment.Db, ct);
            isHeld = true;
            return moment;
        }
        finally
        {
            if (!isHeld) await moment.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1) return;
        await Db.DisposeAsync();
        s_turns.Release();
    }
}
