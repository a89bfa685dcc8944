using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Shouwang.Tests.Tidy;

/// <summary>One file of the repository.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private SyntaxNode? _syntax;

    public string[] Lines { get; } = Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>The parsed C#.</summary>
    public SyntaxNode Syntax => _syntax ??= CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsProduction => Path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>The project's folder name after "src/" or "tests/".</summary>
    public string Project => Path.Split('/')[1];

    /// <summary>Where something stands, for a message.</summary>
    public string At(SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}

/// <summary>The repository as it lies on the disk, without what is built or fetched.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    private static readonly string[] s_built =
        ["bin", "obj", "node_modules", "wwwroot", ".git", ".build", ".vs", "data", "artifacts", "TestResults", "Migrations"];

    private static readonly string[] s_text =
    [
        ".cs", ".razor", ".ts", ".mjs", ".scss", ".css", ".md", ".json", ".yaml", ".yml", ".xml", ".props", ".csproj", ".slnx", ".resx",
        ".txt",
        ".csv", "",
    ];

    private static readonly Lazy<IReadOnlyList<SourceFile>> s_files =
        new(() => [.. Walk(Root).OrderBy(f => f.Path, StringComparer.Ordinal)]);

    /// <summary>Every text file, in the order of their paths.</summary>
    public static IReadOnlyList<SourceFile> Files => s_files.Value;

    /// <summary>C# of the product and of the tests.</summary>
    public static IEnumerable<SourceFile> CSharp =>
        Files.Where(f => f.IsCSharp && (f.IsProduction || f.Path.StartsWith("tests/", StringComparison.Ordinal)));

    public static SourceFile File(string path) => Files.Single(f => f.Path == path);

    private static IEnumerable<SourceFile> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (!s_text.Contains(Path.GetExtension(file))) continue;
            yield return new(Path.GetRelativePath(Root, file).Replace('\\', '/'), System.IO.File.ReadAllText(file));
        }

        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            if (s_built.Contains(Path.GetFileName(inner))) continue;
            foreach (var file in Walk(inner)) yield return file;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Shouwang.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie inside the repository.");
    }
}
