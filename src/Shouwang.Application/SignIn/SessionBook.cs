using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;

namespace Shouwang.Application.SignIn;

/// <summary>Who stands behind a session now. 会话登记</summary>
/// <param name="Session">The session.</param>
/// <param name="Account">Its account.</param>
/// <param name="Post">The post worked in.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Place">The area worked in, from the county down, as far as its names are known.</param>
public sealed record SignedIn(Guid Session, Guid Account, Id<Post> Post, string Name, IReadOnlyList<string> Place, Actor Actor)
{
    /// <summary>Whether the post needs a second factor that the account does not have yet; until then only enrolling is open.</summary>
    public bool LacksFactor { get; init; }
}

/// <summary>Turns a session into the actor it stands for: a revoked session, an ended post or a dissolved pair counts from the next
/// request on; one that another process stored, after <see cref="SessionMemory.Life"/>. 会话登记</summary>
public sealed class SessionBook(Store store, Workspace work, FactorDesk factors, SignInRules rules, SignInVault vault)
{
    private readonly SessionMemory _memory = new(store.Access, work.Clock);
    private readonly SessionTouches _touches = new(work.Clock);

    private static readonly Actor s_house = Actor.System(AreaCode.Nation);
    private static readonly TimeSpan s_historyLife = TimeSpan.FromMinutes(5);
    private KnownHistory? _history;

    /// <summary>How long the database has to say who is behind a session while somebody calls for help.</summary>
    private static readonly TimeSpan s_needPatience = TimeSpan.FromSeconds(0.5);

    /// <summary>Who is signed in; null when the session is unknown, revoked or idle too long, or its post has ended.</summary>
    public async Task<SignedIn?> Find(Guid session, CancellationToken ct)
    {
        var (found, seen) = await Known(session, ct);
        if (found is null || seen + rules.SeenEvery > work.Now) return found;
        if (await _touches.Try(session, () => Touch(session))) _memory.Forget(session);
        return found;
    }

    /// <summary>The same for whoever calls for help or listens for calls: while the database does not answer, who stood behind the
    /// session when it was last asked, for as long as <see cref="SignInRules.AlarmGrace"/>.</summary>
    /// <param name="isQuiet">Whether the house was asked by a page that is merely open, so that nobody counts as having been seen.</param>
    /// <exception cref="StorageUnavailable">The database does not answer, and nobody is known behind it.</exception>
    public async Task<SignedIn?> FindInNeed(Guid session, bool isQuiet, CancellationToken ct)
    {
        try
        {
            return await Task.Run(() => isQuiet ? Look(session, ct) : Find(session, ct), ct).WaitAsync(s_needPatience, work.Clock, ct);
        }
        catch (Exception notNow) when (notNow is StorageUnavailable or TimeoutException)
        {
            return _memory.Last(session, rules.AlarmGrace) ?? throw new StorageUnavailable("Nobody is known behind this session.", notNow);
        }
    }

    /// <summary>Drops whoever was revoked, or whose post has ended, from what is remembered for the time when the database does not
    /// answer; it was not asked for them since.</summary>
    /// <exception cref="StorageUnavailable">The database cannot be read now.</exception>
    public async Task Review(CancellationToken ct)
    {
        var (known, today) = (_memory.All, work.Today);
        var standing = await work.Read(s_house, db => db.SignInSessions
            .Where(s => known.Contains(s.Id) && s.Revoked == null)
            .Where(s => db.Posts.Any(p => p.Id == s.Post && p.Person == s.Person && p.From <= today && (p.To == null || today < p.To)))
            .Select(s => s.Id).ToHashSetAsync(ct));
        foreach (var session in known.Where(s => !standing.Contains(s))) _memory.Drop(session);
    }

    /// <summary>The actor behind a sign-in name in the first post it holds, for the command line, where whoever can read the keys needs no
    /// password.</summary>
    public async Task<Result<Actor>> Named(string name, CancellationToken ct)
    {
        if (!SignInVault.ReadName(name, "as").IsOk(out var read, out var refusal)) return refusal;
        var index = vault.NameIndex(read);
        return await work.Read<Result<Actor>>(s_house, async db =>
        {
            var account = await db.SignInAccounts.SingleOrDefaultAsync(a => a.NormalizedUserName == index, ct);
            if (account is null) return CommonRefusals.NotFound.On("as");
            var posts = await db.Posts.Where(p => p.Person == account.Person).OrderBy(p => p.From).ThenBy(p => p.Id).ToListAsync(ct);
            var held = posts.Find(p => p.IsHeldOn(work.Today));
            return held is null ? CommonRefusals.NotFound.On("as") : await ActorOf(db, held, ct);
        });
    }

    private async Task<SignedIn?> Look(Guid session, CancellationToken ct) => (await Known(session, ct)).Found;

    private Task<(SignedIn? Found, DateTimeOffset Seen)> Known(Guid session, CancellationToken ct) =>
        _memory.Find(session, () => work.Read(s_house, db => Find(db, session, ct)));

