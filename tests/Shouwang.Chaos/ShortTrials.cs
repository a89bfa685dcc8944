using Shouwang.Chaos.Harness;
using Shouwang.Chaos.Trials;
using Xunit;

namespace Shouwang.Chaos;

/// <summary>The short forms of the trials; the long ones are run by `./shouwang chaos`.</summary>
public sealed class ShortTrials
{
    private const int Seed = 6;

    /// <summary>Fewer than the 64 of the long forms: a server that has just started would spend itself on them.</summary>
    private const int Callers = 24;

    /// <summary>With it the first two kills are of the database server, and of both servers.</summary>
    private const int KillsBothAndPostgresql = 5;

    /// <summary>Twice the time that the long form allows a call for help.</summary>
    private static TimeSpan OnABusyMachine => TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_the_server_is_killed() =>
        Sound(await KillTrial.Run(new("sqlite", Kills: 2, Seed, Callers), TestContext.Current.CancellationToken));

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_postgresql_or_the_server_is_killed() =>
        Sound(await KillTrial.Run(new("postgres", Kills: 2, KillsBothAndPostgresql, Callers), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task An_answer_that_was_cut_is_given_again_to_the_byte_and_the_gift_happens_once(string db) =>
        Sound(await UnknownTrial.Run(new(db, Ids: 100, Seed), TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_power_cut_loses_nothing_acknowledged_and_the_control_shows_that_it_would_be_seen() =>
        Sound(await PowerTrial.Run(new(Rounds: 3, Seed, Callers), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("enospc+eio+clock+locked", 4)]
    [InlineData("restart+stop+locked+connections+failover+standby", 6)]
    public async Task Callers_are_told_not_now_and_the_house_comes_back_by_itself_from_faults_in_turns(string kinds, int rounds) => Sound(
        await FaultTrial.Run(
            new(kinds, rounds, Seed, Callers) { HoldSeconds = 6, AlarmsWithin = OnABusyMachine }, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_sum_of_all_accounts_is_zero_at_every_moment(string db) =>
        Sound(await BankTrial.Run(new(db, Seconds: 4, Seed) { People = 120 }, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("sqlite", 180)]
    [InlineData("postgres", 120)]
    public async Task Whatever_is_falsified_behind_the_houses_back_is_named_and_nothing_else_is(string db, int mutations)
    {
        var result = await TamperTrial.Run(new(db, mutations, Seed), TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(result.ToSentence());
        CheckerTests.HasEveryName(result.ToJson());
        Assert.True(result.IsSound, result.ToSentence());
        Assert.Equal(result.Ways, result.Kinds);
    }

    [Fact]
    public void The_document_says_in_how_many_ways_the_books_are_falsified()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Shouwang.slnx"))) root = root.Parent;
        var said = File.ReadAllText(Path.Combine(root.FullName, "docs/reliability.md"));
        Assert.Contains($"falsifies one thing at a time, in {Tampering.All.Count} ways", said, StringComparison.Ordinal);
        Assert.Equal(Tampering.All.Count, Tampering.All.Select(t => t.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task One_pool_pays_everybody_to_the_last_minute_and_not_one_more(string db) =>
        Sound(await HotTrial.Run(
            new(db, Seconds: 3, Seed, Callers) { Least = 0.5, Limit = 2000 }, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Whatever_is_committed_under_load_has_its_one_seal_once_the_sealer_has_run(string db) =>
        Sound(await SealTrial.Run(new(db, Seconds: 3, Seed, Callers), TestContext.Current.CancellationToken));

    private static void Sound(Report report)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToSentence());
        CheckerTests.HasEveryName(report.ToJson());
        Assert.True(report.IsSound, report.ToSentence());
    }
}
