using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Ledger;

/// <summary>Verifies the books every night at the hour the rules give, and calls out when something is wrong. 夜间核对</summary>
public sealed class NightWatch(
    Workspace work, Rulebook rulebook, IServiceScopeFactory scopes, AuditSealer sealer, ILogger<NightWatch> log) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(10);
    private int _refused;

    /// <summary>Checks when tonight's check is due and not done, or when the sealer has met rows that the house never wrote. Returns
    /// whether it checked.</summary>
    public async Task<bool> Round(CancellationToken ct)
    {
        var house = Actor.System(AreaCode.Nation);
        var due = Days.Start(work.Today).AddMinutes(rulebook.At(AreaCode.Nation, work.Today).Minutes("ledger.check-at"));
        var alarmed = sealer.Refused > _refused;
        if (!alarmed && await IsNotDue(due, house, ct)) return false;
        await using var scope = scopes.CreateAsyncScope();
        var check = scope.ServiceProvider.GetRequiredService<CheckBooks>();
        var found = (await check.Run(new(Id<BookCheck>.New(work.Clock).Value), house, ct)).Value.Findings;
        _refused = sealer.Refused;
        if (found > 0) log.LogCritical("The books do not add up: {Findings} findings. See /books.", found);
        return true;
    }

    /// <summary>A check that is dated ahead was made while the clock was wrong, and stands for no night.</summary>
    private async Task<bool> IsNotDue(DateTimeOffset due, Actor house, CancellationToken ct)
    {
        var now = work.Now;
        return now < due || await work.Read(house, db => db.BookChecks.AnyAsync(c => c.At >= due && c.At <= now, ct));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Keep(s_every, work.Clock, log, Round, stoppingToken);
}
