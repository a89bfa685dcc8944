namespace Shouwang.Application.Common;

/// <summary>Runs commands so that each is durable before it is acknowledged. One way for each database.</summary>
public abstract class Writer : IAsyncDisposable
{
    /// <summary>Runs one piece of work as a whole.</summary>
    /// <param name="work">Does the work and says whether to keep it; nothing of it is kept otherwise, and then what it returns is handed
    /// on all the same.</param>
    /// <exception cref="StorageUnavailable">The database could not make it durable; nothing was kept, unless it says that this is not
    /// known.</exception>
    public abstract Task<T> Run<T>(Func<UnitOfWork, Task<Verdict<T>>> work, CancellationToken ct);

    public abstract ValueTask DisposeAsync();
}

/// <summary>What a piece of work answers, and whether its changes stay. 裁定</summary>
public readonly record struct Verdict<T>(bool Keep, T Answer);

/// <summary>The database cannot store anything now: full, failing or gone. Nothing was acknowledged. 存储不可用</summary>
public sealed class StorageUnavailable : Exception
{
    public StorageUnavailable(string message, Exception inner) : base(message, inner)
    {
    }

    /// <summary>Whether it broke while it was being made durable, so that it may be stored all the same: asking again under the same
    /// number tells.</summary>
    public bool MayBeStored { get; init; }

    public StorageUnavailable(string message) : base(message)
    {
    }

    public StorageUnavailable()
    {
    }
}
