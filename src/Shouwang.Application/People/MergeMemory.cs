using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Keeping;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>What is needed to take a merge back: how the rows stood, and how many others named the two. 归并记忆</summary>
/// <param name="Journal">The rows it changed, as they stood.</param>
/// <param name="Beside">Rows of others that named one of the two entries, by table.</param>
internal sealed record MergeMemory(byte[] Journal, IReadOnlyDictionary<string, long> Beside)
{
    private const string People = "people_person";

    // A look, a session, a reason why nobody was found, a duty the house itself opened: none of them builds on a merge.
    private static readonly string[] s_idle =
        ["people_look", MergeMapping.MergeTable, MergeMapping.ApartTable, "signin_session", "signin_account", "pairing_gap", "duties_duty"];

    public static async Task<MergeMemory> Of(ShouwangDb db, PersonMerge merge, CancellationToken ct)
    {
        var journal = await RowJournal.Of(db, ct);
        await db.Database.OpenConnectionAsync(ct);
        return new(journal.ToBytes(), await BesideOf(db, journal, merge, ct));
    }

    /// <summary>What was built on a merge since, by table; empty when it can be taken back.</summary>
    public async Task<IReadOnlyList<BuiltOn>> Since(ShouwangDb db, PersonMerge merge, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var journal = RowJournal.Read(db, Journal);
        var found = (await journal.Since(db, ct)).ToDictionary(b => b.Table, b => b.Rows);
        foreach (var (table, rows) in await BesideOf(db, journal, merge, ct))
        {
            var more = rows - Beside.GetValueOrDefault(table);
            if (more > 0) found[table] = Math.Max(more, found.GetValueOrDefault(table));
        }

        return [.. found.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new BuiltOn(f.Key, f.Value))];
    }

    public Task TakeBack(ShouwangDb db, CancellationToken ct) => RowJournal.Read(db, Journal).TakeBack(db, ct);

    public byte[] Seal(KeyRing keys, PersonMerge merge) => keys.Wrap(PlaceOf(merge), JsonSerializer.SerializeToUtf8Bytes(this));

    public static MergeMemory? Open(KeyRing keys, PersonMerge merge) =>
        merge.Journal is { } box ? JsonSerializer.Deserialize<MergeMemory>(keys.Unwrap(PlaceOf(merge), box)) : null;

    private static async Task<IReadOnlyDictionary<string, long>> BesideOf(
        ShouwangDb db, RowJournal journal, PersonMerge merge, CancellationToken ct) =>
        (await journal.Beside(db, People, [merge.Kept.Value, merge.Dropped.Value], ct))
            .Where(b => !s_idle.Contains(b.Table)).ToDictionary(b => b.Table, b => b.Rows);

    private static SealedPlace PlaceOf(PersonMerge merge) => new(MergeMapping.MergeTable, nameof(PersonMerge.Journal), merge.Id.Value);
}
