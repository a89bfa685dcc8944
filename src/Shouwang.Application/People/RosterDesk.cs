using System.Collections.Concurrent;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Checks rosters and takes them in while a page waits: a small one is done before the page is drawn, a large one shows how far it
/// is. 花名册柜台</summary>
/// <remarks>What it remembers holds masked names only; a house that starts again simply checks again.</remarks>
public sealed class RosterDesk(OpenRoster open, ImportRoster import, TimeProvider clock)
{
    /// <summary>How long a page waits before it shows a bar instead.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private const int Remembered = 64;

    private readonly ConcurrentDictionary<(Guid Upload, Guid Actor, bool Take), Job> _jobs = new();

    /// <summary>Where a roster stands: still at work, or what came of it.</summary>
    /// <param name="Done">Rows done so far, of <paramref name="Of"/>.</param>
    /// <param name="View">What it would do, or did; null while at work.</param>
    /// <param name="IsTaken">Whether its good rows are in the register, or on their way.</param>
    public sealed record State(int Done, int Of, Result<ImportRoster.View>? View, bool IsTaken);

    /// <summary>What taking a roster in would do; while it is being taken in, how far that is; afterwards, what it did.</summary>
    public async Task<State> Check(Id<RosterUpload> id, Actor actor)
    {
        if (_jobs.ContainsKey((id.Value, actor.Person.Value, true))) return await Take(id, actor);
        if (await open.Taken(id, actor) is { } counts) return new(counts.Read, counts.Read, new ImportRoster.View(counts, [], []), true);
        return await Look(id, actor, take: false);
    }

    /// <summary>Takes a roster's good rows in.</summary>
    public Task<State> Take(Id<RosterUpload> id, Actor actor) => Look(id, actor, take: true);

    private async Task<State> Look(Id<RosterUpload> id, Actor actor, bool take)
    {
        if (_jobs.Count > Remembered) _jobs.Clear();
        var (key, job) = ((id.Value, actor.Person.Value, take), new Job());
        job = _jobs.GetOrAdd(key, job);
        var working = job.Begin(() => Work(job, id, actor, take));
        await Task.WhenAny(working, Task.Delay(s_patience, clock));
        if (!working.IsCompleted) return new(job.Done, job.Of, null, take);

        // What was found a moment ago may not be so any more; only what is under way is shared.
        _jobs.TryRemove(key, out _);
        return new(job.Done, job.Of, await working, take);
    }

    private async Task<Result<ImportRoster.View>> Work(Job job, Id<RosterUpload> id, Actor actor, bool take)
    {
        if (!(await open.Run(id, actor, CancellationToken.None)).IsOk(out var command, out var refusal)) return refusal;
        job.Watch(command.Progress);
        if (!take) return await import.Preview(command, actor, CancellationToken.None);
        if (!(await import.Run(command, actor, CancellationToken.None)).IsOk(out var receipt, out refusal)) return refusal;
        return new ImportRoster.View(receipt, [], command.Reading.Errors);
    }

    /// <summary>One roster under way.</summary>
    private sealed class Job
    {
        private readonly Lock _gate = new();
        private Task<Result<ImportRoster.View>>? _working;
        private RosterProgress? _progress;

        public int Done => _progress?.Done ?? 0;

        public int Of => _progress?.Of ?? 0;

        public void Watch(RosterProgress progress) => _progress = progress;

        public Task<Result<ImportRoster.View>> Begin(Func<Task<Result<ImportRoster.View>>> work)
        {
            lock (_gate) return _working ??= Task.Run(work);
        }
    }
}
