using System.Net.Http.Json;
using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.Chaos.Harness;

/// <summary>Pools from which people are paid.</summary>
internal static class Pools
{
    /// <summary>Asks for a filling, to which a second person agrees where it is beyond what one may do alone.</summary>
    public static async Task Fill(Arena arena, AreaCode pool, int minutes, CancellationToken ct)
    {
        var filling = $"/api/v1/pool-fillings/{Id<Transaction>.New(TimeProvider.System)}";
        using var asked = await arena.Officer.PutAsJsonAsync(filling, new { pool = pool.ToString(), minutes }, ct);
        asked.EnsureSuccessStatusCode();
        if ((await asked.Content.ReadFromJsonAsync<FillPool.Receipt>(HouseJson.Options, ct))!.Done) return;
        using var agreed = await arena.Second.PutAsync($"{filling}/approvals/{Id<Transaction>.New(TimeProvider.System)}", null, ct);
        agreed.EnsureSuccessStatusCode();
    }
}
