using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Shouwang.Tests.Tidy;

/// <summary>What the source may not say, each as a function from a file to what is wrong with it.</summary>
internal static partial class SourceWords
{
    private static readonly string[] s_suffixes =
        ["Service", "Services", "Manager", "Helper", "Helpers", "Util", "Utils", "Handler", "Impl", "Dto", "Base",
        "Data", "Info"];

    // Words that hide what is meant; say person, actor, helper, reading, roster …
    private static readonly string[] s_vague = ["User", "Customer", "Patient", "Manage", "Process"];

    private static readonly string[] s_dead =
        ["DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow",
        "Guid.NewGuid", "Guid.CreateVersion7", "Random.Shared", "TimeProvider.System"];

    // Posts of the field that happen to end like a pattern.
    private static readonly string[] s_posts = ["PointManager"];

    public static IEnumerable<string> BannedNames(SourceFile file) =>
        from type in Types(file)
        let name = type.Identifier.Text
        where !s_posts.Contains(name)
        let bad = s_suffixes.FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.Ordinal))
            ?? s_vague.FirstOrDefault(word => Words(name).Contains(word) && !IsFhir(file, word))
        where bad is not null
        select $"{file.At(type)} {name}: \"{bad}\" says nothing about the field";

    /// <summary>Calls that read a clock or throw dice that no test can set.</summary>
    public static IEnumerable<string> HiddenInputs(SourceFile file) =>
        file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(access => s_dead.Contains(access.ToString()))
            .Select(access => $"{file.At(access)} {access}")
            .Concat(file.Syntax.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
                .Where(made => made.Type.ToString() == "Random" && made.ArgumentList?.Arguments.Count == 0)
                .Select(made => $"{file.At(made)} {made}"));

    /// <summary>A catch of everything, without a filter.</summary>
    public static IEnumerable<string> SwallowingCatches(SourceFile file) =>
        from caught in file.Syntax.DescendantNodes().OfType<CatchClauseSyntax>()
        where caught.Filter is null && caught.Declaration?.Type.ToString() is null or "Exception" or "System.Exception"
        where caught.Filter is null
        select file.At(caught);

    /// <summary>Uses of a member by name, whoever it is called on.</summary>
    public static IEnumerable<string> Calls(SourceFile file, params string[] names) =>
        from name in file.Syntax.DescendantNodes().OfType<SimpleNameSyntax>()
        where names.Any(n => name.Identifier.Text.StartsWith(n, StringComparison.Ordinal))
        select $"{file.At(name)} {name.Identifier.Text}";

    public static IEnumerable<string> LooseEnds(SourceFile file) =>
        from line in file.Lines.Select((text, i) => (text, number: i + 1))
        where LooseEnd().IsMatch(line.text) && !Numbered().IsMatch(line.text)
        select $"{file.Path}:{line.number} {line.text.Trim()}";

    public static IEnumerable<string> Regions(SourceFile file) =>
        file.Syntax.DescendantTrivia(descendIntoTrivia: true).Where(t => t.IsKind(SyntaxKind.RegionDirectiveTrivia))
            .Select(t => $"{file.Path} {t}");

    /// <summary>Comments that look like code: they end like a statement or begin like a declaration and parse as one.</summary>
    public static IEnumerable<string> DeadCode(SourceFile file) =>
        from comment in file.Syntax.DescendantTrivia()
        where comment.IsKind(SyntaxKind.SingleLineCommentTrivia)
        let text = comment.ToString().TrimStart('/').Trim()
        where CodeLike().IsMatch(text)
        select $"{file.Path}:{comment.GetLocation().GetLineSpan().StartLinePosition.Line + 1} {text}";

    /// <summary>Interfaces of the product with fewer than two implementations in it.</summary>
    public static IEnumerable<string> LonelyInterfaces(IReadOnlyList<SourceFile> files, IReadOnlyCollection<string> gateways)
    {
        var bases = files.SelectMany(Types)
            .SelectMany(type => type.BaseList?.Types.Select(b => b.Type) ?? [])
            .SelectMany(type => type.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Take(1))
            .Select(name => name.Identifier.Text)
            .CountBy(name => name)
            .ToDictionary();
        return from file in files
               from declared in file.Syntax.DescendantNodes().OfType<InterfaceDeclarationSyntax>()
               let name = declared.Identifier.Text
               where bases.GetValueOrDefault(name) < 2 && !gateways.Contains(name)
               select $"{file.At(declared)} {name} has {bases.GetValueOrDefault(name)} implementation";
    }

    /// <summary>Addresses of package registries, and paths of one person's machine.</summary>
    public static IEnumerable<string> Addresses(SourceFile file) =>
        from line in file.Lines.Select((text, i) => (text, number: i + 1))
        where RegistryAddress().IsMatch(line.text) || MachinePath().IsMatch(line.text)
        select $"{file.Path}:{line.number} {line.text.Trim()}";

    private static IEnumerable<BaseTypeDeclarationSyntax> Types(SourceFile file) =>
        file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>();

    /// <summary>The health exchange speaks of patients because its standard does.</summary>
    private static bool IsFhir(SourceFile file, string word) => word == "Patient" && file.Path.Contains("/Fhir/", StringComparison.Ordinal);

    private static IEnumerable<string> Words(string name) => Word().Matches(name).Select(m => m.Value);

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b")]
    private static partial Regex LooseEnd();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b\s*\(?#\d+")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^(?!.*[.!?:] ).*(;|\)\s*\{|^\}|=> .*[,;])$|^(public|private|internal|protected|return|await|var|using)\s[^.]*[;({]$")]
    private static partial Regex CodeLike();

    [GeneratedRegex(@"https?://[^\s""'<>]*(nuget|npmjs|npm\.|registry|artifactory|/proxy/|pypi)", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryAddress();

    [GeneratedRegex(@"(?<![\w.])/(work|tmp/wt|home/[a-z]+)/")]
    private static partial Regex MachinePath();
}
