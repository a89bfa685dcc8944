using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Care;

/// <summary>Reports an emergency so that it is heard at once: the sheet is opened, and where the database does not answer in time, the
/// call is kept in the alarm journal and goes out all the same. 报警</summary>
public sealed class RaiseAlarm(Workspace work, OpenIncident open, AlarmBoard board, AlarmJournal journal, AlarmRoll roll)
{
    /// <summary>How long the database has to answer; with what comes before and after, the alarm is out within five seconds.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.5);

    /// <param name="Id">The sheet; of a call that waits, the one it will have unless the elder has an open one.</param>
    /// <param name="IsStored">Whether the sheet can be opened; otherwise the call is kept and stored later.</param>
    /// <param name="ShownTo">How many others have it on a screen now; counted only for a call that waits.</param>
    public sealed record Receipt(Id<Incident> Id, bool IsStored, int ShownTo);

    /// <exception cref="StorageUnavailable">Neither the database nor the journal could keep it. It may have gone out.</exception>
    public async Task<Result<Receipt>> Run(OpenIncident.Command command, Actor actor, CancellationToken ct)
    {
        if (command.CommandId == Guid.Empty) return CommonRefusals.IdNotFresh;
        ct.ThrowIfCancellationRequested();
        try
        {
            // The watch goes on asking it: many who wait in vain at once would only keep it busy.
            if (board.IsDatabaseAway) throw new StorageUnavailable("The database did not answer the call before.");

            // It goes on when nobody waits for it any more: asked again, it answers as it did then.
            var answer = await Task.Run(() => Ask(command, actor), CancellationToken.None).WaitAsync(s_patience, work.Clock, ct);
            board.Answered();
            if (!answer.IsOk(out var opened, out var refusal)) return refusal;
            if (roll.Of(command.Elder) is { } elder) board.Raise(new(opened.Id, elder.Id, elder.Area, actor.Person, work.Now, true));
            return new Receipt(opened.Id, true, 0);
        }
        catch (Exception notNow) when (notNow is StorageUnavailable or TimeoutException or HouseBusy)
        {
            if (!board.IsDatabaseAway) board.WaitedInVain();
            return await Call(command, actor, notNow, ct);
        }
    }

    private Task<Result<OpenIncident.Receipt>> Ask(OpenIncident.Command command, Actor actor)
    {
        Patience.Begin();
        return open.Run(command, actor, CancellationToken.None);
    }

    private async Task<Receipt> Call(OpenIncident.Command command, Actor actor, Exception notNow, CancellationToken ct)
    {
        await roll.ReadOnce(ct).WaitAsync(s_patience, work.Clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (roll.Of(command.Elder) is not { } elder || !AlarmRoll.MayCall(actor, elder))
            throw new StorageUnavailable("Nothing can be stored now, and for this person no call is kept.", notNow);
        var call = new WaitingCall(command.CommandId, elder.Id, elder.Area, new(actor.Person, actor.Role, actor.Scope), work.Now);
        var alarm = AlarmOf(call);

        // Out first: whoever can help is told even when the disk fails too.
        board.Raise(alarm);
        journal.Keep(call);
        return new(alarm.Id, false, board.ShownTo(alarm));
    }

    /// <summary>What is heard of a call that waits.</summary>
    internal static Alarm AlarmOf(WaitingCall call) =>
        new(IncidentBook.IdOf(call.Command), call.Elder, call.Area, call.Caller.Person, call.At, false);
}
