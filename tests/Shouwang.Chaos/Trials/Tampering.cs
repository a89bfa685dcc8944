using System.Security.Cryptography;
using Shouwang.Application.Common.Seals;
using Shouwang.Chaos.Harness;

namespace Shouwang.Chaos.Trials;

/// <summary>One way to falsify the books.</summary>
/// <param name="Do">Does it; answers what a finding must name, or nothing when it could not be done here.</param>
/// <param name="NeedsWitness">Whether only somebody who kept a checkpoint outside can see it.</param>
internal sealed record Tampering(string Name, Func<Tamperer, Task<string?>> Do, bool NeedsWitness = false)
{
    /// <summary>What must be named where a row does not stand at its place any more: that something is wrong.</summary>
    public const string Anything = "*";

    private const string EveryPosting = "\"TransactionId\" = @0 AND \"Line\" = 1";

    public static IReadOnlyList<Tampering> All { get; } =
    [
        .. OfTransactions(), .. OfPostings(), .. OfStrayPostings(), .. OfLogs(), .. OfEvents(), .. OfAccounts(),
        .. OfStandings(), .. OfSeals(), .. OfCheckpoints(), .. OfTails(), .. HoldTampering.All,
        .. OutboxTampering.All, .. AnyBit.All,
    ];

    private static IEnumerable<Tampering> OfTransactions() =>
    [
        new("transaction's reason", t => Transaction(t, "\"Reason\" = \"Reason\" || 'x'")),
        new("transaction's area", t => Transaction(t, "\"Area\" = \"Area\" + 1")),
        new("transaction's book", t => Transaction(t, "\"Book\" = 'Money'")),
        new("transaction's time", t => Transaction(t, "\"At\" = @1", Moment(t))),
        new("transaction's id", async t =>
        {
            var (seq, id) = (await Seq(t), Guid.CreateVersion7());
            var old = await t.Id("SELECT \"Id\" FROM ledger_transaction WHERE \"Seq\" = @0", seq);
            await t.Do("UPDATE ledger_posting SET \"TransactionId\" = @1 WHERE \"TransactionId\" = @0", old, id);
            return await t.Do("UPDATE ledger_transaction SET \"Id\" = @1 WHERE \"Seq\" = @0", seq, id) == 1 ? $"{old}" : null;
        }),
        new("transaction called a reversal", t => Transaction(t, "\"Reverses\" = @1", Guid.CreateVersion7())),
        new("transaction gone, books put right", async t =>
        {
            var id = await t.PickId("ledger_transaction", "Id");
            await Settle(t, id, -1);
            await t.Do("DELETE FROM ledger_posting WHERE \"TransactionId\" = @0", id);
            return await t.Do("DELETE FROM ledger_transaction WHERE \"Id\" = @0", id) == 1 ? $"{id}" : null;
        }),
        new("transaction slipped in, books put right", async t =>
        {
            var (like, id) = (await t.PickId("ledger_transaction", "Id"), Guid.CreateVersion7());
            await t.Do(
                "INSERT INTO ledger_transaction (\"Id\", \"Book\", \"Area\", \"Reason\", \"At\") "
                + "SELECT @1, \"Book\", \"Area\", \"Reason\", \"At\" FROM ledger_transaction WHERE \"Id\" = @0", like, id);
            await t.Do(
                "INSERT INTO ledger_posting (\"TransactionId\", \"Line\", \"From\", \"To\", \"Amount\") "
                + "SELECT @1, \"Line\", \"From\", \"To\", \"Amount\" FROM ledger_posting WHERE \"TransactionId\" = @0", like, id);
            await Settle(t, id, 1);
            return $"{id}";
        }),
        new("two transactions swapped", async t =>
        {
            var one = await Seq(t);
            return await t.Swap("ledger_transaction", "Seq", one, await Seq(t)) ? $"Transaction {one}" : null;
        }),
    ];

    private static IEnumerable<Tampering> OfPostings() =>
    [
        new("posting's minutes", async t =>
        {
            var id = await t.PickId("ledger_posting", "TransactionId");
            return await t.Do($"UPDATE ledger_posting SET \"Amount\" = \"Amount\" + @1 WHERE {EveryPosting}", id, t.Random.Next(1, 90)) > 0
                ? $"{id}" : null;
        }),
        new("posting's minutes, books put right", async t =>
        {
            var id = await t.PickId("ledger_posting", "TransactionId");
            await Settle(t, id, -1);
            var done = await t.Do($"UPDATE ledger_posting SET \"Amount\" = \"Amount\" * 2 WHERE {EveryPosting}", id);
            await Settle(t, id, 1);
            return done > 0 ? $"{id}" : null;
        }),
        new("posting to somebody else, books put right", async t =>
        {
            var (id, other) = (await t.PickId("ledger_posting", "TransactionId"), await t.PickId("ledger_account", "Id"));
            await Settle(t, id, -1);
            var done = await t.Do(
                $"UPDATE ledger_posting SET \"To\" = @1 WHERE {EveryPosting} AND \"To\" <> @1 AND \"From\" <> @1", id, other);
            await Settle(t, id, 1);
            return done > 0 ? $"{id}" : null;
        }),
    ];

