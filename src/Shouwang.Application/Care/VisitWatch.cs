using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>Looks over every village again and again while the house is open. 逾期探访值班</summary>
public sealed class VisitWatch(Workspace work, IServiceScopeFactory scopes, TimeProvider clock, ILogger<VisitWatch> log) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(10);

    /// <summary>One round over all villages.</summary>
    public async Task Round(CancellationToken ct)
    {
        var villages = await work.Read(Actor.System(AreaCode.Nation), db => db.People
            .Where(p => (p.Roles & PersonRoles.Elder) != 0).Select(p => p.Area)
            .Union(db.Duties.Where(d => d.State == DutyState.Open).Select(d => d.Area)).ToListAsync(ct));
        foreach (var village in villages)
        {
            await using var scope = scopes.CreateAsyncScope();
            var (house, services) = (Actor.System(village.At(AreaLevel.County)), scope.ServiceProvider);
            _ = (await services.GetRequiredService<WatchVisits>().Run(new(Id<WatchVisits>.New(clock).Value, village), house, ct)).Value;
            _ = (await services.GetRequiredService<ClimbDuties>().Run(new(Id<ClimbDuties>.New(clock).Value, village), house, ct)).Value;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Keep(s_every, clock, log, Round, stoppingToken);
}
