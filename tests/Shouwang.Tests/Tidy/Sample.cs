using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Shouwang.Tests.Tidy;

/// <summary>Bad code made up to see that the checks notice it.</summary>
internal static class Sample
{
    /// <summary>Compiles a piece of code and reads which types it uses.</summary>
    public static IReadOnlySet<TypeUse> UsesIn(string code)
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] needed = ["System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq", "System.Net.Http"];
        var compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText("using System.Linq;\n" + code)],
            needed.Select(name => MetadataReference.CreateFromFile(Path.Combine(folder, name + ".dll"))),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        var compiled = new MemoryStream();
        var result = compilation.Emit(compiled);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        compiled.Position = 0;
        using var assembly = new CompiledAssembly(compiled);
        return assembly.Uses();
    }

    /// <summary>A file that is only in the test's mind.</summary>
    public static SourceFile File(string path, string code) => new(path, code);
}