    private static IEnumerable<Tampering> OfStrayPostings() =>
    [
        new("posting gone", async t =>
        {
            var id = await t.PickId("ledger_posting", "TransactionId");
            return await t.Do($"DELETE FROM ledger_posting WHERE {EveryPosting}", id) > 0 ? $"{id}" : null;
        }),
        new("posting added", async t =>
        {
            var id = await t.PickId("ledger_posting", "TransactionId");
            return await t.Do(
                "INSERT INTO ledger_posting (\"TransactionId\", \"Line\", \"From\", \"To\", \"Amount\") "
                + $"SELECT \"TransactionId\", 99, \"To\", \"From\", \"Amount\" FROM ledger_posting WHERE {EveryPosting}", id) > 0
                ? $"{id}" : null;
        }),
        new("posting of nothing", async t =>
        {
            var id = Guid.CreateVersion7();
            return await t.Do(
                "INSERT INTO ledger_posting (\"TransactionId\", \"Line\", \"From\", \"To\", \"Amount\") "
                + $"SELECT @1, 1, \"To\", \"From\", \"Amount\" FROM ledger_posting WHERE {EveryPosting}",
                await t.PickId("ledger_posting", "TransactionId"), id) > 0 ? $"{id}" : null;
        }),
    ];

    private static IEnumerable<Tampering> OfLogs()
    {
        string[] texts = ["Command", "Asked", "Answered", "Role"];
        foreach (var column in texts) yield return new($"audit {column}", t => Audit(t, $"\"{column}\" = \"{column}\" || 'x'"));
        yield return new("audit area", t => Audit(t, "\"Area\" = \"Area\" + 1"));
        yield return new("audit actor", t => Audit(t, "\"Actor\" = @1", Guid.CreateVersion7()));
        yield return new("audit command id", t => Audit(t, "\"CommandId\" = @1", Guid.CreateVersion7()));
        yield return new("audit time", t => Audit(t, "\"At\" = @1", Moment(t)));
        yield return new("audit announcements", t => Audit(t, "\"Announced\" = \"Announced\" + 1"));
        yield return new("audit hash", t => Audit(t, "\"RowHash\" = @1", Convert.ToHexStringLower(SHA256.HashData([1]))));
        yield return new("audit row gone", async t =>
        {
            var seq = await t.Pick("audit_entry", "Seq");
            return await t.Do("DELETE FROM audit_entry WHERE \"Seq\" = @0", seq) == 1 ? $"Audit {seq}" : null;
        });
        yield return new("audit row slipped in", async t => await t.Do(
            "INSERT INTO audit_entry (\"CommandId\", \"Command\", \"Asked\", \"Answered\", \"Actor\", \"Role\", \"Area\", \"At\", \"Announced\", "
            + "\"RowHash\") SELECT @1, \"Command\", \"Asked\", \"Answered\", \"Actor\", \"Role\", \"Area\", \"At\", \"Announced\", \"RowHash\" "
            + "FROM audit_entry WHERE \"Seq\" = @0",
            await t.Pick("audit_entry", "Seq"), Guid.CreateVersion7()) == 1
            ? $"Audit {await t.Number("SELECT max(\"Seq\") FROM audit_entry")}" : null);
        yield return new("findings of a check taken away", async t =>
        {
            var id = await t.PickId("audit_check", "Id");
            return await t.Do("UPDATE audit_check SET \"Findings\" = \"Findings\" - 1 WHERE \"Id\" = @0", id) == 1
                ? $"check-changed {id}" : null;
        });
        yield return new("check gone", async t =>
        {
            var id = await t.PickId("audit_check", "Id");
            return await t.Do("DELETE FROM audit_check WHERE \"Id\" = @0", id) == 1 ? $"check-changed {id}" : null;
        });
        yield return new("two audit rows swapped", async t =>
        {
            var one = await t.Pick("audit_entry", "Seq");
            return await t.Swap("audit_entry", "Seq", one, await t.Pick("audit_entry", "Seq")) ? $"Audit {one}" : null;
        });
    }

