using System.Text;
using System.Text.Json;
using Shouwang.Chaos.Harness;
using Shouwang.Chaos.Trials;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Xunit;

namespace Shouwang.Chaos;

/// <summary>The checkers are attacked themselves: a log that was forged, or that shows nothing, is not sound.</summary>
public sealed class CheckerTests
{
    private static readonly string[] s_names =
        ["seed", "acked", "present", "lost", "doubled", "unbalanced", "badSums", "slowestRecoveryMs"];

    [Fact]
    public void Versions_that_go_up_as_their_givers_saw_them_are_in_order()
    {
        // The second and the third were under way at the same time: either may have come first.
        Assert.Equal(new(4, 0), Order(5, Acked(1, 0, 10), Acked(4, 20, 50), Acked(3, 21, 40), Acked(5, 60, 70)));
        Assert.Equal(new(0, 0), Order(5, new Gift(Guid.NewGuid(), 0, 1)));
    }

    [Theory]
    [InlineData(1, 20, 30, "the version of another")]
    [InlineData(0, 20, 30, "none that an account ever has")]
    [InlineData(9, 20, 30, "beyond what the journal holds")]
    [InlineData(null, 20, 30, "none")]
    public void A_forged_version_is_caught(int? version, long asked, long acknowledged, string what)
    {
        var order = Order(5, Acked(1, 0, 10), Acked(version, asked, acknowledged), Acked(4, 40, 50));
        Assert.True(order == new AppendChecker.Order(3, 1), $"{what}: {order}");
    }

    [Fact]
    public void A_gift_that_comes_before_one_that_was_acknowledged_when_it_was_asked_for_is_caught()
    {
        Assert.Equal(new(2, 1), Order(5, Acked(3, 0, 10), Acked(2, 11, 20)));
        Assert.Equal(new(3, 2), Order(5, Acked(5, 0, 10), Acked(2, 11, 20), Acked(3, 12, 21)));

        // The accounts of two givers have nothing to do with each other.
        var other = Acked(2, 11, 20, giver: 1);
        Assert.Equal(new(2, 0), AppendChecker.Check([Acked(3, 0, 10), other], [5, 5]));
    }

    [Fact]
    public void An_answer_that_is_no_receipt_names_no_version()
    {
        var gift = new Gift(Guid.NewGuid(), 0, 1);
        Assert.True(gift.Acknowledge("OK"u8.ToArray(), 5));
        Assert.Null(gift.Version);
        Assert.False(gift.Acknowledge("ok"u8.ToArray(), 6));
    }

    [Fact]
    public void A_trial_in_which_no_page_was_shown_or_something_was_out_of_order_is_not_sound()
    {
        var sound = Some() with { Acked = 1, PagesShown = 1 };
        Assert.True(sound.IsSound);
        Assert.False((sound with { PagesShown = 0, Pages = 90, PagesNotNow = 90 }).IsSound);
        Assert.False((sound with { Append = 9, OutOfOrder = 1 }).IsSound);
        Assert.False((sound with { OwnReads = 9, StaleReads = 1 }).IsSound);
        Assert.False((sound with { Unbalanced = 1 }).IsSound);
    }

    [Fact]
    public void The_log_counts_pages_that_were_shown_and_gifts_that_were_found_apart_from_the_others()
    {
        var log = new OperationLog();
        log.Reads(isShown: false, isNotNow: true, null);
        log.Reads(isShown: false, isNotNow: false, null);
        log.Reads(isShown: true, isNotNow: false, null);
        log.ReadsOwn(isThere: true);
        log.ReadsOwn(isThere: false);
        log.Acknowledges(isFirst: true);
        log.Acknowledges(isFirst: false);
        Assert.Equal((3, 1, 1), (log.Pages, log.PagesShown, log.PagesNotNow));
        Assert.Equal((2, 1), (log.OwnReads, log.StaleReads));
        Assert.Equal((2, 1), (log.Acknowledged, log.Granted));
    }

    [Fact]
    public void What_was_set_aside_ends_once_and_is_held_until_then()
    {
        var log = new OperationLog();
        var (open, paid, refused) = (Reserved(20), Reserved(7), Reserved(4));
        var (first, second) = (Done(new Ending(Guid.NewGuid(), paid, 7)), new Ending(Guid.NewGuid(), paid, null));
        second.Refuse();
        foreach (var deed in new Deed[] { open, paid, refused, first, second }) log.Errands.Add(deed);
        Assert.Equal((24L, 0), (new HoldChecker(log).HeldBy(0), new HoldChecker(log).EndedTwice));
        Assert.Empty(new HoldChecker(log).Odd());

        log.Errands.Add(Done(new Ending(Guid.NewGuid(), paid, null)));
        Assert.Equal(1, new HoldChecker(log).EndedTwice);
        var never = new Ending(Guid.NewGuid(), refused, 4);
        never.Refuse();
        log.Errands.Add(never);
        log.Errands.Add(new Payout(Guid.NewGuid(), new(990101_000_000), 0, 5));
        Assert.Equal(2, new HoldChecker(log).Odd().Count());
    }

