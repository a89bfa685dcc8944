using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.Common;

/// <summary>What one command works with: the books, and the entities when it needs them. Commits or vanishes as a whole.</summary>
public sealed class UnitOfWork(Books books, Func<ShouwangDb> open, DateTimeOffset now)
{
    /// <summary>Entities stored at once when there are many.</summary>
    private const int Portion = 500;

    private readonly List<IDomainEvent> _events = [];
    private ShouwangDb? _db;
    private Guid? _command;
    private Actor? _actor;

    public Books Books { get; } = At(books, SealTip.Whole(now));

    /// <summary>When this command runs: in whole microseconds, which both databases keep and marks and seals cover.</summary>
    public DateTimeOffset Now { get; } = SealTip.Whole(now);

    public Actor Actor => _actor ?? throw new InvalidOperationException("No actor is looking yet.");

    /// <summary>The entities the actor may see. Opened on first use: a command that only posts never pays for it.</summary>
    public ShouwangDb Db
    {
        get
        {
            if (_db is not null) return _db;
            Books.WriteThrough();
            _db = open();
            _db.Look(Actor);
            return _db;
        }
    }

    /// <summary>The entities, if anybody asked for them; the writer takes them back.</summary>
    internal ShouwangDb? Opened => _db;

    /// <summary>Decides what this unit of work sees.</summary>
    internal void Look(Actor actor) => _actor = actor;

    /// <summary>Decides which command this is; the ids of what it announces follow from its id.</summary>
    internal void Answer(Guid commandId) => _command = commandId;

    /// <summary>Announces something no entity announces by itself.</summary>
    public void Raise(IDomainEvent happened) => _events.Add(happened);

    /// <summary>Posts to the ledger and stores it, or refuses and stores nothing.</summary>
    public async Task<Result<Transaction>> Post(Slip slip, Account from, Account to, long amount, CancellationToken ct)
    {
        var posted = Transaction.Post(slip, new Move(from, to, amount));
        if (posted.IsOk(out var written, out _)) await Books.Write(written, [from, to], ct);
        return posted;
    }

    /// <summary>Stores many new entities in portions, past the change tracker, and follows none of them afterwards. What is changed in
    /// them later on is not stored.</summary>
    /// <param name="noted">Told the table and id of each before it is stored.</param>
    internal async Task Enter(IEnumerable<Entity> fresh, Action<string, Guid> noted, CancellationToken ct)
    {
        var rows = new FreshRows(Db);
        foreach (var portion in fresh.Chunk(Portion))
        {
            foreach (var one in portion)
            {
                var (table, id) = rows.Identity(one);
                noted(table, id);
                _events.AddRange(one.TakeEvents());
            }

            await rows.Insert(portion, ct);
        }
    }

    /// <summary>Posts in several books at once and stores it, or refuses and stores nothing of it.</summary>
    public async Task<Result<IReadOnlyList<Transaction>>> PostLinked(IReadOnlyList<(Slip Slip, Move Move)> legs, CancellationToken ct)
    {
        var posted = Transaction.Link(legs);
        if (!posted.IsOk(out var written, out _)) return posted;
        foreach (var (one, leg) in written.Zip(legs)) await Books.Write(one, [leg.Move.From, leg.Move.To], ct);
        return posted;
    }

    /// <summary>Sets value aside and stores it, or refuses and stores nothing.</summary>
    public async Task<Result<Hold>> Reserve(HoldSlip slip, Account from, Account to, long amount, CancellationToken ct)
    {
        var reserved = Hold.Reserve(slip, from, to, amount);
        if (reserved.IsOk(out var hold, out _)) await Books.Write(hold, from.Key.Book, ct);
        return reserved;
    }

