using Shouwang.Application.Common;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>Every check of the verification has a falsification that it alone sees: whoever made it has the house's keys, so marks, hashes
/// and signatures are true.</summary>
public sealed class VerifyGuardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="Do">Does it, and says the one finding there must be: what, and where.</param>
    private sealed record Falsification(string Name, Func<Forger, Task<string>> Do);

    [Theory, EachDatabase]
    public async Task Every_check_sees_what_no_other_sees(TestDatabase database)
    {
        await using var village = await LivedIn.On(database);
        await using var connection = await database.Open(Ct);
        await using var forger = new Forger(connection, village);
        await forger.Unguard(database.Kind);
        var (expected, found) = (new List<string>(), new List<string>());
        foreach (var (name, falsify) in OfRows().Concat(OfLinks()).Concat(OfBooks()).Concat(OfAccounts()))
        {
            await forger.Begin();
            expected.Add($"{name}: {await falsify(forger)}");
            found.Add($"{name}: {string.Join(", ", await Verify(forger))}");
            await forger.Undo();
        }

        Assert.Equal(expected, found);
    }

    private static IEnumerable<Falsification> OfRows()
    {
        yield return new("nothing, but hashed and signed anew", async f =>
        {
            await f.Rehash();
            return "";
        });
        foreach (var kind in Enum.GetValues<SealKind>())
        {
            yield return new($"what the seal says of a row: {kind}", f => Link(
                f, kind,
                "\"RowHash\" = (SELECT x.\"RowHash\" FROM seal_link x WHERE x.\"Kind\" <> seal_link.\"Kind\" ORDER BY x.\"Position\" LIMIT 1)",
                "row-changed"));
        }

        yield return new("whose seal it is", f => Link(
            f, SealKind.Transaction, "\"Subject\" = @p2", "row-changed", new Guid("01980000-0000-7000-8000-00000000abcd")));
        yield return new("whose chain it is in", f => Link(f, SealKind.Audit, "\"County\" = 110000000000", "row-changed"));
        yield return new("a row slipped in among sealed ones", async f => $"slipped-in SecurityEvent 0 {await f.Event(0, f.Now)}");
        yield return new("a row that never was sealed", async f =>
        {
            var seq = await f.Number("SELECT max(\"Seq\") + 1 FROM audit_security_event");
            return $"unsealed SecurityEvent {seq} {await f.Event(seq, f.Now.AddMinutes(-2))}";
        });
    }

    private static IEnumerable<Falsification> OfLinks()
    {
        yield return new("a place left out", async f =>
        {
            var last = await f.Number("SELECT max(\"Position\") FROM seal_link");
            await f.Do("UPDATE seal_link SET \"Position\" = \"Position\" + 1 WHERE \"Position\" = @p0", last);
            await f.Rehash();
            return $"order-broken position {last + 1}";
        });
        yield return new("an algorithm there is not", async f =>
        {
            await f.Do("UPDATE seal_link SET \"Algorithm\" = 2 WHERE \"Position\" = 3");
            await f.Rehash();
            return "chain-broken position 3";
        });
        yield return new("another root, signed", async f =>
        {
            await f.Do("UPDATE seal_checkpoint SET \"Root\" = (SELECT \"Chain\" FROM seal_link WHERE \"Position\" = 0) WHERE \"Number\" = 2");
            await f.Sign(2);
            return "root-changed checkpoint 2";
        });
        yield return new("another size, signed", async f =>
        {
            await f.Do(
                "UPDATE seal_checkpoint SET \"Size\" = (SELECT \"Size\" - 1 FROM seal_checkpoint WHERE \"Number\" = 1), "
                + "\"Root\" = (SELECT \"Root\" FROM seal_checkpoint WHERE \"Number\" = 1) WHERE \"Number\" = 2");
            await f.Sign(2);
            return "root-changed checkpoint 2";
        });
        yield return new("a tile too many", async f =>
        {
            await f.Do("INSERT INTO seal_tile (\"Step\", \"Number\", \"Hash\") SELECT 1, 7, \"Chain\" FROM seal_link WHERE \"Position\" = 0");
            return "tiles-miscounted 0 expected";
        });
    }

    private static IEnumerable<Falsification> OfBooks()
    {
        yield return new("a transaction without postings", async f => $"empty-transaction {await f.Transaction()}");
        yield return new("minutes below nothing", async f => $"amount {await f.Transaction((IdOf(LivedIn.Bank), IdOf(LivedIn.Li), -5))}");
        yield return new("a posting of no minutes", async f => $"amount {await f.Transaction((IdOf(LivedIn.Bank), IdOf(LivedIn.Li), 0))}");
        yield return new("hours that move money", async f => $"book-mixed {await f.Transaction((IdOf(LivedIn.Fund), IdOf(LivedIn.Purse), 5))}");
        yield return new("more than a balance can say", async f =>
        {
            // Each owes as much as it may. What comes together is 2^64, which a balance takes for nothing.
            await f.Transaction([.. LivedIn.Deep.Select(from => (IdOf(from), IdOf(LivedIn.Bank), -from.DefaultFloor))]);
            return $"sum Hours {LivedIn.Deep.Length * (Int128)Account.NoFloor}";
        });
    }

    private static IEnumerable<Falsification> OfAccounts()
    {
        yield return new("more spent than there is", async f =>
        {
            await f.Transaction((IdOf(LivedIn.Li), IdOf(LivedIn.Bank), 56));
            return $"floor {IdOf(LivedIn.Li)}";
        });
        yield return new("more set aside than there is", async f =>
        {
            await f.Hold(IdOf(LivedIn.Li), IdOf(LivedIn.Bank), 56);
            return $"floor {IdOf(LivedIn.Li)}";
        });
        yield return new("more than the account may have", async f =>
        {
            // No account has a ceiling of its own, so that it has one is a finding too.
            await f.Do("UPDATE ledger_account SET \"Ceiling\" = 59 WHERE \"Id\" = @p0", IdOf(LivedIn.Li).Value);
            return $"ceiling {IdOf(LivedIn.Li)}, limits-changed {IdOf(LivedIn.Li)}";
        });
        yield return new("another floor, kept", async f =>
        {
            await f.Do("UPDATE ledger_account SET \"Floor\" = -60 WHERE \"Id\" = @p0", IdOf(LivedIn.Li).Value);
            return $"limits-changed {IdOf(LivedIn.Li)}";
        });
        yield return new("more held than is set aside", async f =>
        {
            await f.Do("UPDATE ledger_account SET \"Held\" = \"Held\" + 1 WHERE \"Id\" = @p0", IdOf(LivedIn.Li).Value);
            return $"held {IdOf(LivedIn.Li)}";
        });
        yield return new("moved more often than there are entries", async f =>
        {
            await f.Do("UPDATE ledger_account SET \"Version\" = \"Version\" + 1 WHERE \"Id\" = @p0", IdOf(LivedIn.Li).Value);
            return $"version {IdOf(LivedIn.Li)}";
        });
        yield return new("held although nothing is set aside", async f =>
        {
            await f.Do("UPDATE ledger_account SET \"Held\" = 0 WHERE \"Id\" = @p0", IdOf(LivedIn.Li).Value);
            return $"held {IdOf(LivedIn.Li)}";
        });
    }

    /// <summary>Changes the first link of a kind, and hashes and signs everything anew.</summary>
    private static async Task<string> Link(Forger f, SealKind kind, string set, string what, params object[] values)
    {
        var seq = await f.Number("SELECT min(\"Seq\") FROM seal_link WHERE \"Kind\" = @p0", $"{kind}");
        await f.Do($"UPDATE seal_link SET {set} WHERE \"Kind\" = @p0 AND \"Seq\" = @p1", [$"{kind}", seq, .. values]);
        await f.Rehash();
        var link = (await f.View.Links(Ct).ToListAsync(Ct)).Single(l => l.Kind == kind && l.Seq == seq);
        return $"{what} {kind} {seq} {link.Subject}";
    }

    private static async Task<IEnumerable<string>> Verify(Forger forger) =>
        (await forger.Findings()).Select(f => $"{f.What} {f.Where}").Distinct().Order(StringComparer.Ordinal);

    private static Id<Account> IdOf(AccountKey key) => DerivedId.Of(key);
}
