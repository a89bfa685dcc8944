namespace Shouwang.Tests.Tidy;

/// <summary>Who may know whom in the domain. A new arrow is a decision and needs an ADR.</summary>
internal static class ModuleMap
{
    private const string Kernel = "Kernel";
    private const string Domain = "Shouwang.Domain.";

    /// <summary>Module → the modules it may use, besides the kernel.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayUse = new Dictionary<string, string[]>
    {
        [Kernel] = [],
        ["Areas"] = [],
        ["Rules"] = ["Areas"],
        ["People"] = ["Areas", "Rules"],
        ["Places"] = ["Areas", "Rules", "People"],
        ["Ledger"] = ["People"],
        ["Duties"] = ["Rules", "People"],
        ["Messages"] = ["Rules", "People"],
        ["Training"] = ["Rules", "People"],
        ["Assessment"] = ["Rules", "People"],
        ["Health"] = ["Rules", "People", "Assessment"],
        ["Pairing"] = ["Rules", "People", "Places"],
        ["Care"] = ["Rules", "People", "Places", "Pairing", "Duties"],
        ["TimeBank"] = ["Rules", "People", "Ledger"],
        ["Funds"] = ["Rules", "People", "Places", "Ledger"],
        ["Canteen"] = ["Rules", "People", "Places", "Ledger", "Funds"],
        ["Activities"] = ["Rules", "People", "Places", "Ledger"],
        ["Homes"] = ["Rules", "People", "Places", "Ledger"],
        ["Watch"] = ["Rules", "People", "Health", "Duties"],
        ["Referrals"] = ["Rules", "People", "Health", "Duties"],
        ["Contracts"] = ["Rules", "Places", "Funds"],
        ["Oversight"] = ["Areas", "Rules", "People", "Duties"],
    };

    // What the compiler itself writes into every assembly, and the parts of the base library that do no I/O.
    private static readonly string[] s_forbidden =
        ["System.IO", "System.Net", "System.Threading.Tasks", "System.Timers", "System.Diagnostics.Process"];

    private static readonly string[] s_baseLibrary =
    [
        "System.Runtime", "System.Collections", "System.Linq", "System.Memory", "System.Text", "System.Numerics", "System.Private.CoreLib",
        "System.Threading",
    ];

    /// <summary>Arrows that are not on the map.</summary>
    public static IEnumerable<string> Trespasses(IEnumerable<TypeUse> uses) =>
        from use in uses
        let owner = ModuleOf(use.FromNamespace)
        let used = ModuleOf(use.ToNamespace)
        where owner is not null && used is not null && owner != used && used != Kernel
        where !MayUse.TryGetValue(owner, out var may) || !may.Contains(used)
        select $"{use.From} uses {use.To}: {owner} may not know {used}";

    /// <summary>Uses of anything that reads, writes, waits or comes from a package.</summary>
    public static IEnumerable<string> Impurities(IEnumerable<TypeUse> uses) =>
        from use in uses
        where use.Assembly.Length > 0
        where s_forbidden.Any(f => IsWithin(use.ToNamespace, f) || use.To == f) || !s_baseLibrary.Any(a => IsWithin(use.Assembly, a))
        select $"{use.From} uses {use.To} of {use.Assembly}";

    private static bool IsWithin(string name, string outer) => name == outer || name.StartsWith(outer + ".", StringComparison.Ordinal);

    private static string? ModuleOf(string space) =>
        space.StartsWith(Domain, StringComparison.Ordinal) ? space[Domain.Length..].Split('.')[0] : null;
}
