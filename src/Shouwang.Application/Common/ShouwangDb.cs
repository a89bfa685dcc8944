using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.TimeBank;
using Reading = Shouwang.Domain.Health.Reading;

namespace Shouwang.Application.Common;

/// <summary>Everything the house stores, seen through two filters: the area an actor works in and how far they reach inside it.
/// Nothing is seen until <see cref="Look"/> is called.</summary>
public abstract class ShouwangDb(DbContextOptions options) : DbContext(options)
{
    private Actor? _looking;

    public DbSet<Area> Areas => Set<Area>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<Household> Households => Set<Household>();
    public DbSet<Relation> Relations => Set<Relation>();
    public DbSet<SensitiveLook> Looks => Set<SensitiveLook>();
    public DbSet<Departure> Departures => Set<Departure>();
    public DbSet<Consent> Consents => Set<Consent>();
    public DbSet<PersonPhoto> Photos => Set<PersonPhoto>();
    public DbSet<Mandate> Mandates => Set<Mandate>();
    public DbSet<KeptApart> KeptApart => Set<KeptApart>();
    public DbSet<PersonMerge> PersonMerges => Set<PersonMerge>();
    public DbSet<RosterUpload> RosterUploads => Set<RosterUpload>();
    public DbSet<RosterImport> RosterImports => Set<RosterImport>();
    public DbSet<Place> Places => Set<Place>();
    public DbSet<Pair> Pairs => Set<Pair>();
    public DbSet<PairingGap> PairingGaps => Set<PairingGap>();
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<Incident> Incidents => Set<Incident>();
    public DbSet<WeatherWarning> Warnings => Set<WeatherWarning>();
    public DbSet<Reading> Readings => Set<Reading>();
    public DbSet<Duty> Duties => Set<Duty>();
    public DbSet<StandIn> StandIns => Set<StandIn>();
    public DbSet<MonthClose> MonthCloses => Set<MonthClose>();
    public DbSet<VisitCredit> Credits => Set<VisitCredit>();
    public DbSet<HoursDispute> HoursDisputes => Set<HoursDispute>();
    public DbSet<FillingEnd> FillingEnds => Set<FillingEnd>();
    public DbSet<SignInAccount> SignInAccounts => Set<SignInAccount>();
    public DbSet<SignInToken> SignInTokens => Set<SignInToken>();
    public DbSet<SignInSession> SignInSessions => Set<SignInSession>();
    public DbSet<Post> Posts => Set<Post>();
    public DbSet<AccountRow> Accounts => Set<AccountRow>();
    public DbSet<TransactionRow> Transactions => Set<TransactionRow>();
    public DbSet<PostingRow> Postings => Set<PostingRow>();
    public DbSet<HoldRow> Holds => Set<HoldRow>();
    public DbSet<HoldEndRow> HoldEnds => Set<HoldEndRow>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<SealLink> SealLinks => Set<SealLink>();
    public DbSet<SealCheckpoint> SealCheckpoints => Set<SealCheckpoint>();
    public DbSet<BookCheck> BookChecks => Set<BookCheck>();
    public DbSet<SecurityEvent> SecurityEvents => Set<SecurityEvent>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<OutboxDelivery> Deliveries => Set<OutboxDelivery>();

    // What the filters read. EF Core takes them as parameters of every query.
    internal AreaCode ScopeFirst { get; private set; } = new(0);
    internal AreaCode ScopeLast { get; private set; } = new(-1);
    internal AreaRange Before1 { get; private set; } = AreaRange.Empty;
    internal AreaRange Before2 { get; private set; } = AreaRange.Empty;
    internal AreaRange Before3 { get; private set; } = AreaRange.Empty;
    internal AreaRange Before4 { get; private set; } = AreaRange.Empty;
    internal bool ReachesAll { get; private set; }
    internal Id<Person>[] ReachedPeople { get; private set; } = [];
    internal Id<Person> Self { get; private set; }
    internal Guid SelfHolder { get; private set; }
    internal Id<Place> ReachedPoint { get; private set; }

