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

    /// <summary>Entries that callers bring about, besides reversals.</summary>
    private static readonly string[] s_reasons = [Reasons.Transferred, Reasons.Reserved, Reasons.Granted];

    public async Task<Report> Check(Report basis, CancellationToken ct)
    {
        // Before the whole journal is read through the same server.
        var memory = arena.MemoryMb;
        var held = new HoldChecker(log);
        var (journal, unbalanced) = await Settled(held.HeldBy, ct);
        var deeds = log.Gifts.Concat<Deed>(log.Errands).ToDictionary(d => new Id<Transaction>(d.Id));
        var written = journal.Where(e => e.Reverses is not null || s_reasons.Contains(e.Reason)).ToList();
        var present = written.Select(e => e.Id).ToHashSet();
        var order = AppendChecker.Check(log.Gifts, EntriesOf(journal));
        basis = await new AlarmChecker(arena, log).Check(WithPages(basis), ct);
        return WithErrands(basis) with
        {
            Acked = log.Gifts.Count(g => g.Outcome == Outcome.Acknowledged),
            Present = written.Count(e => e.Reason == Reasons.Transferred),
            Lost = deeds.Count(d => d.Value is { IsWritten: true, Outcome: Outcome.Acknowledged } && !present.Contains(d.Key)),
            Doubled = written.Count(e => !IsAsAsked(e, deeds.GetValueOrDefault(e.Id))) + written.Count - present.Count + held.EndedTwice,
            Unbalanced = unbalanced,
            BadSums = basis.BadSums + await Findings(ct),
            Append = order.Looked, OutOfOrder = order.OutOfOrder, OwnReads = log.OwnReads, StaleReads = log.StaleReads,
            SlowestRecoveryMs = (long)arena.SlowestRecovery.TotalMilliseconds,
            Differing = log.Differing,
            WronglyAccepted = log.Accepted + log.Gifts.Count(g => g is { Outcome: Outcome.Acknowledged, MustBeRefused: true }),
            Broken = log.Broken, Unavailable = log.Unavailable, WithoutRetryAfter = log.WithoutRetryAfter, Unanswered = log.Unanswered,
            Accounts = arena.People.Count, Moved = Moved(written),
            FirstTouched = arena.Populace.Newcomers.Count(n => arena.Populace.IsHere(n)),
            MemoryFirstMb = memory?.First, MemoryLastMb = memory?.Last, MemoryMostMb = memory?.Most,
            Also = [.. basis.Also, .. Unexpected(), .. held.Odd()],
        };
    }

    /// <summary>How many gifts that are acknowledged by now are not there.</summary>
    public async Task<int> LostSoFar(CancellationToken ct)
    {
        var acknowledged = log.Gifts.Where(g => g.Outcome == Outcome.Acknowledged).Select(g => new Id<Transaction>(g.Id)).ToList();
        var present = (await Journal(ct)).Select(e => e.Id).ToHashSet();
        return acknowledged.Count(g => !present.Contains(g));
    }

    /// <summary>What was done with hours besides giving them.</summary>
    private Report WithErrands(Report basis)
    {
        var done = log.Errands.Where(d => d.Outcome == Outcome.Acknowledged).ToList();
        return basis with
        {
            SetAside = done.OfType<Reservation>().Count(), Paid = done.OfType<Ending>().Count(e => e.IsWritten),
            GivenBack = done.OfType<Ending>().Count(e => !e.IsWritten), PutRight = done.OfType<Undoing>().Count(),
            Granted = done.OfType<Payout>().Count(),
        };
    }

    /// <summary>How many people's accounts the callers moved.</summary>
    private int Moved(IEnumerable<Journal.Entry> written)
    {
        var moved = written.SelectMany(e => e.Lines).SelectMany(l => new[] { l.From, l.To }).ToHashSet();
        return arena.People.Count(p => moved.Contains(AccountOf(p)));
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
    /// <param name="held">How many minutes a person has set aside.</param>
    internal async Task<(List<Journal.Entry> Journal, int Unbalanced)> Settled(Func<int, long> held, CancellationToken ct)
    {
        var journal = await Journal(ct);
        while (true)
        {
            var unbalanced = await Unbalanced(journal, held, ct);
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

    private bool IsAsAsked(Journal.Entry entry, Deed? asked) =>
        asked is { IsWritten: true, Outcome: not Outcome.Refused } && asked.Fits(entry, person => AccountOf(arena.People[person]));

    private async Task<int> Unbalanced(List<Journal.Entry> journal, Func<int, long> held, CancellationToken ct)
    {
        var moved = new Dictionary<Id<Account>, long>();
        foreach (var line in journal.SelectMany(e => e.Lines))
        {
            moved[line.From] = moved.GetValueOrDefault(line.From) - line.Amount;
            moved[line.To] = moved.GetValueOrDefault(line.To) + line.Amount;
        }

        var wrong = 0;
        await Parallel.ForEachAsync(arena.People.Index(), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct },
            async (one, token) =>
            {
                var hours = await Get<Passbook>($"/api/v1/people/{one.Item.Id}/hours", token);
                var isRight = hours.Balance == moved.GetValueOrDefault(AccountOf(one.Item)) && hours.Held == held(one.Index);
                if (!isRight || hours.Held < 0 || hours.Balance < hours.Held) Interlocked.Increment(ref wrong);
            });

        // What each began with is there once; the officer, who is none of them, began with as much, and a newcomer with nothing.
        var begun = journal.Where(e => e.Reason == "bench.given" && e.Lines[0].Amount == BenchPeople.Minutes)
            .CountBy(e => e.Lines[0].To).ToDictionary();
        return wrong + arena.People.SkipLast(arena.Populace.Newcomers.Count).Count(p => begun.GetValueOrDefault(AccountOf(p)) != 1);
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
    private sealed record Passbook(long Balance, long Held);

    /// <summary>Only what goes beyond one's means or to oneself is refused here; anything else would hide a loss.</summary>
    private IEnumerable<string> Unexpected()
    {
        var refused = log.Gifts.Count(g => g is { Outcome: Outcome.Refused, MustBeRefused: false, MayBeRefused: false });
        if (refused > 0) yield return $"{refused} good gifts refused";
        var unpaid = log.Errands.Count(d => d is Payout { Outcome: Outcome.Refused });
        if (unpaid > 0) yield return $"{unpaid} payments from a pool refused";
    }

    private async Task<T> Get<T>(string path, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var read = await arena.Auditor.GetFromJsonAsync<T>(path, HouseJson.Options, patience.Token);
        return read ?? throw new InvalidOperationException($"{path} answered nothing.");
    }

    private static Id<Account> AccountOf(Person person) => DerivedId.Of(AccountKey.OfPerson(Book.Hours, person.Id, person.Area));
}
