using System.Text.Json;

namespace Shouwang.Chaos.Harness;

/// <summary>What one trial showed.</summary>
/// <param name="Acked">Gifts whose giver was told that they are done.</param>
/// <param name="Present">Gifts found in the journal.</param>
/// <param name="Lost">Acknowledged and not there.</param>
/// <param name="Doubled">There more than once, otherwise than asked, or though refused or never asked.</param>
/// <param name="Unbalanced">People whose balance is not what the journal says.</param>
/// <param name="BadSums">Findings of the house's own verification of ledger and audit log.</param>
internal sealed record Report(
    string Trial, string Db, int Seed, int Acked, int Present, int Lost, int Doubled, int Unbalanced, int BadSums)
{
    public long SlowestRecoveryMs { get; init; }

    /// <summary>Repeats answered with other bytes.</summary>
    public int Differing { get; init; }

    /// <summary>Requests that had to be refused and were not.</summary>
    public int WronglyAccepted { get; init; }

    /// <summary>Answers 500.</summary>
    public int Broken { get; init; }

    /// <summary>Answers 503, and those of them without Retry-After.</summary>
    public int Unavailable { get; init; }

    public int WithoutRetryAfter { get; init; }

    /// <summary>Requests whose answer never came.</summary>
    public int Unanswered { get; init; }

    /// <summary>Pages read meanwhile that answered; those that said "not now" and when to come again; those that said anything else than
    /// a page; those whose answer never came.</summary>
    public int Pages { get; init; }

    public int PagesNotNow { get; init; }

    public int OddPages { get; init; }

    /// <summary>Those that showed a page: a house that only says "not now" does not answer.</summary>
    public int PagesShown { get; init; }

    /// <summary>Receipts whose account version was held against the order in which the givers saw them, and those that do not fit: the same
    /// version twice, one that goes back, one that the journal has no room for, none at all.</summary>
    public int Append { get; init; }

    public int OutOfOrder { get; init; }

    /// <summary>People who have an account, or are to have one; those of them whose account was moved; those who had none before.</summary>
    public int Accounts { get; init; }

    public int Moved { get; init; }

    public int FirstTouched { get; init; }

    /// <summary>What was acknowledged besides gifts: reservations, payments of them, those that were given back; gifts that were put right;
    /// payments from a pool.</summary>
    public int SetAside { get; init; }

    public int Paid { get; init; }

    public int GivenBack { get; init; }

    public int PutRight { get; init; }

    public int Granted { get; init; }

    /// <summary>How often a giver looked into their passbook after an acknowledgement, and how often the gift was not in it.</summary>
    public int OwnReads { get; init; }

    public int StaleReads { get; init; }

    public int PagesUnanswered { get; init; }

    /// <summary>The longest that a committed row was seen without its seal, and how often that was looked at.</summary>
    public long? OldestUnsealedMs { get; init; }

    public int? Looks { get; init; }

    /// <summary>Kills, power cuts or faults that were done.</summary>
    public int Blows { get; init; }

    /// <summary>What the control lost; nothing lost there means that the trial is blind.</summary>
    public int? ControlLost { get; init; }

    /// <summary>Payments a second from one pool, and from a pool for each payer; two measurements in turns.</summary>
    public double? HotPerSecond { get; init; }

    public double? SpreadPerSecond { get; init; }

    /// <summary>How much of the spread rate one pool manages.</summary>
    public double? HotShare => HotPerSecond is { } hot && SpreadPerSecond is { } spread ? Math.Round(hot / spread, 2) : null;

    /// <summary>Calls for help; those that were kept, some of them in the alarm journal for later; how often whoever called was told "not
    /// now"; those that were kept and never heard, are not there, are there twice.</summary>
    public int Alarms { get; init; }

    public int AlarmsKept { get; init; }

    public int AlarmsKeptForLater { get; init; }

    public int AlarmsTurnedAway { get; init; }

    public int AlarmsUnheard { get; init; }

    public int AlarmsLost { get; init; }

    public int AlarmsDoubled { get; init; }

    /// <summary>How long after they were called ninety-nine of a hundred were heard, and all.</summary>
    public long? AlarmP99Ms { get; init; }

    public long? AlarmWorstMs { get; init; }

    /// <summary>How long somebody waited for an answer at the longest, while a fault was held.</summary>
    public long SlowestAnswerMs { get; init; }

    /// <summary>How long after the beginning of a fault it was told at the latest that nothing can be stored.</summary>
    public long? StuckToldMs { get; init; }

    /// <summary>What memory the server took that was started last: the most in the first quarter of its time, in the last one, and ever.
    /// </summary>
    public long? MemoryFirstMb { get; init; }

    public long? MemoryLastMb { get; init; }

    public long? MemoryMostMb { get; init; }

    /// <summary>Within which time ninety-nine of a hundred must be heard; none where the house itself stands still.</summary>
    public long? AlarmsWithinMs { get; init; }

    private bool AlarmsAreSound =>
        AlarmsUnheard == 0 && AlarmsLost == 0 && AlarmsDoubled == 0 && !(AlarmP99Ms > AlarmsWithinMs) && (Alarms == 0 || AlarmsKept > 0);

    /// <summary>What went wrong besides, each in a few words.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    public bool IsSound => Acked > 0 && PagesShown > 0 && OutOfOrder == 0 && StaleReads == 0
        && Lost == 0 && Doubled == 0 && Unbalanced == 0 && BadSums == 0 && Differing == 0
        && WronglyAccepted == 0 && Broken == 0 && WithoutRetryAfter == 0 && ControlLost != 0 && OddPages == 0 && Also.Count == 0
        && AlarmsAreSound;

    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    public string ToSentence() =>
        $"""
        {Trial} on {Db}, seed {Seed}: {Blows} blows, {Acked} acknowledged, {Present} present
        lost {Lost}, doubled {Doubled}, unbalanced {Unbalanced}, bad sums {BadSums}, differing answers {Differing}, wrongly accepted {WronglyAccepted}
        503: {Unavailable}, without Retry-After: {WithoutRetryAfter}, 500: {Broken}, unanswered: {Unanswered}; slowest recovery {SlowestRecoveryMs} ms, slowest answer {SlowestAnswerMs} ms
        versions in order {Append - OutOfOrder} of {Append}; own gift found at once {OwnReads - StaleReads} times of {OwnReads}
        accounts {Accounts}, moved {Moved}, moved for the first time {FirstTouched}; set aside {SetAside}, paid {Paid}, given back {GivenBack}, put right {PutRight}, granted {Granted}
        pages read {Pages}, shown {PagesShown}, not now {PagesNotNow}, odd {OddPages}, unanswered {PagesUnanswered}
        called for help {Alarms}, kept {AlarmsKept} ({AlarmsKeptForLater} for later, turned away {AlarmsTurnedAway}), unheard {AlarmsUnheard}, lost {AlarmsLost}, doubled {AlarmsDoubled}; heard after {AlarmP99Ms} ms (p99), {AlarmWorstMs} ms at the latest
        {(StuckToldMs is { } told ? $"that nothing can be stored was told after {told} ms" : "storing never stopped for long")}
        {(OldestUnsealedMs is { } oldest ? $"longest without a seal {oldest} ms in {Looks} looks" : "seals not timed")}
        {(HotShare is { } share ? $"one pool {HotPerSecond}/s, spread {SpreadPerSecond}/s: {share}" : "no pool")}
        {(MemoryMostMb is { } most ? $"memory {MemoryFirstMb} MB in the first quarter, {MemoryLastMb} MB in the last, {most} MB at most" : "memory not watched for long")}
        {(ControlLost is { } lost ? $"the control lost {lost}" : "no control")}{string.Concat(Also.Select(a => $"\n! {a}"))}
        {(IsSound ? "sound" : "NOT SOUND")}
        """;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
}