    /// <summary>Pays a hold and stores it, or refuses and stores nothing.</summary>
    public async Task<Result<Transaction>> Pay(
        Hold hold, Id<Transaction> id, (Account From, Account To) between, long amount, CancellationToken ct)
    {
        var slip = new Slip(id, hold.Slip.Area, hold.Slip.Reason, Now);
        var paid = hold.Commit(slip, between.From, between.To, amount);
        if (!paid.IsOk(out var written, out _)) return paid;
        await Books.Write(hold.End!, written.Id, ct);
        await Books.Write(written, [between.From, between.To], ct);
        return paid;
    }

    /// <summary>Pays from the pool of the slip's area and stores it, or refuses and stores nothing.</summary>
    public async Task<Result<Transaction>> PayFromPool(Slip slip, Account to, long amount, CancellationToken ct)
    {
        var stripes = await Books.TakePool(to.Key.Book, slip.Area, (slip.Id.Value, amount), ct);
        if (!Pool.Draw(stripes, to, amount).IsOk(out var moves, out var refusal)) return refusal;
        var posted = Transaction.Post(slip, [.. moves]);
        if (posted.IsOk(out var written, out _)) await Books.Write(written, [.. moves.Select(m => m.From), to], ct);
        return posted;
    }

    /// <summary>Fills the pool of the slip's area and stores it.</summary>
    public async Task<Result<Transaction>> FillPool(Slip slip, Account from, long amount, CancellationToken ct)
    {
        var moves = Pool.Fill(from, await Books.TakeWholePool(from.Key.Book, slip.Area, ct), amount);
        var posted = Transaction.Post(slip, [.. moves]);
        if (posted.IsOk(out var written, out _)) await Books.Write(written, [from, .. moves.Select(m => m.To)], ct);
        return posted;
    }

    private static Books At(Books books, DateTimeOffset now)
    {
        books.Now = now;
        return books;
    }

    /// <summary>Stores changed entities and puts what happened into the outbox.</summary>
    internal async Task Save(CancellationToken ct)
    {
        if (_db is not null) await Store(_db, ct);

        foreach (var (happened, index) in _events.Select((e, i) => (e, i)))
        {
            var readers = Subscriptions.ReadersOf(happened.WireName);
            var id = DerivedId.Of(AnnouncerOf(happened), $"{happened.WireName}/{index}");
            await Books.Send(Outbox.Message(happened, id, _command, Actor.Scope, Now), readers, ct);
        }
    }

    private async Task Store(ShouwangDb db, CancellationToken ct)
    {
        foreach (var entry in db.ChangeTracker.Entries<Entity>().ToList())
        {
            if (Touched(entry)) entry.Property(e => e.Version).CurrentValue++;
            _events.AddRange(entry.Entity.TakeEvents());
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>How many events are announced.</summary>
    internal int Announced => _events.Count;

    /// <summary>Whose announcements these are: two commands never share an id, even under one tick of the clock. What is stored past the
    /// use cases (made-up villages) has no command.</summary>
    private Guid AnnouncerOf(IDomainEvent happened) => _command ?? DerivedId.Of(happened.Stream, $"{Now.UtcTicks}");

    /// <summary>A change of an owned child, in whatever row, counts as a change of its entity.</summary>
    private static bool Touched(EntityEntry<Entity> entry) =>
        entry.State == EntityState.Modified || (entry.State == EntityState.Unchanged && entry.Navigations.Any(ChangesInside));

    private static bool ChangesInside(NavigationEntry navigation)
    {
        if (!navigation.Metadata.TargetEntityType.IsOwned()) return false;
        if (navigation.IsModified) return true;
        return navigation switch
        {
            CollectionEntry { CurrentValue: { } children } all => children.Cast<object>().Any(child => Changes(all.FindEntry(child))),
            ReferenceEntry one => Changes(one.TargetEntry),
            _ => false,
        };
    }

    private static bool Changes(EntityEntry? child) =>
        child is not null && (child.State is not (EntityState.Unchanged or EntityState.Detached) || child.Navigations.Any(ChangesInside));
}
