using System.Reflection;
using System.Text.RegularExpressions;
using Shouwang.Domain.Kernel;

namespace Shouwang.Tests.Tidy;

/// <summary>docs/glossary.md against the compiled code.</summary>
internal static partial class Glossary
{
    private static readonly string[] s_assemblies = ["Shouwang.Domain", "Shouwang.Planning", "Shouwang.Application", "Shouwang.Web"];

    private static readonly Lazy<ILookup<string, Type>> s_types = new(() =>
        s_assemblies.SelectMany(name => Assembly.Load(name).GetTypes()).Where(t => !t.Name.StartsWith('<'))
            .ToLookup(t => t.Name.Split('`')[0]));

    /// <summary>The names of code in the third column.</summary>
    public static IReadOnlyList<string> Names(string markdown) =>
        [.. markdown.Split('\n')
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Split('|'))
            .Where(cells => cells.Length > 4)
            .SelectMany(cells => Code().Matches(cells[3]).Select(m => m.Groups[1].Value))];

    /// <summary>Names that no type and no member bears.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> names) => names.Where(name => !Exists(name));

    /// <summary>What everybody must be able to look up: the aggregates and what people can do.</summary>
    public static IEnumerable<string> Needed() => Aggregates().Concat(UseCases()).Select(type => type.Name);

    /// <summary>Public types of the domain that have an identity of their own.</summary>
    public static IEnumerable<Type> Aggregates() =>
        Assembly.Load("Shouwang.Domain").GetTypes()
            .Where(type => type is { IsPublic: true, IsAbstract: false } && type.IsSubclassOf(typeof(Entity)));

    /// <summary>Types named by a verb, with one Run; reactions to an event ("On…") are not something a person does.</summary>
    public static IEnumerable<Type> UseCases() =>
        from type in Assembly.Load("Shouwang.Application").GetTypes()
        where type is { IsPublic: true, IsSealed: true, IsAbstract: false } && type.Namespace != "Shouwang.Application.Common"
        where type.GetMethod("Run") is not null && !type.Name.StartsWith("On", StringComparison.Ordinal)
        select type;

    private static bool Exists(string name)
    {
        var parts = name.Split('.');
        return s_types.Value[parts[0]].Any(type => parts.Length == 1 || type.GetMember(parts[1]).Length > 0);
    }

    [GeneratedRegex("`([A-Za-z][A-Za-z0-9]*(?:\\.[A-Za-z0-9]+)?)`")]
    private static partial Regex Code();
}
