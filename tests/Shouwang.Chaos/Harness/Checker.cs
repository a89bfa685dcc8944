using System.Net.Http.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Cli.Bench;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Chaos.Harness;

/// <summary>Holds the operation log against what the public API shows: nothing lost, nothing doubled, every balance the sum of its
/// movements.</summary>
internal sealed class Checker(Arena arena, OperationLog log)
{
    /// <summary>What is not sealed yet when the load ends is sealed within this time.</summary>
    private static readonly TimeSpan s_sealing = TimeSpan.FromSeconds(60);

    public async Task<Report> Check(Report basis, CancellationToken ct)
    {
        var (journal, unbalanced) = await Settled(ct);
        var gifts = log.Gifts.ToDictionary(g => new Id<Transaction>(g.Id));
        var given = journal.Where(e => e.Reason == Reasons.Transferred).ToList();
        var present = given.Select(e => e.Id).ToHashSet();
        var order = AppendChecker.Check(gifts.Values, EntriesOf(journal));
        basis = WithPages(basis);
        return basis with
        {
            Acked = gifts.Values.Count(g => g.Outcome == Outcome.Acknowledged),
            Present = given.Count,
            Lost = gifts.Count(g => g.Value.Outcome == Outcome.Acknowledged && !present.Contains(g.Key)),
            Doubled = given.Count(e => !gifts.TryGetValue(e.Id, out var gift) || !IsAsAsked(e, gift)) + given.Count - present.Count,
            Unbalanced = unbalanced,
            BadSums = basis.BadSums + await Findings(ct),
            Append = order.Looked, OutOfOrder = order.OutOfOrder, OwnReads = log.OwnReads, StaleReads = log.StaleReads,
            SlowestRecoveryMs = (long)arena.SlowestRecovery.TotalMilliseconds,
            Differing = log.Differing,
            WronglyAccepted = log.Accepted + gifts.Values.Count(g => g is { Outcome: Outcome.Acknowledged, Minutes: Gift.TooMuch }),
            Broken = log.Broken, Unavailable = log.Unavailable, WithoutRetryAfter = log.WithoutRetryAfter, Unanswered = log.Unanswered,
            Also = [.. basis.Also, .. Unexpected(gifts.Values)],
        };
    }

    /// <summary>What those saw who only looked at pages.</summary>
    internal Report WithPages(Report basis) => basis with
    {
        Pages = log.Pages, PagesShown = log.PagesShown, PagesNotNow = log.PagesNotNow, OddPages = log.OddPages.Count,
        PagesUnanswered = log.PagesUnanswered,
        Also = [.. basis.Also, .. log.OddPages.CountBy(p => p).Select(p => $"{p.Key} ({p.Value})")],
    };

    /// <summary>How many entries of the journal moved each giver's account.</summary>
    private int[] EntriesOf(List<Journal.Entry> journal)
    {
        var moved = journal.SelectMany(e => e.Lines.SelectMany(l => new[] { l.From, l.To }).Distinct()).CountBy(a => a).ToDictionary();
        return [.. arena.Givers.Select((_, giver) => moved.GetValueOrDefault(AccountOf(arena.People[giver])))];
    }

    /// <summary>Journal and balances of one moment: a request whose caller went away may still be carried out, so they are read until
    /// nothing came between.</summary>
    internal async Task<(List<Journal.Entry> Journal, int Unbalanced)> Settled(CancellationToken ct)
    {
        var journal = await Journal(ct);
        while (true)
        {
            var unbalanced = await Unbalanced(journal, ct);
            var after = await Journal(ct);
            if (after.Count == journal.Count) return (journal, unbalanced);
            journal = after;
        }
    }

    private async Task<List<Journal.Entry>> Journal(CancellationToken ct)
    {
        var entries = new List<Journal.Entry>();
        for (var from = ""; ;)
        {
            var page = await Get<Journal.View>($"/api/v1/ledger/transactions{from}", ct);
            entries.AddRange(page.Entries);
            if (page.Next is not { } next) return entries;
            from = $"?after={next}";
        }
    }

    private bool IsAsAsked(Journal.Entry entry, Gift gift) =>
        gift.Outcome != Outcome.Refused
        && entry.Lines is [var line]
        && line == new Journal.Line(AccountOf(arena.People[gift.Giver]), AccountOf(arena.People[gift.Giver + 1]), gift.Minutes);

    private async Task<int> Unbalanced(List<Journal.Entry> journal, CancellationToken ct)
    {
        var moved = new Dictionary<Id<Account>, long>();
        foreach (var line in journal.SelectMany(e => e.Lines))
        {
            moved[line.From] = moved.GetValueOrDefault(line.From) - line.Amount;
            moved[line.To] = moved.GetValueOrDefault(line.To) + line.Amount;
        }

        var wrong = 0;
        foreach (var person in arena.People)
        {
            var hours = await Get<Passbook>($"/api/v1/people/{person.Id}/hours", ct);
            if (hours.Balance != moved.GetValueOrDefault(AccountOf(person)) || hours.Balance < 0) wrong++;
        }

        // What each began with is there once; the officer, who is none of them, began with as much.
        var begun = journal.Where(e => e.Reason == "bench.given" && e.Lines[0].Amount == BenchPeople.Minutes)
            .CountBy(e => e.Lines[0].To).ToDictionary();
        return wrong + arena.People.Count(p => begun.GetValueOrDefault(AccountOf(p)) != 1);
    }

    internal async Task<int> Findings(CancellationToken ct)
    {
        var ledger = await Get<VerifyLedger.View>("/api/v1/ledger/verification", ct);
        var until = TimeProvider.System.GetTimestamp();
        var audit = await Get<VerifyAudit.View>("/api/v1/audit/verification", ct);
        while (audit.Unsealed > 0 && TimeProvider.System.GetElapsedTime(until) < s_sealing)
        {
            await Task.Delay(500, ct);
            audit = await Get<VerifyAudit.View>("/api/v1/audit/verification", ct);
        }

        return ledger.Findings + audit.Findings + (audit.Unsealed > 0 ? 1 : 0);
    }

    /// <summary>What a passbook says first; its movements come page by page.</summary>
    private sealed record Passbook(long Balance);

    /// <summary>Only what goes beyond one's means is refused here; anything else would hide a loss.</summary>
    private static IEnumerable<string> Unexpected(IReadOnlyCollection<Gift> gifts)
    {
        var refused = gifts.Count(g => g is { Outcome: Outcome.Refused, Minutes: not Gift.TooMuch });
        if (refused > 0) yield return $"{refused} good gifts refused";
    }

    private async Task<T> Get<T>(string path, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var read = await arena.Auditor.GetFromJsonAsync<T>(path, HouseJson.Options, patience.Token);
        return read ?? throw new InvalidOperationException($"{path} answered nothing.");
    }

    private static Id<Account> AccountOf(Person person) => DerivedId.Of(AccountKey.OfPerson(Book.Hours, person.Id, person.Area));
}
