using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Shouwang.Tests.Tidy;

/// <summary>The limits of size and shape, each as a function from a file to what is wrong with it.</summary>
internal static partial class SourceShape
{
    private const int FileLines = 300, TestFileLines = 500, MethodLines = 40, LineLength = 140, Parameters = 5, Nesting = 3,
        SolverNesting = 4;

    public static IEnumerable<string> LongFiles(SourceFile file)
    {
        var limit = file.IsProduction ? FileLines : TestFileLines;
        return file.Lines.Length > limit ? [$"{file.Path} has {file.Lines.Length} lines, at most {limit}"] : [];
    }

    /// <summary>A literal may be longer: breaking it would change what it says.</summary>
    public static IEnumerable<string> LongLines(SourceFile file)
    {
        for (var i = 0; i < file.Lines.Length; i++)
        {
            if (file.Lines[i].Length <= LineLength || (file.IsCSharp && IsLiteral(file, i))) continue;
            yield return $"{file.Path}:{i + 1} has {file.Lines[i].Length} characters, at most {LineLength}";
        }
    }

    private static bool IsLiteral(SourceFile file, int line)
    {
        var text = file.Syntax.SyntaxTree.GetText();
        var node = file.Syntax.FindToken(text.Lines[line].Start + LineLength - 1).Parent;
        return node is LiteralExpressionSyntax or InterpolatedStringTextSyntax
            || node?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>() is not null;
    }

    /// <summary>Counts from the signature to the closing brace; a solver's kernel may be longer when its file says why.</summary>
    public static IEnumerable<string> LongMethods(SourceFile file) =>
        SaysWhyLong(file)
            ? []
            : from method in Methods(file)
              let lines = method.GetLocation().GetLineSpan().EndLinePosition.Line - Start(method) + 1
              where lines > MethodLines
              select $"{file.At(method)} {NameOf(method)} has {lines} lines, at most {MethodLines}";

    /// <summary>Constructors and records are exempt: they list what a thing is made of. So are the routes of an API, whose parameters
    /// the framework fills: what is asked, the use case, who asks, the words.</summary>
    public static IEnumerable<string> ManyParameters(SourceFile file) =>
        SaysWhyLong(file) || (file.Project is "Shouwang.Web" && file.Path.EndsWith("Api.cs", StringComparison.Ordinal))
            ? []
            : from method in Methods(file)
              where method is not ConstructorDeclarationSyntax
              let count = (method as BaseMethodDeclarationSyntax)?.ParameterList.Parameters.Count
                  ?? (method as LocalFunctionStatementSyntax)?.ParameterList.Parameters.Count ?? 0
              where count > Parameters
              select $"{file.At(method)} {NameOf(method)} has {count} parameters, at most {Parameters}";

    public static IEnumerable<string> DeepNesting(SourceFile file) =>
        SaysWhyLong(file)
            ? []
            : from method in Methods(file)
              let body = Body(method)
              where body is not null
              let deepest = body.DescendantNodes().Where(IsLevel).Select(node => Depth(node, body)).DefaultIfEmpty().Max()
              let limit = file.Project == "Shouwang.Planning" ? SolverNesting : Nesting
              where deepest > limit
              select $"{file.At(method)} {NameOf(method)} is nested {deepest} deep, at most {limit}";

    /// <summary>"// Longer than 40 lines because …" in a file of the planning engines, for the whole file.</summary>
    private static bool SaysWhyLong(SourceFile file) =>
        file.Project is "Shouwang.Planning" && file.Lines.Any(line => WhyLong().IsMatch(line));

    private static IEnumerable<SyntaxNode> Methods(SourceFile file) =>
        file.Syntax.DescendantNodes()
            .Where(n => n is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax);

    private static SyntaxNode? Body(SyntaxNode method) => method switch
    {
        BaseMethodDeclarationSyntax m => (SyntaxNode?)m.Body ?? m.ExpressionBody,
        AccessorDeclarationSyntax a => (SyntaxNode?)a.Body ?? a.ExpressionBody,
        LocalFunctionStatementSyntax f => (SyntaxNode?)f.Body ?? f.ExpressionBody,
        _ => null,
    };

    private static int Start(SyntaxNode method)
    {
        var first = method.ChildNodesAndTokens().First(child => !child.IsKind(SyntaxKind.AttributeList));
        return first.GetLocation()!.GetLineSpan().StartLinePosition.Line;
    }

    private static string NameOf(SyntaxNode method) => method switch
    {
        MethodDeclarationSyntax m => m.Identifier.Text,
        LocalFunctionStatementSyntax f => f.Identifier.Text,
        ConstructorDeclarationSyntax c => c.Identifier.Text,
        _ => method.Kind().ToString(),
    };

    private static bool IsLevel(SyntaxNode node) => node switch
    {
        IfStatementSyntax => node.Parent is not ElseClauseSyntax,
        ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax => true,
        SwitchStatementSyntax or TryStatementSyntax or LockStatementSyntax => true,
        UsingStatementSyntax => true,
        _ => false,
    };

    /// <summary>Levels between a node and its method; a local function or a lambda starts anew.</summary>
    private static int Depth(SyntaxNode node, SyntaxNode body)
    {
        var depth = 0;
        for (var at = node; at is not null && at != body; at = at.Parent)
        {
            if (at is LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) break;
            if (IsLevel(at)) depth++;
        }

        return depth;
    }

    [GeneratedRegex(@"//.*\b[Ll]onger than 40 lines because\b")]
    private static partial Regex WhyLong();
}