    /// <summary>Shows this unit of work what one actor may see, and nothing else.</summary>
    public void Look(Actor actor)
    {
        _looking = actor;
        var scope = actor.Without == Blindness.Area ? AreaCode.Nation : actor.Scope;
        (ScopeFirst, ScopeLast) = (scope.First, scope.Last);
        (Before1, Before2, Before3, Before4) = AreaRange.Four(actor.Predecessors);
        ReachesAll = actor.Reach.Kind == ReachKind.Area || actor.Without == Blindness.Reach;
        ReachedPeople = [.. actor.Reach.People.Select(id => new Id<Person>(id))];
        ReachedPoint = actor.Reach.Point ?? default;
        (Self, SelfHolder) = (actor.Person, actor.Person.Value);
    }

    /// <summary>Whether what was stored through this context may change who may do what.</summary>
    internal bool ChangesAccess { get; private set; }

    internal void TouchAccess() => ChangesAccess = true;

    /// <summary>Says that what passed the change tracker so far decides about nobody's access: when a session was last seen.</summary>
    internal void SparesAccess() => ChangesAccess = false;

    /// <summary>Ready for the next command: knows no record and nobody who looks, and shows nothing.</summary>
    internal void Forget()
    {
        ChangeTracker.Clear();
        ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        (_looking, ChangesAccess) = (null, false);
        (ScopeFirst, ScopeLast) = (new(0), new(-1));
        (Before1, Before2, Before3, Before4) = AreaRange.Four([]);
        (ReachesAll, ReachedPeople, ReachedPoint, Self, SelfHolder) = (false, [], default, default, default);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangesAccess |= ChangeTracker.Entries().Any(e => e.State != EntityState.Unchanged && AccessMark.Decides(e.Metadata));
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>Who is looking.</summary>
    public Actor Looking => _looking ?? throw new InvalidOperationException("No actor is looking yet.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conversions.Add(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ShouwangDb).Assembly);
        var scoped = typeof(ShouwangDb).GetMethod(nameof(Scoped), BindingFlags.NonPublic | BindingFlags.Instance)!;
        foreach (var type in modelBuilder.Model.GetEntityTypes().Select(e => e.ClrType)
            .Where(t => t.IsAssignableTo(typeof(IInArea))).ToList())
        {
            scoped.MakeGenericMethod(type).Invoke(this, [modelBuilder]);
        }

        // A warning is heard wherever its area and the one somebody works in, or one this stands for, meet: a village hears its county's.
        modelBuilder.Entity<WeatherWarning>().HasQueryFilter(
            "area",
            w => (w.Area <= ScopeLast && w.Last >= ScopeFirst)
                || (w.Area <= Before1.Last && w.Last >= Before1.First) || (w.Area <= Before2.Last && w.Last >= Before2.First)
                || (w.Area <= Before3.Last && w.Last >= Before3.First) || (w.Area <= Before4.Last && w.Last >= Before4.First));
        Reaches(modelBuilder);
    }

    private void Scoped<T>(ModelBuilder model) where T : class, IInArea
    {
        model.Entity<T>().HasQueryFilter(
            "area",
            e => (e.Area >= ScopeFirst && e.Area <= ScopeLast)
                || (e.Area >= Before1.First && e.Area <= Before1.Last) || (e.Area >= Before2.First && e.Area <= Before2.Last)
                || (e.Area >= Before3.First && e.Area <= Before3.Last) || (e.Area >= Before4.First && e.Area <= Before4.Last));
        model.Entity<T>().HasIndex(e => e.Area);
        if (typeof(T).IsAssignableTo(typeof(Entity))) model.Entity<T>().Property(nameof(Entity.Version)).IsConcurrencyToken();
    }

    /// <summary>Who sees which record inside the area; a type without a line here is seen by everyone who may ask for it.</summary>
    private void Reaches(ModelBuilder model)
    {
        model.Entity<Person>().HasQueryFilter("reach", p => ReachesAll || ReachedPeople.Contains(p.Id) || p.Id == Self);
        model.Entity<Relation>()
            .HasQueryFilter("reach", r => ReachesAll || ReachedPeople.Contains(r.Elder) || r.Elder == Self || r.Relative == Self);
        model.Entity<SensitiveLook>().HasQueryFilter("reach", l => ReachesAll || ReachedPeople.Contains(l.Person) || l.Person == Self);
        model.Entity<Departure>().HasQueryFilter("reach", d => ReachesAll || ReachedPeople.Contains(d.Person));
        model.Entity<Consent>()
            .HasQueryFilter("reach", c => ReachesAll || ReachedPeople.Contains(c.Person) || c.Person == Self);
        model.Entity<PersonPhoto>().HasQueryFilter("reach", p => ReachesAll || ReachedPeople.Contains(p.Person) || p.Person == Self);
        model.Entity<Mandate>()
            .HasQueryFilter("reach", m => ReachesAll || ReachedPeople.Contains(m.Person) || m.Person == Self || m.Agent == Self);
        model.Entity<Place>().HasQueryFilter("reach", p => ReachesAll || p.Id == ReachedPoint);
        model.Entity<Pair>().HasQueryFilter("reach", p => ReachesAll || ReachedPeople.Contains(p.Elder) || p.Volunteer == Self);
        model.Entity<Visit>().HasQueryFilter("reach", v => ReachesAll || ReachedPeople.Contains(v.Elder) || v.Volunteer == Self);
        model.Entity<Incident>().HasQueryFilter("reach", i => ReachesAll || ReachedPeople.Contains(i.Elder) || i.Elder == Self);
        model.Entity<Reading>().HasQueryFilter("reach", r => ReachesAll || ReachedPeople.Contains(r.Person) || r.Person == Self);
        model.Entity<Duty>().HasQueryFilter(
            "reach", d => ReachesAll || d.Holder == Self || d.StandIn == Self || ReachedPeople.Contains(d.About));
        model.Entity<StandIn>().HasQueryFilter("reach", s => ReachesAll || s.Away == Self || s.Acts == Self);
        model.Entity<PairingGap>().HasQueryFilter("reach", g => ReachesAll || ReachedPeople.Contains(g.Elder) || g.Elder == Self);
        model.Entity<MonthClose>().HasQueryFilter("reach", c => ReachesAll || c.Point == ReachedPoint);
        model.Entity<VisitCredit>().HasQueryFilter("reach", c => ReachesAll || c.Volunteer == Self);
        model.Entity<HoursDispute>().HasQueryFilter("reach", d => ReachesAll || d.Volunteer == Self);
        model.Entity<SignInAccount>().HasQueryFilter("reach", a => ReachesAll || a.Person == Self);
        model.Entity<Post>().HasQueryFilter("reach", p => ReachesAll || p.Person == Self);
        model.Entity<AccountRow>().HasQueryFilter("reach", a => ReachesAll || a.Holder == SelfHolder);
    }
}

/// <summary>The codes of a predecessor: everything that was written under an area before another took its place. 沿革范围</summary>
internal readonly record struct AreaRange(AreaCode First, AreaCode Last)
{
    public static AreaRange Empty { get; } = new(new(0), new(-1));

    /// <summary>Up to four predecessors as ranges; what lies inside the scope's own range needs none, so a scope has few.</summary>
    /// <exception cref="NotSupportedException">There are more; showing only some of them would hide people without a word.</exception>
    public static (AreaRange, AreaRange, AreaRange, AreaRange) Four(IReadOnlyList<AreaCode> areas) =>
        areas.Count <= 4
            ? (At(areas, 0), At(areas, 1), At(areas, 2), At(areas, 3))
            : throw new NotSupportedException("A scope with more than four merged-in areas is not supported yet.");

    private static AreaRange At(IReadOnlyList<AreaCode> areas, int index) =>
        index < areas.Count ? new(areas[index].First, areas[index].Last) : Empty;
}

/// <summary>The embedded database of one village or county. </summary>
public sealed class SqliteShouwangDb(DbContextOptions<SqliteShouwangDb> options) : ShouwangDb(options);

/// <summary>The database of a county or province with several machines.</summary>
public sealed class PostgresShouwangDb(DbContextOptions<PostgresShouwangDb> options) : ShouwangDb(options);
