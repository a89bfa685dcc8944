using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Shouwang.Tests.Tidy;

/// <summary>What the documents say about the code, and what the code owes the documents.</summary>
public sealed partial class TidyDocsTests
{
    private const int ProductionPackages = 25, ReadmeLines = 150, Decisions = 8;

    // Their work is done here by the language or by a few lines of our own.
    private static readonly string[] s_unwanted = ["MediatR", "AutoMapper", "FluentValidation", "FluentAssertions", "MassTransit"];

    [Fact]
    public void The_glossary_names_only_what_exists() =>
        Findings.None("No such type or member:", Glossary.Unknown(Glossary.Names(SourceTree.File("docs/glossary.md").Text)));

    [Fact]
    public void Every_aggregate_and_every_use_case_is_in_the_glossary() => Findings.None(
        "Missing in docs/glossary.md:", Glossary.Needed().Except(Glossary.Names(SourceTree.File("docs/glossary.md").Text)));

    [Fact]
    public void A_glossary_that_lies_or_forgets_is_found()
    {
        const string Table =
            "| 中文 | English | type | meaning |\n|---|---|---|---|\n| 人 | person | `Person`, `Person.Nowhere` | – |\n| 无 | none | `Nobody` | `x` |\n";

        Assert.Equal(["Person.Nowhere", "Nobody"], Glossary.Unknown(Glossary.Names(Table)));
        Assert.Contains("Place", Glossary.Needed().Except(Glossary.Names(Table)));
        Assert.NotEmpty(Glossary.UseCases());
    }

    [Fact]
    public void Chinese_sentences_have_Chinese_punctuation() => Findings.None("A Chinese sentence with a Latin mark:",
        SourceTree.Files.Where(f => f.Path.EndsWith(".zh-CN.resx", StringComparison.Ordinal))
            .SelectMany(f => LatinMarks().Matches(f.Text).Select(m => $"{f.Path}: {m.Value}")));

    [Fact]
    public void A_Latin_mark_beside_a_Chinese_word_is_found_and_a_time_is_not()
    {
        Assert.Equal(3, LatinMarks().Count("好,的 {at}:好 好(9"));
        Assert.Empty(LatinMarks().Matches("好，9:30、2026-3-16（好）e.g. a,b"));
    }

    [Fact]
    public void Every_package_has_a_reason_and_there_are_few()
    {
        var packages = ProductionPackageNames();
        var decisions = string.Concat(DecisionFiles().Select(f => f.Text));

        Findings.None("A package without a line in docs/decisions:",
            packages.Where(name => !decisions.Contains($"`{name}`", StringComparison.Ordinal)));
        Findings.None("Not here:", packages.Where(name => s_unwanted.Any(u => name.StartsWith(u, StringComparison.OrdinalIgnoreCase))));
        Assert.InRange(packages.Count, 1, ProductionPackages);
    }

