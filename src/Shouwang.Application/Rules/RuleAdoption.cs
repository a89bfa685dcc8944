using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Rules;

/// <summary>That an area takes another area's package for its own: a pilot county that works by a city's rules, or a demonstration of
/// them. 规则借用</summary>
/// <param name="Package">The id of the package taken over, or the part of it after its area code: "beijing".</param>
/// <param name="Area">The area that takes it over.</param>
public sealed record RuleAdoption(string Package, AreaCode Area)
{
    /// <summary>The same packages, with the one taken over in the place of what the area had; what the area says of other things stays
    /// in force.</summary>
    /// <exception cref="InvalidOperationException">There is no such package, or it breaks the bounds set above.</exception>
    public Rulebook In(Rulebook book)
    {
        var taken = book.Packages.Where(p => p.Id == Package || p.Id.EndsWith("-" + Package, StringComparison.Ordinal))
            .MaxBy(p => p.Version) ?? throw new InvalidOperationException($"There is no rule package '{Package}'.");
        var own = book.Packages.Where(p => p.Area == Area).ToArray();
        var kept = own.SelectMany(p => p.Parameters).Where(p => !taken.Of(p.Id).Any());
        var adopted = new RulePackage(
            $"{Area.Value / 1_000_000:000000}-as-{taken.Id}", taken.Version, Area, taken.Title, taken.File, [.. taken.Parameters, .. kept]);
        var (bound, faults) = book.With([.. book.Packages.Except(own), adopted]);
        return RuleFiles.Sound(new(bound, faults, 0));
    }
}
