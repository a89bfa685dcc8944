using System.Reflection;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Rules;

/// <summary>What reading rule files gave: the book, or every fault with its file and line. 规则文件</summary>
/// <param name="Book">The rules, bound; null when there is a fault.</param>
/// <param name="Files">How many files were read.</param>
public sealed record RuleReading(Rulebook? Book, IReadOnlyList<RuleFault> Faults, int Files);

/// <summary>Reads rule packages and their sources from YAML: those shipped with the program, or an area's own directory. 规则文件</summary>
public static class RuleFiles
{
    private const string Prefix = "rules/";
    private static readonly Lazy<RuleReading> s_shipped = new(() => Bind(ShippedTexts()));

    /// <summary>The rules shipped with the program.</summary>
    /// <exception cref="InvalidOperationException">A shipped package is faulty.</exception>
    public static Rulebook Shipped => Sound(s_shipped.Value);

    /// <summary>The shipped rules, read or refused.</summary>
    public static RuleReading ReadShipped() => s_shipped.Value;

    /// <summary>The rules of a deployment: its own directory where it has one, the shipped ones otherwise.</summary>
    /// <exception cref="InvalidOperationException">A package is faulty; the message says where.</exception>
    public static Rulebook Of(string directory) => Directory.Exists(directory) ? Sound(Read(directory)) : Shipped;

    /// <summary>The same, where an area works by another area's package.</summary>
    public static Rulebook Of(string directory, RuleAdoption? adopts) => adopts is null ? Of(directory) : adopts.In(Of(directory));

    /// <summary>Reads every *.yaml file below a directory. Where it holds no national package, the shipped national package and
    /// the shipped sources stand above it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    public static RuleReading Read(string directory)
    {
        var files = Directory.EnumerateFiles(directory, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return Read([.. files.Select(f => new RuleText(Path.GetRelativePath(directory, f).Replace('\\', '/'), File.ReadAllText(f)))]);
    }

    /// <summary>Reads packages given as text, as <see cref="Read(string)"/> does with files.</summary>
    public static RuleReading Read(IReadOnlyList<RuleText> texts)
    {
        var own = Parse(texts);
        if (own.Packages.Any(p => p.Area == AreaCode.Nation)) return Bind(texts);

        var above = ShippedTexts().Where(t => t.File is "national.yaml" or "sources.yaml");
        return Bind([.. above.Select(t => t with { File = "shipped/" + t.File }), .. texts]) with { Files = texts.Count };
    }

    /// <summary>The book of a reading that has one.</summary>
    /// <exception cref="InvalidOperationException">It has faults; the message lists them by file and line.</exception>
    public static Rulebook Sound(RuleReading reading) =>
        reading.Book ?? throw new InvalidOperationException("Rules refused: " + string.Join("; ", reading.Faults.Select(Line)));

    /// <summary>A fault on one line, as compilers print them: "file:line: code (name value, …)".</summary>
    public static string Line(RuleFault fault) =>
        $"{fault.File}:{fault.Line}: {fault.Refusal.Code} ({string.Join(", ", fault.Refusal.Facts.Select(f => $"{f.Key} {f.Value}"))})";

    private static RuleReading Bind(IReadOnlyList<RuleText> texts)
    {
        var (packages, sources, faults) = Parse(texts);
        if (faults.Count > 0) return new(null, faults, texts.Count);

        var (book, unbound) = Rulebook.Bind(packages, sources);
        return new(book, unbound, texts.Count);
    }

    private static (List<RulePackage> Packages, List<RuleSource> Sources, List<RuleFault> Faults) Parse(IEnumerable<RuleText> texts)
    {
        var (packages, sources, faults) = (new List<RulePackage>(), new List<RuleSource>(), new List<RuleFault>());
        foreach (var text in texts)
        {
            var reader = new RuleFileReader(text);
            if (reader.Package is { } package) packages.Add(package);
            foreach (var source in reader.Sources)
            {
                if (sources.Exists(s => s.Id == source.Id)) faults.Add(new(text.File, 1, RuleRefusals.GivenTwice.With("id", source.Id)));
                else sources.Add(source);
            }

            faults.AddRange(reader.Faults);
        }

        return (packages, sources, faults);
    }

    private static RuleText[] ShippedTexts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n => new RuleText(n[Prefix.Length..], TextOf(assembly, n))),
        ];
    }

    private static string TextOf(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>One rule file as text. 规则文本</summary>
/// <param name="File">Its name in messages.</param>
public sealed record RuleText(string File, string Text);
