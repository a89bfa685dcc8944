using Shouwang.Application.Common;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>What can be wrong with the disk, or the server, below a <see cref="ThinStore"/>.</summary>
internal sealed class FullDisk
{
    public bool IsFull { get; set; }

    public bool Hangs { get; set; }

    /// <summary>Nothing is read and nothing written.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often something was to be read.</summary>
    public int Reads { get; set; }

    /// <summary>How often something was to be stored while it hung.</summary>
    public int Tries { get; set; }
}

/// <summary>A store on a disk that can be full, hang or be away.</summary>
internal sealed class ThinStore(Store inner, FullDisk disk) : Store
{
    public override string Kind => inner.Kind;

    public override Writer Writer { get; } = new ThinWriter(inner, disk);

    public override ShouwangDb Read()
    {
        disk.Reads++;
        return disk.IsAway ? throw new IOException("The disk is away.") : inner.Read();
    }

    public override Task Freeze(ShouwangDb db, CancellationToken ct) => inner.Freeze(db, ct);

    public override bool IsUnavailable(Exception e) => (disk.IsAway && e is IOException) || inner.IsUnavailable(e);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class ThinWriter(Store inner, FullDisk disk) : Writer
    {
        public override Task<T> Run<T>(Func<UnitOfWork, Task<Verdict<T>>> work, CancellationToken ct)
        {
            if (disk.IsFull || disk.IsAway) return Task.FromException<T>(new StorageUnavailable("No space left on device."));
            if (!disk.Hangs) return inner.Writer.Run(work, ct);
            disk.Tries++;
            return new TaskCompletionSource<T>().Task;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
