using System.Xml.Linq;
using Shouwang.Domain.Kernel;
using Xunit;

namespace Shouwang.Tests.Tidy;

/// <summary>Who may know whom: between modules, between projects, and with the outside.</summary>
public sealed class TidyMapTests
{
    private static readonly Dictionary<string, string[]> s_projects = new()
    {
        ["Shouwang.Domain"] = [],
        ["Shouwang.Planning"] = [],
        ["Shouwang.Application"] = ["Shouwang.Domain", "Shouwang.Planning"],
        ["Shouwang.Web"] = ["Shouwang.Application"],
        ["Shouwang.Cli"] = ["Shouwang.Web", "Shouwang.Planning"],
    };

    [Fact]
    public void Domain_modules_use_only_the_modules_they_may() =>
        Findings.None("The module map (docs/architecture.md) has no such arrow:", ModuleMap.Trespasses(UsesOf("Shouwang.Domain")));

    [Fact]
    public void The_domain_reads_writes_and_waits_for_nothing() =>
        Findings.None("The domain is pure:", ModuleMap.Impurities(UsesOf("Shouwang.Domain")));

    [Fact]
    public void Every_folder_of_the_domain_is_a_module_of_the_map() => Findings.None(
        "A folder of the domain is missing in the module map:",
        Directory.GetDirectories(Path.Combine(SourceTree.Root, "src/Shouwang.Domain"))
            .Select(folder => Path.GetFileName(folder)!)
            .Where(name => name is not ("bin" or "obj") && !ModuleMap.MayUse.ContainsKey(name)));

    [Fact]
    public void Planning_knows_no_type_of_the_domain_and_nothing_that_stores() => Findings.None(
        "Planning takes plain arrays and ids:",
        ReferencesOf("Shouwang.Planning").Where(name => name.StartsWith("Shouwang", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.", StringComparison.Ordinal)));

    [Fact]
    public void Projects_depend_in_one_direction()
    {
        var found =
            from project in s_projects
            let file = XDocument.Load(Path.Combine(SourceTree.Root, "src", project.Key, project.Key + ".csproj"))
            from reference in file.Descendants("ProjectReference")
            let target = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))
            where !project.Value.Contains(target)
            select $"{project.Key} → {target}";
        Findings.None("Cli → Web → Application → Planning and Domain:", found);

        var known = Directory.GetDirectories(Path.Combine(SourceTree.Root, "src")).Select(Path.GetFileName);
        Assert.Equal(s_projects.Keys.Order(), known.Order());
    }

    [Fact]
    public void The_domain_project_has_no_references_of_any_kind()
    {
        var file = XDocument.Load(Path.Combine(SourceTree.Root, "src/Shouwang.Domain/Shouwang.Domain.csproj"));
        Assert.Empty(file.Descendants("PackageReference").Concat(file.Descendants("ProjectReference"))
            .Concat(file.Descendants("FrameworkReference")));
    }

    [Fact]
    public void An_arrow_that_is_not_on_the_map_is_found_wherever_it_hides()
    {
        var uses = Sample.UsesIn(
            """
            namespace Shouwang.Domain.Ledger { public class Account { public static Account Open() => new(); } public class Seen<T> { } }
            namespace Shouwang.Domain.Kernel { public class Id { } }
            namespace Shouwang.Domain.Areas { public class Fine { Shouwang.Domain.Kernel.Id _id = new(); } }
            namespace Shouwang.Domain.Rules
            {
                public class InField { Shouwang.Domain.Ledger.Account? _account; public override string ToString() => $"{_account}"; }
                public class InBody { public static object Body() { var made = Shouwang.Domain.Ledger.Account.Open(); return made; } }
                public class InLambda { public static System.Func<object> Later() => () => Shouwang.Domain.Ledger.Account.Open(); }
                public class InSignature { public static void Takes(System.Collections.Generic.List<Shouwang.Domain.Ledger.Account[]> _) { } }
                public class InBase : Shouwang.Domain.Ledger.Seen<int> { }
                public class InConstraint<T> where T : Shouwang.Domain.Ledger.Account { }
            }
            """);

        var guilty = ModuleMap.Trespasses(uses).Select(t => t.Split(' ')[0].Split('.')[^1].Split('`')[0]).Distinct().Order();

        Assert.Equal(["InBase", "InBody", "InConstraint", "InField", "InLambda", "InSignature"], guilty);
    }

    [Fact]
    public void A_domain_that_reads_a_file_waits_or_asks_the_network_is_found()
    {
        var uses = Sample.UsesIn(
            """
            namespace Shouwang.Domain.People;
            public class Pure { public static int Two() => System.Linq.Enumerable.Range(0, 2).Count(); }
            public class Reads { public static string Read() => System.IO.File.ReadAllText("x"); }
            public class Waits { public static System.Threading.Tasks.Task Wait() => System.Threading.Tasks.Task.CompletedTask; }
            public class Asks { public static object Ask() => new System.Net.Http.HttpClient(); }
            """);

        Assert.Equal(["Asks", "Reads", "Waits"], ModuleMap.Impurities(uses).Select(i => i.Split(' ')[0].Split('.')[^1]).Distinct().Order());
    }

    private static IReadOnlySet<TypeUse> UsesOf(string assembly)
    {
        using var file = new CompiledAssembly(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        var uses = file.Uses();
        Assert.Contains(uses, use => use.From == typeof(Entity).FullName || assembly != "Shouwang.Domain");
        return uses;
    }

    private static IReadOnlyList<string> ReferencesOf(string assembly)
    {
        using var file = new CompiledAssembly(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        return file.References();
    }
}
