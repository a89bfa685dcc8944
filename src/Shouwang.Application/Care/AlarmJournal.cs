using Microsoft.Win32.SafeHandles;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;

namespace Shouwang.Application.Care;

/// <summary>Calls for help that the database could not take: a file beside the data, of one length from the beginning, so that a full
/// disk does not stop them, synced before anybody is told. The watch stores them as soon as it can. 报警簿</summary>
/// <remarks>One process has it at a time. Where it cannot be opened, calls still go out and nobody is told that they were kept.</remarks>
public sealed class AlarmJournal(HouseSite site, KeyRing keys) : IDisposable
{
    /// <summary>How many calls have room at once.</summary>
    internal const int Places = 4096;

    /// <summary>Its name in the data directory.</summary>
    internal const string FileName = "shouwang.alarms";

    private static readonly byte[] s_free = new byte[AlarmSlot.Bytes];
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, WaitingCall> _waiting = [];
    private SafeFileHandle? _file;

    /// <summary>Makes the file where there is none, so that its room is there before the disk is full, and reads what waits in
    /// it.</summary>
    /// <exception cref="StorageUnavailable">It cannot be opened: another process has it, or the disk fails.</exception>
    public void Open() => Guard(() => _ = File());

    /// <summary>The calls that wait to be stored, in the order of their places.</summary>
    internal IReadOnlyList<WaitingCall> Waiting
    {
        get
        {
            lock (_lock) return [.. _waiting.Values];
        }
    }

    /// <summary>Keeps a call, once for each command; it survives a power cut when this returns.</summary>
    /// <exception cref="StorageUnavailable">It could not be kept.</exception>
    internal void Keep(WaitingCall call) => Guard(() =>
    {
        var file = File();
        var place = PlaceOf(call.Command) ?? Enumerable.Range(0, Places).FirstOrDefault(p => !_waiting.ContainsKey(p), Places);
        if (place == Places) throw new IOException("The alarm journal is full.");

        // Kept before, it is written again all the same: the sync of then may have failed.
        var kept = _waiting.GetValueOrDefault(place, call);
        Write(file, place, AlarmSlot.Write(kept, keys));
        _waiting[place] = kept;
    });

    /// <summary>Frees the place of a call that the database has taken or refused.</summary>
    /// <exception cref="StorageUnavailable">The disk fails; it is offered again, which the database answers as before.</exception>
    internal void Free(WaitingCall call) => Guard(() =>
    {
        var file = File();
        if (PlaceOf(call.Command) is not { } place) return;
        Write(file, place, s_free);
        _waiting.Remove(place);
    });

    public void Dispose() => _file?.Dispose();

    private int? PlaceOf(Guid command) =>
        _waiting.Where(w => w.Value.Command == command).Select(w => (int?)w.Key).FirstOrDefault();

    private static void Write(SafeFileHandle file, int place, byte[] bytes)
    {
        RandomAccess.Write(file, bytes, (long)place * AlarmSlot.Bytes);
        RandomAccess.FlushToDisk(file);
    }

    private void Guard(Action work)
    {
        lock (_lock)
        {
            try
            {
                work();
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                // After a sync that failed nobody knows what is on the disk: what is there is read anew next time.
                _file?.Dispose();
                _file = null;
                throw new StorageUnavailable("The alarm journal could not be written.", failed);
            }
        }
    }

    private SafeFileHandle File()
    {
        if (_file is not null) return _file;
        Directory.CreateDirectory(site.DataDirectory);
        _file = System.IO.File.OpenHandle(
            Path.Combine(site.DataDirectory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var all = new byte[Places * AlarmSlot.Bytes];
        var length = RandomAccess.Read(_file, all, 0);
        if (length < all.Length)
        {
            // Written, not only lengthened: a file with holes takes its room when it is too late.
            RandomAccess.Write(_file, all.AsSpan(length), length);
            RandomAccess.FlushToDisk(_file);
        }

        ReadAll(all);
        return _file;
    }

    private void ReadAll(byte[] all)
    {
        _waiting.Clear();
        for (var place = 0; place < Places; place++)
        {
            if (AlarmSlot.Read(all.AsSpan(place * AlarmSlot.Bytes, AlarmSlot.Bytes), keys) is { } call) _waiting[place] = call;
        }
    }
}
