using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.Rules;

/// <summary>All rule packages together: national, province, county, village. The nearest value wins, never outside the bounds set above.
/// 规则集</summary>
public sealed class Rulebook
{
    private readonly RulePackage[] _current;
    private readonly Dictionary<string, RulePackage> _byStamp;
    private readonly Dictionary<string, RuleSource> _sources;

    private Rulebook(IReadOnlyList<RulePackage> packages, IEnumerable<RuleSource> sources)
    {
        Packages = packages;
        _current = [.. CurrentOf(packages)];
        _byStamp = packages.ToDictionary(p => p.Stamp);
        _sources = sources.ToDictionary(s => s.Id);
    }

    /// <summary>Every package, older versions included.</summary>
    public IReadOnlyList<RulePackage> Packages { get; }

    /// <summary>Binds packages into a book, or says of each that may not be bound where it is wrong.</summary>
    /// <returns>The book, and no faults; or no book, and why not.</returns>
    public static (Rulebook? Book, IReadOnlyList<RuleFault> Faults) Bind(
        IReadOnlyList<RulePackage> packages, IReadOnlyList<RuleSource> sources)
    {
        var faults = RulebookCheck.Of(packages, sources);
        return faults.Count == 0 ? (new Rulebook(packages, sources), faults) : (null, faults);
    }

    /// <summary>What holds in an area on a day.</summary>
    public RulesInForce At(AreaCode area, DateOnly day) => new(area, day, Chain(_current, area));

    /// <summary>What held in an area on a day under the very packages a record was decided under, though newer versions exist.</summary>
    /// <param name="stamp">What <see cref="RulesInForce.Stamp"/> said then.</param>
    /// <exception cref="KeyNotFoundException">A package version named in the stamp is not kept here any more.</exception>
    public RulesInForce Under(string stamp, AreaCode area, DateOnly day) =>
        new(area, day, Chain(stamp.Split('+').Select(s => _byStamp[s]), area));

    /// <summary>Whether every package version named in a stamp is kept here.</summary>
    public bool Knows(string stamp) => stamp.Split('+').All(_byStamp.ContainsKey);

    /// <summary>Binds other packages on the same sources.</summary>
    public (Rulebook? Book, IReadOnlyList<RuleFault> Faults) With(IReadOnlyList<RulePackage> packages) =>
        Bind(packages, [.. _sources.Values]);

    /// <summary>The document behind a source id.</summary>
    public RuleSource Source(string id) => _sources[id];

    /// <summary>The newest version of each package, from the nation down.</summary>
    internal static IEnumerable<RulePackage> CurrentOf(IEnumerable<RulePackage> packages) =>
        packages.GroupBy(p => p.Id).Select(g => g.MaxBy(p => p.Version)!).OrderBy(p => p.Area.Level).ThenBy(p => p.Area).ThenBy(p => p.Id);

    private static RulePackage[] Chain(IEnumerable<RulePackage> packages, AreaCode area) =>
        [.. packages.Where(p => p.Area.Contains(area)).OrderBy(p => p.Area.Level).ThenBy(p => p.Id, StringComparer.Ordinal)];
}
