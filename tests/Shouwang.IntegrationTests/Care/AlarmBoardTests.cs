using Microsoft.Extensions.Time.Testing;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>The board of open alarms: what is on it, who is told of a change, who has it before them.</summary>
public sealed class AlarmBoardTests
{
    private static readonly AreaCode s_village = new(990101100201), s_beside = new(990101100202);
    private readonly FakeTimeProvider _clock = new(new(2026, 3, 16, 9, 0, 0, TimeSpan.FromHours(8)));
    private readonly AlarmBoard _board;

    public AlarmBoardTests() => _board = new(_clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_waits_is_woken_by_a_change_and_by_nothing_else()
    {
        var (version, _) = _board.Show(Cadre(1));
        var waiting = _board.Wait(version, TimeSpan.FromSeconds(20), Ct);
        var alarm = New(1, isStored: false);
        _board.Settle(alarm, null);
        Assert.False(waiting.IsCompleted);

        _board.Raise(alarm);
        await waiting;
        var seen = _board.Version;
        _board.Raise(alarm);
        Assert.Equal(seen, _board.Version);
        Assert.True(_board.Wait(version, TimeSpan.FromSeconds(20), Ct).IsCompleted);

        var idle = _board.Wait(seen, TimeSpan.FromSeconds(20), Ct);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await idle;
    }

    [Fact]
    public void A_script_can_say_the_version_again() => Assert.InRange(_board.Version, 1, (1L << 53) - 1_000_000);

    [Fact]
    public void What_waits_stays_when_the_database_tells_what_is_open_and_what_is_stored_does_not_become_waiting_again()
    {
        var (waiting, stored, gone) = (New(1, isStored: false), New(2, isStored: true), New(3, isStored: true));
        foreach (var alarm in new[] { waiting, stored, gone }) _board.Raise(alarm);

        _board.Match([stored], _board.Version);
        _board.Raise(stored with { IsStored = false });
        Assert.Equal([stored, waiting], Shown(Cadre(1)));

        // What was asked before something else came is not believed.
        var before = _board.Version;
        _board.Raise(New(4, isStored: true));
        _board.Match([], before);
        Assert.Equal(3, Shown(Cadre(1)).Count);
    }

    [Fact]
    public void What_came_last_stands_first_whatever_the_clock_said()
    {
        var (ahead, behind) = (New(1, isStored: true), New(60, isStored: true));
        _board.Raise(ahead);
        _board.Raise(behind);
        Assert.Equal([behind, ahead], Shown(Cadre(1)));

        // Of what is found all at once the latest stands first.
        var (older, newer) = (New(30, isStored: true), New(20, isStored: true));
        _board.Match([newer, behind, older], _board.Version);
        Assert.Equal([newer, older, behind], Shown(Cadre(1)));
    }

    [Fact]
    public void What_waited_goes_on_under_its_sheet_or_with_the_one_that_was_open()
    {
        var (own, other) = (New(1, isStored: false), New(2, isStored: false));
        _board.Raise(own);
        _board.Raise(other);

        _board.Settle(own, own.Id);
        _board.Settle(other, own.Id);

        Assert.Equal([own with { IsStored = true }], Shown(Cadre(1)));

        // A sheet that was stored meanwhile is not taken away when its call is settled once more.
        _board.Settle(own, null);
        Assert.Single(Shown(Cadre(1)));
    }

    [Fact]
    public void It_is_shown_to_whoever_answers_there_sees_the_elder_and_has_a_screen()
    {
        var alarm = New(1, isStored: true);
        _board.Raise(alarm);
        var (caller, helper, stranger) = (Cadre(0), Helper(1, alarm.Elder), Helper(2));
        foreach (var one in new[] { caller, Cadre(3), Cadre(4, s_beside), helper, stranger }) _ = _board.Show(one);

        Assert.Equal(2, _board.ShownTo(alarm));
        Assert.Single(Shown(helper));
        Assert.Empty(Shown(stranger));
        Assert.True(_board.HasScreens);

        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(0, _board.ShownTo(alarm));
        Assert.False(_board.HasScreens);
    }

    private IReadOnlyList<Alarm> Shown(Actor actor) => _board.Show(actor).Alarms;

    private static Alarm New(int number, bool isStored) => new(
        new(Guid(number, 1)), new Id<Person>(Guid(number, 2)), s_village, new(Guid(0, 3)),
        new DateTimeOffset(2026, 3, 16, 1, 0, 0, TimeSpan.Zero).AddMinutes(-number), isStored);

    private static Actor Cadre(int number, AreaCode? area = null) =>
        new(new(Guid(number, 3)), Role.VillageCadre, area ?? s_village, Reach.Area);

    private static Actor Helper(int number, params Id<Person>[] elders) =>
        new(new(Guid(number, 4)), Role.Volunteer, s_village, new(ReachKind.Pairs, [.. elders.Select(e => e.Value)]));

    private static Guid Guid(int number, short part) => new(number, part, 0, 1, 2, 3, 4, 5, 6, 7, 8);
}
