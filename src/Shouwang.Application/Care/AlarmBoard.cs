using System.Collections.Concurrent;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>The open alarms of a house, in memory, and who has them on a screen: what goes out here waits for no database. 报警台</summary>
public sealed class AlarmBoard(TimeProvider clock)
{
    /// <summary>Whoever has not asked for so long has no screen before them any more. A screen asks every twenty seconds at the
    /// latest.</summary>
    private static readonly TimeSpan s_screen = TimeSpan.FromSeconds(30);

    /// <summary>For so long a database that did not answer is taken to be away.</summary>
    private static readonly TimeSpan s_away = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<Id<Incident>, Alarm> _open = [];

    /// <summary>In which order they came to the board: a clock that was moved does not hide the newest among the others.</summary>
    private readonly Dictionary<Id<Incident>, long> _came = [];
    private readonly ConcurrentDictionary<Id<Person>, (Actor Actor, DateTimeOffset At)> _screens = [];
    private long _inVain, _arrivals;
    private DateTimeOffset? _stuckSince;
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Another process, or this one after a start, counts from elsewhere: a version of before is never taken for the one of now. Scripts
    // know whole numbers up to 2^53 only, so that ticks would be too fine.
    private long _version = clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Whether the database did not answer a call in time, lately.</summary>
    internal bool IsDatabaseAway => clock.GetUtcNow().UtcTicks - Interlocked.Read(ref _inVain) is >= 0 and var ago && ago < s_away.Ticks;

    /// <summary>The database answered a call.</summary>
    internal void Answered() => Interlocked.Exchange(ref _inVain, 0);

    /// <summary>It did not.</summary>
    internal void WaitedInVain() => Interlocked.Exchange(ref _inVain, clock.GetUtcNow().UtcTicks);

    /// <summary>Whether anybody has asked lately, so that it is worth looking for alarms.</summary>
    public bool HasScreens => !_screens.IsEmpty && _screens.Values.Any(IsLit);

    /// <summary>Lets an alarm go out; again, it changes nothing unless it is stored now.</summary>
    public void Raise(Alarm alarm) => Change(() =>
    {
        if (_open.TryGetValue(alarm.Id, out var known) && (known.IsStored || !alarm.IsStored)) return false;
        _open[alarm.Id] = alarm;
        return true;
    });

    /// <summary>An alarm that waited has been stored, under its own sheet or with the one that was open; or it was refused.</summary>
    /// <param name="sheet">Its sheet; none for one that was refused.</param>
    public void Settle(Alarm alarm, Id<Incident>? sheet) => Change(() =>
    {
        var waited = _open.TryGetValue(alarm.Id, out var known) && !known.IsStored && _open.Remove(alarm.Id);
        return (sheet is { } id && _open.TryAdd(id, alarm with { Id = id, IsStored = true })) || waited;
    });

    /// <summary>Takes what the database says is open in the place of everything stored that is on the board.</summary>
    /// <param name="since">When the database was asked: what came to the board later is not undone by it.</param>
    public void Match(IReadOnlyCollection<Alarm> stored, long since) => Change(() =>
    {
        if (_version != since) return false;
        var now = stored.Concat(_open.Values.Where(a => !a.IsStored)).DistinctBy(a => a.Id).ToDictionary(a => a.Id);
        if (now.Count == _open.Count && now.All(a => _open.TryGetValue(a.Key, out var known) && known == a.Value)) return false;
        _open.Clear();
        foreach (var (id, alarm) in now) _open[id] = alarm;
        return true;
    });

    /// <summary>Says since when nothing can be stored; nothing when it can.</summary>
    public void Stuck(DateTimeOffset? since) => Change(() =>
    {
        if (_stuckSince == since) return false;
        _stuckSince = since;
        return true;
    });

    /// <summary>Since when nothing can be stored.</summary>
    public DateTimeOffset? StuckSince
    {
        get
        {
            lock (_lock) return _stuckSince;
        }
    }

    /// <summary>Stands for everything on the board now.</summary>
    public long Version
    {
        get
        {
            lock (_lock) return _version;
        }
    }

    /// <summary>What somebody has to answer, the newest first, and the version in which they see it. From now on they count as having a
    /// screen.</summary>
    public (long Version, IReadOnlyList<Alarm> Alarms) Show(Actor actor)
    {
        _screens[actor.Person] = (actor, clock.GetUtcNow());
        lock (_lock) return (_version, [.. _open.Values.Where(a => a.IsFor(actor)).OrderByDescending(a => _came[a.Id])]);
    }

    /// <summary>Waits until the board is not in this version any more, or the time is over.</summary>
    public async Task Wait(long seen, TimeSpan atMost, CancellationToken ct)
    {
        Task change;
        lock (_lock)
        {
            if (_version != seen) return;
            change = _change.Task;
        }

        await change.WaitAsync(atMost, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>How many others have an alarm on a screen.</summary>
    public int ShownTo(Alarm alarm)
    {
        foreach (var gone in _screens.Where(s => !IsLit(s.Value)).ToList()) _screens.TryRemove(gone);
        return _screens.Values.Count(s => s.Actor.Person != alarm.By && alarm.IsFor(s.Actor));
    }

    private bool IsLit((Actor Actor, DateTimeOffset At) screen) => clock.GetUtcNow() - screen.At < s_screen;

    private void Change(Func<bool> change)
    {
        lock (_lock)
        {
            if (!change()) return;
            foreach (var gone in _came.Keys.Where(id => !_open.ContainsKey(id)).ToList()) _came.Remove(gone);
            foreach (var fresh in _open.Values.Where(a => !_came.ContainsKey(a.Id)).OrderBy(a => a.At)) _came[fresh.Id] = ++_arrivals;
            _version++;
            _change.SetResult();
            _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
