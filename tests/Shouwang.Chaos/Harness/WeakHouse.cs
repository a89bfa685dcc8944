using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Web;

namespace Shouwang.Chaos.Harness;

/// <summary>The whole house with SQLite's weaker sync (NORMAL): the control that must lose data when the power fails. If it does not, the
/// simulated power cut is blind.</summary>
internal static class WeakHouse
{
    public const string Verb = "weak-house";

    /// <summary>This very program.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "Shouwang.Chaos");

    public static async Task<int> Serve(string[] args)
    {
        var site = new HouseSite(args[0]);
        var file = Path.Combine(site.DataDirectory, "shouwang.db");
        await using var app = ShouwangHost.Build(site, new(args[1], TimeProvider.System)
        {
            Amend = b => b.Services.AddSingleton<Store>(
                _ => new SqliteStore(file, new(() => KeyRing.Open(args[0])), TimeProvider.System) { Sync = "NORMAL" }),
        });
        await app.Services.GetRequiredService<Store>().Prepare(CancellationToken.None);
        await app.RunAsync();
        return 0;
    }
}