    private static IEnumerable<Tampering> OfEvents()
    {
        yield return new("security event's code", t => Event(t, "\"Code\" = \"Code\" || 'x'"));
        yield return new("security event's actor", t => Event(t, "\"Actor\" = @1", Guid.CreateVersion7()));
        yield return new("security event's mark", t => Event(t, "\"Mark\" = NULL"));
        yield return new("security event slipped in", async t => await t.Do(
            "INSERT INTO audit_security_event (\"Id\", \"Code\", \"Command\", \"Actor\", \"Role\", \"Area\", \"At\", \"Mark\") "
            + "SELECT @1, \"Code\", \"Command\", \"Actor\", \"Role\", \"Area\", \"At\", \"Mark\" FROM audit_security_event WHERE \"Seq\" = @0",
            await t.Pick("audit_security_event", "Seq"), Guid.CreateVersion7()) == 1
            ? $"SecurityEvent {await t.Number("SELECT max(\"Seq\") FROM audit_security_event")}" : null);
        yield return new("security event gone", async t =>
        {
            var seq = await t.Pick("audit_security_event", "Seq");
            return await t.Do("DELETE FROM audit_security_event WHERE \"Seq\" = @0", seq) == 1 ? $"SecurityEvent {seq}" : null;
        });
    }

    private static IEnumerable<Tampering> OfAccounts() =>
    [
        new("balance", async t =>
        {
            var id = await t.PickId("ledger_account", "Id");
            return await t.Do("UPDATE ledger_account SET \"Balance\" = \"Balance\" + @1 WHERE \"Id\" = @0", id, t.Random.Next(1, 600)) == 1
                ? $"{id}" : null;
        }),
        new("two balances, sum kept", async t =>
        {
            var (one, other) = (await t.PickId("ledger_account", "Id"), await t.PickId("ledger_account", "Id"));
            if (one == other) return null;
            await t.Do("UPDATE ledger_account SET \"Balance\" = \"Balance\" - 5 WHERE \"Id\" = @0", other);
            return await t.Do("UPDATE ledger_account SET \"Balance\" = \"Balance\" + 5 WHERE \"Id\" = @0", one) == 1 ? $"{one}" : null;
        }),
        new("account's holder", async t =>
        {
            var id = await t.PickId("ledger_account", "Id");
            return await t.Do("UPDATE ledger_account SET \"Holder\" = @1 WHERE \"Id\" = @0", id, Guid.CreateVersion7()) == 1
                ? $"{id}" : null;
        }),
        new("account's floor", t => Limit(t, "\"Floor\" = \"Floor\" - @1")),
        new("account's ceiling", t => Limit(t, "\"Ceiling\" = \"Balance\" + @1")),
    ];

    private static IEnumerable<Tampering> OfStandings() =>
    [
        new("account's held minutes", async t =>
        {
            // No more than is free, so that nothing but the holds themselves says otherwise.
            var id = await t.PickId("ledger_account", "Id");
            return await t.Do(
                "UPDATE ledger_account SET \"Held\" = \"Held\" + 1 WHERE \"Id\" = @0 AND \"Balance\" - \"Held\" > \"Floor\"", id) == 1
                ? $"held {id}" : null;
        }),
        new("account's version", async t =>
        {
            var id = await t.PickId("ledger_account", "Id");
            return await t.Do("UPDATE ledger_account SET \"Version\" = \"Version\" - 1 WHERE \"Id\" = @0", id) == 1 ? $"version {id}" : null;
        }),
        new("account slipped in", async t =>
        {
            var id = Guid.CreateVersion7();
            return await t.Do(
                """
                INSERT INTO ledger_account ("Id", "Book", "Kind", "Holder", "Area", "Stripe", "Floor", "Balance", "Held", "Version")
                SELECT @1, "Book", 'Person', @1, "Area", 0, 0, 60, 0, 0 FROM ledger_account WHERE "Id" = @0
                """,
                await t.PickId("ledger_account", "Id"), id) == 1 ? $"{id}" : null;
        }),
        new("account gone", async t =>
        {
            var id = await t.PickId("ledger_posting", "To");
            return await t.Do("DELETE FROM ledger_account WHERE \"Id\" = @0", id) == 1 ? $"{id}" : null;
        }),
    ];

    /// <summary>Another limit, which the balance keeps.</summary>
    private static async Task<string?> Limit(Tamperer t, string set)
    {
        var id = await t.PickId("ledger_account", "Id");
        return await t.Do($"UPDATE ledger_account SET {set} WHERE \"Id\" = @0", id, t.Random.Next(1, 600)) == 1 ? $"{id}" : null;
    }

