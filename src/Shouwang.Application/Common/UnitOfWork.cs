using Microsoft.EntityFrameworkCore;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common;

/// <summary>What one command works with: the books, and the entities when it needs them. Commits or vanishes as a whole.</summary>
public sealed class UnitOfWork(Books books, Func<ShouwangDb> open, DateTimeOffset now) : IAsyncDisposable
{
    private readonly List<IDomainEvent> _events = [];
    private ShouwangDb? _db;
    private Actor? _actor;

    public Books Books { get; } = books;

    /// <summary>When this command runs.</summary>
    public DateTimeOffset Now { get; } = now;

    public Actor Actor => _actor ?? throw new InvalidOperationException("No actor is looking yet.");

    /// <summary>The entities the actor may see. Opened on first use: a command that only posts never pays for it.</summary>
    public ShouwangDb Db
    {
        get
        {
            if (_db is not null) return _db;
            _db = open();
            _db.Look(Actor);
            return _db;
        }
    }

    /// <summary>Decides what this unit of work sees.</summary>
    internal void Look(Actor actor) => _actor = actor;

    /// <summary>Announces something no entity announces by itself.</summary>
    public void Raise(IDomainEvent happened) => _events.Add(happened);

    /// <summary>Posts to the ledger and stores it, or refuses and stores nothing.</summary>
    public async Task<Result<Transaction>> Post(Slip slip, Account from, Account to, long amount, CancellationToken ct)
    {
        var posted = Transaction.Post(slip, new Move(from, to, amount));
        if (posted.IsOk(out var written, out _)) await Books.Write(written, [from, to], ct);
        return posted;
    }

    /// <summary>Stores changed entities and puts what happened into the outbox.</summary>
    internal async Task Save(CancellationToken ct)
    {
        if (_db is not null)
        {
            foreach (var entry in _db.ChangeTracker.Entries<Entity>().ToList())
            {
                if (Touched(entry)) entry.Property(e => e.Version).CurrentValue++;
                _events.AddRange(entry.Entity.TakeEvents());
            }

            await _db.SaveChangesAsync(ct);
        }

        foreach (var (happened, index) in _events.Select((e, i) => (e, i)))
        {
            var readers = Subscriptions.ReadersOf(happened.WireName);
            await Books.Send(Outbox.Message(happened, Actor.Scope, Now, index), readers, ct);
        }
    }

    /// <summary>Whether something was announced, so that the dispatcher should look.</summary>
    internal bool Announced => _events.Count > 0;

    /// <summary>A change of an owned child counts as a change of its entity.</summary>
    private static bool Touched(Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry<Entity> entry) =>
        entry.State == EntityState.Modified
        || (entry.State == EntityState.Unchanged && entry.Collections.Any(c => c.IsModified))
        || (entry.State == EntityState.Unchanged
            && entry.References.Any(r => r.TargetEntry is { State: EntityState.Modified or EntityState.Added }));

    public ValueTask DisposeAsync() => _db?.DisposeAsync() ?? ValueTask.CompletedTask;
}
