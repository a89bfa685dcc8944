using System.Text.Json;
using Shouwang.Application.Ledger;

namespace Shouwang.Application.Common.Seals;

/// <summary>Holds what earlier verifications wrote down against what the audit log says they were answered: a finding nobody may take
/// away, nor a whole verification. 核对记录复核</summary>
internal sealed class CheckedBefore(SealSql sql, Findings found)
{
    public async Task Run(CancellationToken ct)
    {
        var row = new CanonicalRow();
        await foreach (var (id, answered, check) in sql.Checks(ct))
        {
            if (check is null || answered is null || DigestIn(answered) is not { } digest || digest != CheckForm.DigestOf(row, check))
                found.Add("check-changed", id);
        }
    }

    private static string? DigestIn(string answered)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckBooks.Receipt>(answered, HouseJson.Options)?.Digest;
        }
        catch (JsonException)
        {
            // The audit log's own check names that row.
            return null;
        }
    }
}