    private static IEnumerable<Tampering> OfSeals()
    {
        yield return new("link's hash", t => LinkBit(t, "Chain"));
        yield return new("link's row hash", t => LinkBit(t, "RowHash"));
        yield return new("link's county", t => Link(t, "\"County\" = \"County\" + 1000000"));
        yield return new("link's row", t => Link(t, "\"Seq\" = \"Seq\" + 100000"));
        yield return new("link's subject", t => Link(t, "\"Subject\" = @1", Guid.CreateVersion7()));
        yield return new("link's time", t => Link(t, "\"At\" = @1", Moment(t)));
        yield return new("link's algorithm", t => Link(t, "\"Algorithm\" = 2"));
        yield return new("link gone", async t =>
        {
            var last = await t.Number("SELECT max(\"Position\") FROM seal_link");
            var position = await t.Pick("seal_link", "Position");
            if (position == last) return null;
            return await t.Do("DELETE FROM seal_link WHERE \"Position\" = @0", position) == 1 ? $"position {position + 1}" : null;
        });
        yield return new("two links swapped", async t =>
        {
            var one = await t.Pick("seal_link", "Position");
            return await t.Swap("seal_link", "Position", one, await t.Pick("seal_link", "Position")) ? $"position {one}" : null;
        });
        yield return new("tile's hash", async t =>
        {
            var number = await t.Pick("seal_tile", "Number");
            return await t.Flip("seal_tile", "Hash", "\"Number\" = @0", number) > 0 ? $"tile 1 {number}" : null;
        });
        yield return new("tile gone", async t =>
        {
            var number = await t.Pick("seal_tile", "Number");
            return await t.Do("DELETE FROM seal_tile WHERE \"Number\" = @0", number) > 0 ? $"tile 1 {number}" : null;
        });
        yield return new("tile slipped in", async t => await t.Do(
            "INSERT INTO seal_tile (\"Step\", \"Number\", \"Hash\") "
            + "SELECT \"Step\", \"Number\" + 100, \"Hash\" FROM seal_tile WHERE \"Number\" = @0",
            await t.Pick("seal_tile", "Number")) > 0 ? "tiles-miscounted" : null);
    }

    private static IEnumerable<Tampering> OfCheckpoints()
    {
        yield return new("checkpoint's size", t => Checkpoint(t, "\"Size\" = \"Size\" - 1"));
        yield return new("checkpoint's origin", t => Checkpoint(t, "\"Origin\" = \"Origin\" || 'x'"));
        yield return new("checkpoint's time", t => Checkpoint(t, "\"At\" = @1", Moment(t)));
        yield return new("checkpoint's algorithm", t => Checkpoint(t, "\"Algorithm\" = 9"));
        yield return new("checkpoint's root", t => CheckpointBit(t, "Root"));
        yield return new("checkpoint's signature", t => CheckpointBit(t, "Signature"));
        yield return new("checkpoint signed by another key", async t =>
        {
            var number = await t.Pick("seal_checkpoint", "Number");
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return await t.Do(
                "UPDATE seal_checkpoint SET \"Signature\" = @1, \"KeyId\" = @2 WHERE \"Number\" = @0", number,
                key.SignData([1], HashAlgorithmName.SHA256), CheckpointText.KeyIdOf(key.ExportSubjectPublicKeyInfo())) == 1
                ? $"checkpoint {number}" : null;
        });
        yield return new("checkpoint gone", async t =>
        {
            var number = await t.Pick("seal_checkpoint", "Number", "\"Number\" < (SELECT max(\"Number\") FROM seal_checkpoint)");
            return await t.Do("DELETE FROM seal_checkpoint WHERE \"Number\" = @0", number) == 1 ? $"checkpoint {number}" : null;
        });
    }

    private static IEnumerable<Tampering> OfTails()
    {
        yield return new("tail of the seals cut", async t =>
        {
            var from = await t.Pick("seal_link", "Position");
            return await t.Do("DELETE FROM seal_link WHERE \"Position\" >= @0", from) > 0 ? "checkpoint" : null;
        });
        yield return new("seals cut with their checkpoints, rows kept", async t =>
        {
            var size = await t.Number("SELECT min(\"Size\") FROM seal_checkpoint");
            await t.Do("DELETE FROM seal_tile WHERE (\"Number\" + 1) * 256 > @0", size);
            await t.Do("DELETE FROM seal_checkpoint WHERE \"Size\" > @0", size);
            return await t.Do("DELETE FROM seal_link WHERE \"Position\" >= @0", size) > 0 ? "" : null;
        }, NeedsWitness: true);
        yield return new("tail cut, checkpoints too", async t => await CutBack(t) ? "" : null, NeedsWitness: true);
        yield return new("last checkpoint gone", async t => await t.Do(
            "DELETE FROM seal_checkpoint WHERE \"Number\" = (SELECT max(\"Number\") FROM seal_checkpoint)") == 1 ? "" : null,
            NeedsWitness: true);
        yield return new("history rewritten and hashed anew", async t => await Rewriting.Rewrite(t) is { } id ? $"{id}" : null);
        yield return new("transaction slipped in and sealed", async t => await Rewriting.SlipIn(t) is { } id ? $"{id}" : null);
    }