    [Fact]
    public void A_gift_is_put_right_once()
    {
        var (log, gift) = (new OperationLog(), new Gift(Guid.NewGuid(), 0, 9));
        log.Errands.Add(Done(new Undoing(Guid.NewGuid(), gift)));
        Assert.Equal(0, new HoldChecker(log).EndedTwice);
        log.Errands.Add(Done(new Undoing(Guid.NewGuid(), gift)));
        Assert.Equal(1, new HoldChecker(log).EndedTwice);
    }

    [Fact]
    public void An_entry_of_the_journal_fits_only_what_was_asked()
    {
        var accounts = Enumerable.Range(0, 4).Select(i => new Id<Account>(Guid.CreateVersion7())).ToList();
        var gift = new Gift(Guid.NewGuid(), 0, 9);
        bool Fits(Deed deed, int from, int to, long amount, Guid? reverses = null) => deed.Fits(
            new(new(deed.Id), Book.Hours, "", default, reverses is { } r ? new Id<Transaction>(r) : null,
                [new(accounts[from], accounts[to], amount)]), person => accounts[person]);
        Assert.True(Fits(gift, 0, 1, 9));
        Assert.False(Fits(gift, 0, 1, 8) || Fits(gift, 0, 2, 9) || Fits(gift, 1, 0, 9) || Fits(gift, 0, 1, 9, gift.Id));
        var paid = new Ending(Guid.NewGuid(), Reserved(20), 5);
        Assert.True(Fits(paid, 0, 2, 5));
        Assert.False(Fits(paid, 0, 2, 20) || Fits(paid, 0, 1, 5) || Fits(new Ending(Guid.NewGuid(), Reserved(20), null), 0, 2, 20));
        Assert.True(Fits(new Undoing(Guid.NewGuid(), gift), 1, 0, 9, gift.Id));
        Assert.False(Fits(new Undoing(Guid.NewGuid(), gift), 1, 0, 9) || Fits(new Undoing(Guid.NewGuid(), gift), 0, 1, 9, gift.Id));
        Assert.True(Fits(new Payout(Guid.NewGuid(), new(990101_000_000), 3, 5), 0, 3, 5));
        Assert.False(Fits(new Payout(Guid.NewGuid(), new(990101_000_000), 3, 5), 0, 3, 6));
    }

    [Fact]
    public async Task A_caller_who_still_waits_counts_for_the_slowest()
    {
        var log = new OperationLog();
        log.Ends(log.Begins("one"));
        var waiting = log.Begins("another");
        await Task.Delay(30, TestContext.Current.CancellationToken);
        for (var i = 0; i < 2; i++)
        {
            var (took, what) = log.TakeSlowest();
            Assert.True(took > TimeSpan.FromMilliseconds(20) && what == "another");
            log.Ends(waiting);
        }

        Assert.Equal(TimeSpan.Zero, log.TakeSlowest().Took);
    }

    [Fact]
    public void The_figures_of_every_trial_have_the_same_names()
    {
        HasEveryName(Some().ToJson());
        HasEveryName(new TamperTrial.Result("sqlite", 1, 0, 0, 0, 0).ToJson());
    }

    internal static void HasEveryName(string json)
    {
        using var figures = JsonDocument.Parse(json);
        var all = figures.RootElement;
        Assert.DoesNotContain(s_names, n => !all.TryGetProperty(n, out var figure) || figure.ValueKind != JsonValueKind.Number);
    }

    private static Reservation Reserved(int minutes) => Done(new Reservation(Guid.NewGuid(), 0, 2, minutes));

    private static T Done<T>(T deed)
        where T : Deed
    {
        deed.Acknowledge("{}"u8.ToArray(), 1);
        return deed;
    }

    private static Report Some() => new("some", "sqlite", 1, 0, 0, 0, 0, 0, 0);

    private static AppendChecker.Order Order(int entries, params Gift[] gifts) => AppendChecker.Check(gifts, [entries]);

    private static Gift Acked(int? version, long asked, long acknowledged, int giver = 0)
    {
        var gift = new Gift(Guid.CreateVersion7(), giver, 1);
        gift.Ask(asked);
        var told = version is { } number ? $", \"version\": {number}" : "";
        gift.Acknowledge(Encoding.UTF8.GetBytes($"{{\"id\": \"{gift.Id}\", \"leftMinutes\": 7{told}}}"), acknowledged);
        return gift;
    }
}
