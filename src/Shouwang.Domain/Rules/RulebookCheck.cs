using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.Rules;

/// <summary>Says where packages may not stand together: what is unknown, given twice, of another kind, or outside the bounds set above.
/// 规则包检查</summary>
internal sealed class RulebookCheck
{
    private readonly List<RuleFault> _faults = [];
    private readonly RulePackage[] _current;
    private readonly HashSet<string> _sources;

    private RulebookCheck(IReadOnlyList<RulePackage> packages, IEnumerable<RuleSource> sources)
    {
        _current = [.. Rulebook.CurrentOf(packages)];
        _sources = [.. sources.Select(s => s.Id)];
        foreach (var twice in packages.GroupBy(p => p.Stamp).SelectMany(g => g.Skip(1)))
        {
            _faults.Add(new(twice.File, 1, RuleRefusals.PackageTwice.With("package", twice.Stamp)));
        }
    }

    /// <summary>All faults, by file and line; none when the packages may be bound.</summary>
    public static IReadOnlyList<RuleFault> Of(IReadOnlyList<RulePackage> packages, IEnumerable<RuleSource> sources)
    {
        var check = new RulebookCheck(packages, sources);
        if (check._current.Length == 0 || check._current[0].Area != AreaCode.Nation)
        {
            check._faults.Add(new(check._current.FirstOrDefault()?.File ?? "", 1, RuleRefusals.NoNational));
        }

        foreach (var package in check._current) check.Package(package);
        return [.. check._faults.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line)];
    }

    private void Package(RulePackage package)
    {
        foreach (var given in package.Parameters.GroupBy(p => p.Id)) Dates(package, given.Key, [.. given.OrderBy(p => p.Period.From)]);
        foreach (var parameter in package.Parameters)
        {
            if (!_sources.Contains(parameter.Source)) No(package, parameter, RuleRefusals.UnknownSource.With("source", parameter.Source));
            if (parameter.Bounds?.Check(parameter.Value) is { } outside) No(package, parameter, outside);
            if (package.Area != AreaCode.Nation) Lower(package, parameter);
        }
    }

    private void Dates(RulePackage package, string id, Parameter[] inOrder)
    {
        for (var i = 1; i < inOrder.Length; i++)
        {
            var (earlier, later) = (inOrder[i - 1], inOrder[i]);
            if (earlier.Period.To is not { } end || end > later.Period.From) No(package, later, RuleRefusals.GivenTwice);
            else if (end < later.Period.From && package.Area == AreaCode.Nation) No(package, later, RuleRefusals.Gap);
            if (earlier.Unit != later.Unit || earlier.Value.Kind != later.Value.Kind) No(package, later, RuleRefusals.OtherKind);
        }

        if (package.Area == AreaCode.Nation && inOrder[^1].Period.To is not null) No(package, inOrder[^1], RuleRefusals.Gap);
        foreach (var other in _current.Where(p => p != package && p.Area == package.Area && p.Of(id).Any()))
        {
            if (string.CompareOrdinal(other.Id, package.Id) < 0)
                No(package, inOrder[0], RuleRefusals.GivenTwice.With("package", other.Stamp));
        }
    }

    /// <summary>A value of a lower area against everything said above it while it holds.</summary>
    private void Lower(RulePackage package, Parameter parameter)
    {
        var above = _current
            .Where(p => p.Area != package.Area && p.Area.Contains(package.Area))
            .SelectMany(p => p.Of(parameter.Id))
            .ToArray();
        if (above.Length == 0)
        {
            No(package, parameter, RuleRefusals.UnknownParameter);
            return;
        }

        if (above[0].Unit != parameter.Unit || above[0].Value.Kind != parameter.Value.Kind)
        {
            No(package, parameter, RuleRefusals.OtherKind.With("wanted", $"{above[0].Value.Kind} {above[0].Unit}"));
            return;
        }

        var meanwhile = above.Where(a => Overlap(a.Period, parameter.Period)).ToArray();
        if (meanwhile.All(a => a.Bounds is null)) No(package, parameter, RuleRefusals.NotOpen);
        foreach (var upper in meanwhile) Against(package, parameter, upper);
    }

    private void Against(RulePackage package, Parameter parameter, Parameter upper)
    {
        if (upper.Bounds is { } bounds)
        {
            if (bounds.Check(parameter.Value) is { } outside) No(package, parameter, outside);
            if (parameter.Bounds?.Within(bounds) == false)
                No(package, parameter, RuleRefusals.WiderBounds.With("bounds", bounds.ToString()));
        }

        if (upper.Value is not RuleValue.Table { Rows: var wanted } || parameter.Value is not RuleValue.Table { Rows: var given }) return;
        if (wanted.Keys.Except(given.Keys).FirstOrDefault() is { } missing)
            No(package, parameter, RuleRefusals.RowMissing.With("row", missing));
        if (upper.Bounds is { NewRows: false } && given.Keys.Except(wanted.Keys).FirstOrDefault() is { } added)
        {
            No(package, parameter, RuleRefusals.RowUnknown.With("row", added));
        }
    }

    private static bool Overlap(Period a, Period b) => (b.To is null || a.From < b.To) && (a.To is null || b.From < a.To);

    private void No(RulePackage package, Parameter parameter, Refusal refusal) =>
        _faults.Add(new(package.File, parameter.Line, refusal.With("id", parameter.Id)));
}