    /// <summary>The whole database as it was at its first checkpoint, as from an old backup.</summary>
    private static async Task<bool> CutBack(Tamperer t)
    {
        var size = await t.Number("SELECT min(\"Size\") FROM seal_checkpoint");
        foreach (var id in await Rewriting.TransactionsFrom(t, size)) await Settle(t, id, -1);
        (string Kind, string Table)[] tables =
        [
            ("Audit", "audit_entry"), ("SecurityEvent", "audit_security_event"), ("Hold", "ledger_hold"),
            ("HoldEnd", "ledger_hold_end"),
        ];
        await t.Do(
            "DELETE FROM ledger_posting WHERE \"TransactionId\" IN (SELECT \"Subject\" FROM seal_link WHERE \"Position\" >= @0 AND \"Kind\" = 'Transaction')",
            size);
        foreach (var (kind, table) in tables.Append(("Transaction", "ledger_transaction")))
        {
            var sealedLater = "SELECT \"Seq\" FROM seal_link WHERE \"Position\" >= @0 AND \"Kind\" = @1";
            await t.Do($"DELETE FROM {table} WHERE \"Seq\" IN ({sealedLater})", size, kind);
        }

        await t.Do("DELETE FROM seal_tile WHERE (\"Number\" + 1) * 256 > @0", size);
        await t.Do("DELETE FROM seal_checkpoint WHERE \"Size\" > @0", size);
        return await t.Do("DELETE FROM seal_link WHERE \"Position\" >= @0", size) > 0;
    }

    /// <summary>Adds what a transaction moves to the balances, or takes it back.</summary>
    internal static async Task Settle(Tamperer t, Guid transaction, int sign)
    {
        foreach (var (column, way) in new[] { ("From", -sign), ("To", sign) })
        {
            await t.Do(
                $"UPDATE ledger_account SET \"Balance\" = \"Balance\" + (@1 * (SELECT coalesce(sum(p.\"Amount\"), 0) FROM ledger_posting p "
                + $"WHERE p.\"TransactionId\" = @0 AND p.\"{column}\" = ledger_account.\"Id\"))", transaction, way);
        }
    }

    internal static DateTime Moment(Tamperer t) =>
        new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(t.Random.Next(10_000_000));

    private static Task<long> Seq(Tamperer t) => t.Pick("ledger_transaction", "Seq");

    private static Task<string?> Transaction(Tamperer t, string set, params object[] values) =>
        Row(t, ("ledger_transaction", "Seq", "Transaction"), set, values);

    private static Task<string?> Audit(Tamperer t, string set, params object[] values) =>
        Row(t, ("audit_entry", "Seq", "Audit"), set, values);

    private static Task<string?> Event(Tamperer t, string set, params object[] values) =>
        Row(t, ("audit_security_event", "Seq", "SecurityEvent"), set, values);

    private static Task<string?> Link(Tamperer t, string set, params object[] values) =>
        Row(t, ("seal_link", "Position", "position"), set, values);

    private static Task<string?> Checkpoint(Tamperer t, string set, params object[] values) =>
        Row(t, ("seal_checkpoint", "Number", "checkpoint"), set, values);

    internal static async Task<string?> Row(Tamperer t, (string Table, string Key, string Name) where, string set, object[] values)
    {
        var key = await t.Pick(where.Table, where.Key);
        var done = await t.Do($"UPDATE {where.Table} SET {set} WHERE \"{where.Key}\" = @0", [key, .. values]);
        return done == 1 ? $"{where.Name} {key}" : null;
    }

    private static async Task<string?> LinkBit(Tamperer t, string column)
    {
        var position = await t.Pick("seal_link", "Position");
        return await t.Flip("seal_link", column, "\"Position\" = @0", position) == 1 ? $"position {position}" : null;
    }

    private static async Task<string?> CheckpointBit(Tamperer t, string column)
    {
        var number = await t.Pick("seal_checkpoint", "Number");
        return await t.Flip("seal_checkpoint", column, "\"Number\" = @0", number) == 1 ? $"checkpoint {number}" : null;
    }
}
