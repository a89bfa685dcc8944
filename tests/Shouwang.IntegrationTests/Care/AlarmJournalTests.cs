using System.Diagnostics;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>The file in which calls for help wait: of one length, one process's own, and nothing forged or half written in it is
/// believed.</summary>
public sealed class AlarmJournalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shouwang-alarms-");
    private readonly KeyRing _keys;

    public AlarmJournalTests() => _keys = KeyRing.OpenAt(Path.Combine(_folder.FullName, "keys"));

    private string File => Path.Combine(_folder.FullName, AlarmJournal.FileName);

    [Fact]
    public void What_was_kept_is_there_after_opening_anew_and_what_was_freed_is_not()
    {
        var (first, second) = (NewCall(1), NewCall(2));
        using (var journal = New())
        {
            journal.Keep(first);
            journal.Keep(second);
            journal.Keep(second);
            journal.Free(first);
            Assert.Equal([second], journal.Waiting);
        }

        using var anew = New();
        anew.Open();
        Assert.Equal([second], anew.Waiting);
    }

    [Fact]
    public void A_call_that_is_kept_again_is_written_again_because_the_first_writing_may_have_failed()
    {
        var call = NewCall(1);
        using (var journal = New())
        {
            journal.Keep(call);
            Lose();
            journal.Keep(call with { At = call.At.AddMinutes(1) });
        }

        using var anew = New();
        anew.Open();
        Assert.Equal([call], anew.Waiting);
    }

    [Fact]
    public void It_never_grows_and_says_so_when_it_is_full()
    {
        using var journal = New();
        journal.Open();
        var length = new FileInfo(File).Length;
        for (var i = 0; i < AlarmJournal.Places; i++) journal.Keep(NewCall(i));

        Assert.Throws<StorageUnavailable>(() => journal.Keep(NewCall(-1)));

        // After a failure it is read anew; nothing of it is gone.
        journal.Free(NewCall(7));
        Assert.Equal(AlarmJournal.Places - 1, journal.Waiting.Count);
        journal.Keep(NewCall(-1));
        Assert.Equal(length, new FileInfo(File).Length);
    }

    [Fact]
    public void What_was_changed_or_written_without_the_keys_is_not_believed()
    {
        using (var journal = New())
        {
            for (var i = 0; i < 3; i++) journal.Keep(NewCall(i));
        }

        var foreign = AlarmSlot.Write(NewCall(9), KeyRing.OpenAt(Path.Combine(_folder.FullName, "other-keys")));
        using (var file = System.IO.File.OpenWrite(File))
        {
            file.Position = AlarmSlot.Bytes + 20;
            file.WriteByte(0xFF);
            file.Position = 3 * AlarmSlot.Bytes;
            file.Write(foreign);
        }

        using var anew = New();
        anew.Open();
        Assert.Equal([NewCall(0), NewCall(2)], anew.Waiting);
    }

    [Fact]
    public void A_second_process_is_told_that_it_is_taken()
    {
        using var journal = New();
        journal.Open();
        using var second = New();

        Assert.Throws<StorageUnavailable>(second.Open);
        Assert.Throws<StorageUnavailable>(() => second.Keep(NewCall(1)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The first place is empty on the disk, past the lock that the journal has on its file.</summary>
    private void Lose()
    {
        using var empty = Process.Start("dd", ["if=/dev/zero", $"of={File}", $"bs={AlarmSlot.Bytes}", "count=1", "conv=notrunc", "status=none"]);
        empty.WaitForExit();
        Assert.Equal(0, empty.ExitCode);
    }

    private AlarmJournal New() => new(new HouseSite(_folder.FullName), _keys);

    private static WaitingCall NewCall(int number)
    {
        var area = new AreaCode(990101100201);
        var caller = new Caller(new(Guid(number, 2)), Role.Volunteer, area);
        return new(Guid(number, 0), new Id<Person>(Guid(number, 1)), area, caller, new(2026, 3, 16, 1, 0, 0, TimeSpan.Zero));
    }

    private static Guid Guid(int number, short part) => new(number, part, 0, 1, 2, 3, 4, 5, 6, 7, 8);
}
