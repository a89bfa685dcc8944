using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Application.TimeBank;

/// <summary>Ends holds whose time is over while the house is open. Nothing depends on it: what is over counts no more anyway.
/// 预留到期值班</summary>
public sealed class HoldWatch(Workspace work, IServiceScopeFactory scopes, TimeProvider clock, ILogger<HoldWatch> log) : BackgroundService
{
    private const int Most = 500;
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    /// <summary>One round over all areas. Returns how many accounts had something to release.</summary>
    public async Task<int> Round(CancellationToken ct)
    {
        var now = work.Now;
        var over = await work.Read(Actor.System(AreaCode.Nation), db => db.Holds
            .Where(h => h.Until <= now && !db.HoldEnds.Any(e => e.HoldId == h.Id))
            .Select(h => new { h.From, h.Area }).Distinct().Take(Most).ToListAsync(ct));
        foreach (var account in over)
        {
            await using var scope = scopes.CreateAsyncScope();
            var release = scope.ServiceProvider.GetRequiredService<ReleaseHolds>();
            var command = new ReleaseHolds.Command(Id<Hold>.New(clock).Value, new(account.From));
            _ = (await release.Run(command, Actor.System(account.Area), ct)).Value;
        }

        return over.Count;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Keep(s_every, clock, log, Round, stoppingToken);
}