    private async Task<(SignedIn? Found, DateTimeOffset Seen)> Find(ShouwangDb db, Guid id, CancellationToken ct)
    {
        var session = await db.SignInSessions.SingleOrDefaultAsync(s => s.Id == id, ct);
        if (session?.HoldsAt(work.Now, rules, _touches.Of(id)) != true) return default;

        var post = await db.Posts.SingleOrDefaultAsync(p => p.Id == session.Post && p.Person == session.Person, ct);
        if (post?.IsHeldOn(work.Today) != true) return default;

        var name = await db.People.Where(p => p.Id == post.Person).Select(p => p.Name).SingleOrDefaultAsync(ct);
        var actor = await ActorOf(db, post, ct);
        var lacks = factors.IsNeeded(post.Role, post.Area) && !await FactorDesk.Has(db, session.Account, ct);
        var found = new SignedIn(session.Id, session.Account, post.Id, name ?? "", await PlaceOf(db, post.Area, ct), actor);
        return (found with { LacksFactor = lacks }, session.LastSeen);
    }

    private async Task<Actor> ActorOf(ShouwangDb db, Post post, CancellationToken ct) =>
        new(post.Person, post.Role, post.Area, await ReachOf(db, post, ct))
        {
            Predecessors = (await History(db, ct)).PredecessorsOf(post.Area, work.Today),
        };

    /// <summary>The names of the area and of those above it, the county first.</summary>
    private async Task<IReadOnlyList<string>> PlaceOf(ShouwangDb db, AreaCode area, CancellationToken ct)
    {
        var today = work.Today;
        AreaCode[] chain = area.Level <= AreaLevel.County ? [area] : [area.At(AreaLevel.County), area.At(AreaLevel.Township), area];
        var names = await db.Areas.Where(a => chain.Contains(a.Area) && a.ValidFrom <= today && (a.ValidTo == null || today < a.ValidTo))
            .OrderBy(a => a.Area).Select(a => a.Name).ToListAsync(ct);
        return names.Count > 0 ? names : [area.ToString()];
    }

    /// <summary>Which areas stand for ended ones; read again every few minutes, since areas merge once in years.</summary>
    private async Task<AreaHistory> History(ShouwangDb db, CancellationToken ct)
    {
        if (_history is { } known && work.Now >= known.At && work.Now < known.At + s_historyLife) return known.History;
        var successions = await db.Areas.SelectMany(a => a.Successors).AsNoTracking().ToListAsync(ct);
        var history = new AreaHistory(successions);
        _history = new(history, work.Now);
        return history;
    }

    private sealed record KnownHistory(AreaHistory History, DateTimeOffset At);

    /// <summary>Whom the holder of a post sees today.</summary>
    private async Task<Reach> ReachOf(ShouwangDb db, Post post, CancellationToken ct)
    {
        var reach = await OwnReach(db, post, ct);
        if (reach.People.Count == 0) return reach;
        var merged = await Successor.MergedInto(db, [.. reach.People.Select(p => new Id<Person>(p))]).ToListAsync(ct);
        return merged.Count == 0 ? reach : reach with { People = [.. reach.People, .. merged.Select(p => p.Value)] };
    }

    /// <summary>The same without what was written under entries that were merged into theirs.</summary>
    private async Task<Reach> OwnReach(ShouwangDb db, Post post, CancellationToken ct)
    {
        var today = work.Today;
        switch (Roles.ReachOf(post.Role))
        {
            case ReachKind.Point:
                var members = await db.Places.Where(p => p.Id == post.Point).SelectMany(p => p.Members)
                    .Where(m => m.From <= today && (m.To == null || today < m.To)).Select(m => m.Person).ToListAsync(ct);
                var all = members.Concat(await HeldBy(db, post.Person, ct)).Select(m => m.Value).Distinct();
                return new(ReachKind.Point, [.. all], post.Point);
            case ReachKind.Pairs:
                var elders = await db.Pairs
                    .Where(p => p.Volunteer == post.Person && p.State != PairState.Proposed && p.From <= today
                        && (p.To == null || today < p.To))
                    .Select(p => p.Elder).ToListAsync(ct);
                return new(ReachKind.Pairs, [.. elders.Concat(await HeldBy(db, post.Person, ct)).Select(e => e.Value).Distinct()]);
            case ReachKind.Kin:
                var kin = await db.Relations
                    .Where(r => r.Relative == post.Person && r.Kind != RelationKind.Neighbour && (r.EndedOn == null || today < r.EndedOn))
                    .Where(r => !db.Consents.Any(c => c.Person == r.Elder && c.Purpose == ConsentPurpose.FamilyView)
                        || db.Consents.Any(c => c.Person == r.Elder && c.Purpose == ConsentPurpose.FamilyView && c.WithdrawnAt == null))
                    .Select(r => r.Elder).ToListAsync(ct);
                return new(ReachKind.Kin, [.. kin.Select(e => e.Value).Distinct()]);
            default:
                return Reach.Area;
        }
    }

    /// <summary>Whom the open duties in somebody's hands are about: a duty reaches as far as it has to.</summary>
    private static Task<List<Id<Person>>> HeldBy(ShouwangDb db, Id<Person> person, CancellationToken ct)
    {
        // Each by an index of its own: asked with "or", the embedded database goes over every open duty of a county.
        var open = db.Duties.Where(d => d.State == DutyState.Open);
        return open.Where(d => d.Holder == person).Select(d => d.About)
            .Union(open.Where(d => d.StandIn == person).Select(d => d.About)).ToListAsync(ct);
    }

    private async Task Touch(Guid session)
    {
        // It goes on when the request has stopped waiting for it.
        Patience.Begin();
        await store.Writer.Run<int>(
            async unit =>
            {
                unit.Look(s_house);
                var touched = await unit.Db.SignInSessions.Where(s => s.Id == session && s.Revoked == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeen, unit.Now));
                unit.Db.SparesAccess();
                return new(true, touched);
            },
            CancellationToken.None);
    }
}
