using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.Chaos.Harness;

/// <summary>A database server and its standby, which has whatever the first one has acknowledged; they change places when the first one
/// dies, as a cluster's warden lets them.</summary>
internal sealed class Standby : IAsyncDisposable
{
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(50), s_patience = TimeSpan.FromSeconds(90);

    private Standby(PostgresCluster leader, PostgresCluster follower) => (Leader, Follower) = (leader, follower);

    /// <summary>Where is written.</summary>
    public PostgresCluster Leader { get; private set; }

    /// <summary>Who would take over.</summary>
    public PostgresCluster Follower { get; private set; }

    /// <summary>Gives a server a standby and lets its commits wait for it.</summary>
    public static async Task<Standby> Of(PostgresCluster leader, CancellationToken ct)
    {
        var both = new Standby(leader, await PostgresCluster.Follow(leader, ct));
        await both.Bind(ct);
        return both;
    }

    /// <summary>The leader dies without a word and its standby leads, alone: its commits wait for nobody.</summary>
    public async Task FailOver(CancellationToken ct)
    {
        await Leader.Stop("KILL", ct);
        (Leader, Follower) = (Follower, Leader);
        _ = await Leader.Administer("SELECT pg_promote()", ct);
        await WaitFor("''", ct);
    }

    /// <summary>Who led follows, as a new copy, and is waited for from then on.</summary>
    public async Task Rejoin(CancellationToken ct)
    {
        await Follower.StartAgainBehind(Leader, ct);
        await Bind(ct);
    }

    /// <summary>The standby is gone, and every commit waits for it; after a while it is back.</summary>
    public async Task LoseFollower(Func<Task> meanwhile, CancellationToken ct)
    {
        await Follower.Stop("KILL", ct);
        await meanwhile();
        await Follower.StartAgain(ct);
    }

    public ValueTask DisposeAsync() => Follower.DisposeAsync();

    private async Task Bind(CancellationToken ct)
    {
        await WaitFor("'*'", ct);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(s_patience);
        while (await Leader.Administer("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", patience.Token) is not 1L)
            await Task.Delay(s_again, patience.Token);
    }

    /// <param name="whom">For which standbys a commit waits.</param>
    private async Task WaitFor(string whom, CancellationToken ct)
    {
        _ = await Leader.Administer($"ALTER SYSTEM SET synchronous_standby_names = {whom}", ct);
        _ = await Leader.Administer("SELECT pg_reload_conf()", ct);
    }
}