    [Fact]
    public void Packages_of_the_client_have_a_reason_too()
    {
        if (SourceTree.Files.FirstOrDefault(f => f.Path == "client/package.json") is not { } file) return;
        var decisions = string.Concat(DecisionFiles().Select(f => f.Text));
        using var json = JsonDocument.Parse(file.Text);
        string[] kinds = ["dependencies", "devDependencies"];
        var names = kinds.Where(kind => json.RootElement.TryGetProperty(kind, out _))
            .SelectMany(kind => json.RootElement.GetProperty(kind).EnumerateObject().Select(p => p.Name));

        Findings.None("A package without a line in docs/decisions:",
            names.Where(name => !decisions.Contains($"`{name}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_project_keeps_a_lock_file() => Findings.None(
        "No packages.lock.json beside:",
        SourceTree.Files.Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(f => !File.Exists(Path.Combine(SourceTree.Root, Path.GetDirectoryName(f.Path)!, "packages.lock.json")))
            .Select(f => f.Path));

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void A_readme_is_read_in_one_sitting(string path)
    {
        var readme = SourceTree.File(path);
        Assert.InRange(readme.Lines.Length, 10, ReadmeLines);
        Assert.Contains("./run", readme.Text, StringComparison.Ordinal);
        Assert.Contains("./test", readme.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_decision_has_its_parts_and_fits_on_a_page()
    {
        string[] parts = ["Status:", "Date:", "## Context", "## Decision", "## Rationale", "## Consequences"];
        var found =
            from file in DecisionFiles()
            from part in parts
            where !file.Text.Contains(part, StringComparison.Ordinal) || file.Lines.Length > 90
            select $"{file.Path}: {part}";
        Findings.None("A decision lacks a part or is longer than 90 lines:", found);
        Assert.True(DecisionFiles().Count() >= Decisions);
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var found =
            from file in SourceTree.Files
            where file.Path.EndsWith(".md", StringComparison.Ordinal)
            from link in Links(file.Text)
            where !Path.Exists(Path.Combine(SourceTree.Root, Path.GetDirectoryName(file.Path)!, link))
            select $"{file.Path} → {link}";
        Findings.None("A link to nowhere:", found);
    }

    [Fact]
    public void Both_languages_have_the_same_words()
    {
        var found =
            from file in SourceTree.Files
            where file.Path.EndsWith(".zh-CN.resx", StringComparison.Ordinal) || file.Path.EndsWith(".en.resx", StringComparison.Ordinal)
            let other = file.Path.Contains(".zh-CN.", StringComparison.Ordinal) ? file.Path.Replace(".zh-CN.", ".en.")
                : file.Path.Replace(".en.", ".zh-CN.")
            from missing in Missing(Words(file.Text), SourceTree.Files.FirstOrDefault(f => f.Path == other)?.Text)
            select $"{other} lacks {missing}";
        Findings.None("Words in one language only:", found);
    }

    [Fact]
    public void A_word_in_one_language_only_is_found()
    {
        const string One = "<root><data name=\"a\"><value>甲</value></data><data name=\"b\"><value>乙</value></data></root>";
        const string Other = "<root><data name=\"a\"><value>A</value></data><data name=\"b\"><value> </value></data></root>";

        Assert.Equal(["b"], Missing(Words(One), Other));
        Assert.Empty(Missing(Words(Other), One));
        Assert.Equal(["a", "b"], Missing(Words(One), null));
    }

    private static IEnumerable<SourceFile> DecisionFiles() =>
        SourceTree.Files.Where(f => f.Path.StartsWith("docs/decisions/0", StringComparison.Ordinal));

    private static List<string> ProductionPackageNames()
    {
        var files = Directory.GetFiles(Path.Combine(SourceTree.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Append(Path.Combine(SourceTree.Root, "Directory.Build.props"));
        return [.. files.SelectMany(f => XDocument.Load(f).Descendants("PackageReference"))
            .Select(p => p.Attribute("Include")!.Value).Distinct().Order()];
    }

    private static IEnumerable<string> Links(string markdown) =>
        System.Text.RegularExpressions.Regex.Matches(markdown, @"\]\((?!https?:|#|mailto:)([^)#\s]+)").Select(m => m.Groups[1].Value);

    private static Dictionary<string, string> Words(string resx) =>
        XDocument.Parse(resx).Root!.Elements("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")?.Value.Trim() ?? "");

    private static IEnumerable<string> Missing(Dictionary<string, string> words, string? other)
    {
        var known = other is null ? [] : Words(other);
        return words.Where(w => w.Value.Length > 0 && known.GetValueOrDefault(w.Key, "").Length == 0).Select(w => w.Key);
    }

    [GeneratedRegex("(?<=[\u4e00-\u9fff])[,:;?!()]|[,:;?!()](?=[\u4e00-\u9fff])")]
    private static partial Regex LatinMarks();
}
