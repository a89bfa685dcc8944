using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>What is known of a person with dates. Facts are only added: a better lesson replaces an earlier one, which stays to be read.
/// </summary>
public sealed partial class Person
{
    private readonly List<PersonFact> _facts = [];

    /// <summary>Every fact ever learned, the replaced ones included.</summary>
    public IReadOnlyList<PersonFact> Facts => _facts;

    /// <summary>The line the next fact will stand under.</summary>
    public int NextLine => _facts.Count + 1;

    /// <summary>Learns that something holds from a day on; the earlier value of the same kind ends that day.</summary>
    /// <param name="from">The first day it holds.</param>
    /// <param name="now">When the house learned it.</param>
    public void Learn<T>(FactKind kind, T value, DateOnly from, DateTimeOffset now) where T : struct, Enum =>
        LearnFrom(kind, new(value.ToString()), from, now);

    /// <summary>The same for a fact that is text, or sealed.</summary>
    public void LearnFrom(FactKind kind, FactValue value, DateOnly from, DateTimeOffset now)
    {
        var open = StandingOn(kind, from);
        var next = Standing(kind).Where(f => f.From > from).Select(f => (DateOnly?)f.From).Min();
        _ = Learn(kind, value, new Period(from, open is null ? next : open.To), now).Value;
    }

    /// <summary>Learns that something held, or holds, for a time; what was believed of that time is replaced.</summary>
    public Result<PersonFact> Learn(FactKind kind, FactValue value, Period period, DateTimeOffset now)
    {
        if (period.To <= period.From) return PeopleRefusals.FactPeriod;
        if (Standing(kind).FirstOrDefault(f => SaysAlready(f, value, period)) is { } known) return known;

        // From here on it succeeds.
        var touched = Standing(kind).Where(f => Overlap(f.Period, period)).ToList();
        var fact = PersonFact.Sealing(NextLine, kind, value, period, now);
        _facts.Add(fact);
        foreach (var old in touched) Yield(old, period, now);
        return fact;
    }

    /// <summary>Puts right what was written wrongly: the fact under this line is replaced by what was really so.</summary>
    public Result<PersonFact> Correct(int line, FactValue value, Period period, DateTimeOffset now)
    {
        if (Written(line) is not { } wrong) return PeopleRefusals.FactNotFound;
        if (period.To <= period.From) return PeopleRefusals.FactPeriod;

        // From here on it succeeds.
        wrong.ReplaceAt(now);
        return Learn(wrong.Kind, value, period, now);
    }

    /// <summary>Takes back what was never so.</summary>
    public Result<PersonFact> Retract(int line, DateTimeOffset now)
    {
        if (Written(line) is not { } wrong) return PeopleRefusals.FactNotFound;
        wrong.ReplaceAt(now);
        return wrong;
    }

    /// <summary>Whether someone has died or moved away by a day.</summary>
    public bool HasDepartedOn(DateOnly day) => FactOn<Residence>(FactKind.Residence, day) is Residence.Ended or Residence.MovedAway;

    /// <summary>Whether the facts of a kind can be put back to what was known before a moment: nothing was learned after it.</summary>
    public bool MayRevert(FactKind kind, DateTimeOffset before) => !_facts.Exists(f => f.Kind == kind && f.LearnedAt > before);

    /// <summary>Puts the facts of a kind back to what was known before a moment; what stood in between stays to be read.</summary>
    public void Revert(FactKind kind, DateTimeOffset before, DateTimeOffset now)
    {
        var was = _facts.Where(f => f.Kind == kind && f.LearnedAt < before && (f.Stands || f.ReplacedAt >= before)).ToList();
        foreach (var standing in Standing(kind).ToList()) standing.ReplaceAt(now);
        foreach (var fact in was) _facts.Add(fact.For(NextLine, fact.Period, now));
    }

    /// <summary>What was true of this kind on a day, as far as known now; null where nothing is known.</summary>
    public string? FactOn(FactKind kind, DateOnly day) => StandingOn(kind, day)?.Value;

    /// <summary>The same, read as an enumeration value.</summary>
    public T? FactOn<T>(FactKind kind, DateOnly day) where T : struct, Enum =>
        FactOn(kind, day) is { } text ? Enum.Parse<T>(text) : null;

    /// <summary>What the house believed at a moment of a day: the way to recompute a closed month as it stood.</summary>
    public string? FactOn(FactKind kind, DateOnly day, DateTimeOffset asKnownAt) =>
        _facts.FindLast(f => f.Kind == kind && f.Period.Holds(day) && f.KnownAt(asKnownAt))?.Value;

    /// <summary>The fact of this kind that holds on a day.</summary>
    public PersonFact? StandingOn(FactKind kind, DateOnly day) =>
        _facts.FindLast(f => f.Kind == kind && f.Stands && f.Period.Holds(day));

    /// <summary>How something that runs out, an insurance or a health check, stands on a day, and when it ends or ended. 有效状态</summary>
    /// <param name="warningDays">How many days before the end it says "soon".</param>
    public (Validity State, DateOnly? Until) ValidityOn(FactKind kind, DateOnly day, int warningDays)
    {
        if (StandingOn(kind, day) is { } holds)
        {
            return (holds.To is { } end && end <= day.AddDays(warningDays) ? Validity.Soon : Validity.Valid, holds.To?.AddDays(-1));
        }

        var last = Standing(kind).Where(f => f.To <= day).MaxBy(f => f.To);
        return last is null ? (Validity.Missing, null) : (Validity.Expired, last.To?.AddDays(-1));
    }

    /// <summary>How much attention an elder is owed on a day, and why; nothing for those who are no elders. 风险等级</summary>
    /// <param name="recentAlert">Whether an alert was raised for them lately.</param>
    /// <param name="asKnownAt">By what the house believed at that moment; by what it knows now without it.</param>
    public Risk? RiskOn(DateOnly day, RiskRules rules, bool recentAlert = false, DateTimeOffset? asKnownAt = null)
    {
        if (!Is(PersonRoles.Elder)) return null;
        var facts = new RiskFacts(
            BornIsKnown ? AgeOn(day) : null,
            Known<LivingSituation>(FactKind.Living),
            Known<AbilityLevel>(FactKind.Ability),
            Known<SpecialClasses>(FactKind.Classes) ?? SpecialClasses.None,
            recentAlert);
        return Risk.Of(facts, rules);

        T? Known<T>(FactKind kind) where T : struct, Enum =>
            (asKnownAt is { } moment ? FactOn(kind, day, moment) : FactOn(kind, day)) is { } text ? Enum.Parse<T>(text) : null;
    }

    private IEnumerable<PersonFact> Standing(FactKind kind) => _facts.Where(f => f.Kind == kind && f.Stands);

    private PersonFact? Written(int line) => _facts.Find(f => f.Line == line && f.Stands);

    /// <summary>Keeps of an earlier fact what lies outside the period that another now takes.</summary>
    private void Yield(PersonFact old, Period taken, DateTimeOffset now)
    {
        old.ReplaceAt(now);
        if (old.From < taken.From) _facts.Add(old.For(NextLine, new(old.From, taken.From), now));
        if (taken.To is { } end && (old.To is null || end < old.To)) _facts.Add(old.For(NextLine, new(end, old.To), now));
    }

    private static bool SaysAlready(PersonFact known, FactValue value, Period period) =>
        value.Sealed is null && known.Sealed is null && known.Value == value.Text && known.From <= period.From
        && (known.To is null || (period.To is { } end && end <= known.To));

    private static bool Overlap(Period a, Period b) => (b.To is null || a.From < b.To) && (a.To is null || b.From < a.To);
}
