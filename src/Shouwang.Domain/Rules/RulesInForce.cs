using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.Rules;

/// <summary>One value in force, and where it comes from. 现行规则</summary>
/// <param name="Parameter">The value, with its source, mark and first day.</param>
/// <param name="Package">The package that gives it, and so the area that issued it.</param>
/// <param name="Choosable">What lower areas may still choose; null when they may not.</param>
public sealed record RuleInForce(Parameter Parameter, RulePackage Package, Bounds? Choosable)
{
    public string Id => Parameter.Id;

    public AreaCode IssuedBy => Package.Area;

    public DateOnly Since => Parameter.Period.From;
}

/// <summary>The rules that hold in one area on one day. Asking for a rule nobody defined, or in another unit, is a bug and throws.
/// 现行规则</summary>
public sealed class RulesInForce
{
    private readonly RulePackage[] _chain;

    /// <param name="chain">The packages that hold here, from the nation down.</param>
    internal RulesInForce(AreaCode area, DateOnly day, RulePackage[] chain) => (Area, Day, _chain) = (area, day, chain);

    public AreaCode Area { get; }

    public DateOnly Day { get; }

    /// <summary>What a record decided under these rules keeps: each package and its version, "national@1+990101-demo-county@1".</summary>
    public string Stamp => string.Join('+', _chain.Select(p => p.Stamp));

    /// <summary>Every value in force, in the order of the national package.</summary>
    public IEnumerable<RuleInForce> All =>
        _chain.SelectMany(p => p.Parameters).Select(p => p.Id).Distinct().Select(TryFind).OfType<RuleInForce>();

    /// <summary>One value in force with where it comes from.</summary>
    /// <exception cref="KeyNotFoundException">No package defines it for this area and day.</exception>
    public RuleInForce Find(string id) =>
        TryFind(id) ?? throw new KeyNotFoundException($"No rule '{id}' is in force in {Area} on {Day:O}.");

    /// <summary>A whole number that is neither money nor minutes.</summary>
    public int Int(string id)
    {
        var rule = Find(id);
        if (rule.Parameter.Unit is RuleUnit.Fen or RuleUnit.Minutes) throw Misread(rule, "a plain number");
        return (int)Amount(rule);
    }

    /// <summary>A length of time, in whole minutes.</summary>
    public int Minutes(string id) => (int)Amount(In(RuleUnit.Minutes, id));

    /// <summary>An amount of money.</summary>
    public Money Fen(string id) => new(Amount(In(RuleUnit.Fen, id)));

    /// <summary>Yes or no.</summary>
    public bool Bool(string id) => Find(id) is { Parameter.Value: RuleValue.Flag flag } ? flag.On : throw Misread(Find(id), "yes or no");

    /// <summary>One word of a list, as a member of the enumeration that has the same words.</summary>
    public TEnum Choice<TEnum>(string id) where TEnum : struct, Enum
    {
        if (Find(id).Parameter.Value is not RuleValue.Choice choice) throw Misread(Find(id), "a choice");
        return RuleWords.Member<TEnum>(choice.Word) ?? throw Misread(Find(id), typeof(TEnum).Name);
    }

    /// <summary>Numbers by key, in the rule's unit.</summary>
    public RuleTable Table(string id) =>
        Find(id) is { Parameter.Value: RuleValue.Table table } ? table.Rows : throw Misread(Find(id), "a table");

    private RuleInForce? TryFind(string id)
    {
        RuleInForce? nearest = null;
        foreach (var package in _chain)
        {
            if (package.On(id, Day) is { } given) nearest = new(given, package, given.Bounds ?? nearest?.Choosable);
        }

        return nearest;
    }

    private RuleInForce In(RuleUnit unit, string id)
    {
        var rule = Find(id);
        return rule.Parameter.Unit == unit ? rule : throw Misread(rule, unit.ToString());
    }

    private static long Amount(RuleInForce rule) =>
        rule.Parameter.Value is RuleValue.Number number ? number.Amount : throw Misread(rule, "a number");

    private static InvalidOperationException Misread(RuleInForce rule, string wanted) =>
        new($"The rule '{rule.Id}' is {rule.Parameter.Value.Kind} in {rule.Parameter.Unit}, not {wanted}.");
}
