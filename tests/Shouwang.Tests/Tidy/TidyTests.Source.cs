using Xunit;

namespace Shouwang.Tests.Tidy;

/// <summary>The size and the words of the source. Each check is also shown a bad sample, so that it cannot go blind.</summary>
public sealed class TidySourceTests
{
    // Where the clock, the dice and the wall time of the machine come in.
    private static readonly string[] s_compositionRoot =
    [
        "src/Shouwang.Cli/", "src/Shouwang.Domain/Kernel/Id.cs", "src/Shouwang.Application/Common/Crypto/KeyFile.cs",
    ];

    // Statements in SQL, because the database's own words are needed there.
    private static readonly string[] s_sqlFiles =
        ["src/Shouwang.Application/Common/AppendOnly.cs", "src/Shouwang.Application/Common/Books."];

    // Reads past the filters: the dispatcher serves all areas, sign-in comes before anybody is signed in.
    // A name beside a record that is seen goes beyond the reach, never beyond the area; so does asking whether a volunteer was elsewhere.
    // A record's history shows what was corrected. A person's own file leaves nothing out. To which point an elder belongs, and who leads
    // it, decides where a matter goes, whoever writes it down.
    private static readonly string[] s_unfiltered =
    [
        "src/Shouwang.Application/Care/Bereavements.cs",
        "src/Shouwang.Application/Care/CallBook.cs",
        "src/Shouwang.Application/Care/IncidentSheet.cs",
        "src/Shouwang.Application/Care/StatementBook.cs",
        "src/Shouwang.Application/Care/VisitSheet.cs",
        "src/Shouwang.Application/Care/WarningsHeard.cs",
        "src/Shouwang.Application/Common/Dispatcher.cs",
        "src/Shouwang.Application/People/KnownNames.cs",
        "src/Shouwang.Application/People/PersonTraces.cs",
        "src/Shouwang.Application/People/Successor.cs",
        "src/Shouwang.Application/Places/PointBook.cs",
        "src/Shouwang.Application/SignIn/ChangePassword.cs",
        "src/Shouwang.Application/SignIn/CreateAccount.cs",
        "src/Shouwang.Application/SignIn/EnrolFactor.cs",
        "src/Shouwang.Application/SignIn/StartSession.cs",
        "src/Shouwang.Application/TimeBank/HoursReceivers.cs",
        "src/Shouwang.Application/TimeBank/CreditReturn.cs",
        "src/Shouwang.Application/TimeBank/ListHolds.cs",
    ];

    // Loops that must outlive whatever one round of them does.
    private static readonly string[] s_catchAll =
        ["src/Shouwang.Application/Common/Dispatcher.cs", "src/Shouwang.Application/Common/Writer.Sqlite.cs"];

    // Gateways have one implementation here and another in the tests; sets of things that grow may begin with one.
    private static readonly string[] s_gateways = ["IDomainEvent"];

    // They write down one happening as it was, in one sentence with many words.
    private static readonly string[] s_manyWords = ["Visit.cs Record", "VisitCredit.cs Of"];

    private static IEnumerable<SourceFile> Code => SourceTree.Files.Where(f =>
        Path.GetExtension(f.Path) is ".cs" or ".razor" or ".ts" or ".mjs" or ".scss" && f.Path.Split('/')[0] is "src" or "tests"
            or "client");

    [Fact]
    public void Files_are_short() => Findings.None("A file does one thing:", Code.SelectMany(SourceShape.LongFiles));

    // Markup and styles are read by their structure, not by their lines.
    [Fact]
    public void Lines_fit_on_a_screen() =>
        Findings.None("Lines:", Code.Where(f => Path.GetExtension(f.Path) is ".cs" or ".ts" or ".mjs").SelectMany(SourceShape.LongLines));

    [Fact]
    public void Methods_are_short() => Findings.None("A method fits on a screen:", SourceTree.CSharp.SelectMany(SourceShape.LongMethods));

    [Fact]
    public void Methods_take_few_parameters() => Findings.None(
        "Parameters:",
        Production.SelectMany(SourceShape.ManyParameters)
            .Where(found => !s_manyWords.Any(w => found.Contains($"/{w.Split(' ')[0]}:", StringComparison.Ordinal)
                && found.Contains($" {w.Split(' ')[1]} ", StringComparison.Ordinal))));

    [Fact]
    public void Methods_are_not_nested_deep() => Findings.None("Nesting:", Production.SelectMany(SourceShape.DeepNesting));

    [Fact]
    public void Names_come_from_the_field() => Findings.None("Names:", SourceTree.CSharp.SelectMany(SourceWords.BannedNames));

    [Fact]
    public void Time_ids_and_chance_come_from_outside() => Findings.None(
        "Take a TimeProvider, an id or a seed:",
        Production.Where(f => !Listed(f, s_compositionRoot)).SelectMany(SourceWords.HiddenInputs));

    [Fact]
    public void Everything_is_caught_only_where_it_must_be() =>
        Findings.None("Catch what you expect:", Production.Where(f => !Listed(f, s_catchAll)).SelectMany(SourceWords.SwallowingCatches));

    [Fact]
    public void Sql_is_written_only_where_it_must_be() => Findings.None(
        "SQL:", Production.Where(f => !Listed(f, s_sqlFiles)).SelectMany(f => SourceWords.Calls(f, "FromSql", "ExecuteSql", "SqlQuery")));

    [Fact]
    public void Filters_are_lifted_only_where_they_must_be() =>
        Findings.None("Filters:",
            Production.Where(f => !Listed(f, s_unfiltered)).SelectMany(f => SourceWords.Calls(f, "IgnoreQueryFilters")));

    [Fact]
    public void Every_interface_has_two_sides() =>
        Findings.None("An interface with one implementation:", SourceWords.LonelyInterfaces([.. Production], s_gateways));

    [Fact]
    public void Nothing_is_left_for_later_without_a_number() =>
        Findings.None("Give it an issue number (#12):", Code.Where(f => !IsTidy(f)).SelectMany(SourceWords.LooseEnds));

    [Fact]
    public void There_are_no_regions_and_no_dead_code()
    {
        Findings.None("Regions:", SourceTree.CSharp.SelectMany(SourceWords.Regions));
        Findings.None("Code in comments:", SourceTree.CSharp.SelectMany(SourceWords.DeadCode));
    }

    [Fact]
    public void No_file_names_a_registry_or_a_machine() =>
        Findings.None("Addresses:", SourceTree.Files.Where(f => !IsTidy(f)).SelectMany(SourceWords.Addresses));

    [Theory]
    [InlineData("long file", 301)]
    [InlineData("long line", 1)]
    [InlineData("long method", 50)]
    public void What_is_too_long_is_found(string what, int lines)
    {
        var filler = string.Concat(Enumerable.Repeat("        Console.WriteLine();\n", lines));
        var line = what == "long line" ? "        var a = " + new string('x', 141) + ";" : "";
        var file = Sample.File("src/Shouwang.Web/A.cs", $"class A\n{{\n    void Run()\n    {{\n{filler}{line}    }}\n}}\n");

        Assert.Equal(what == "long file", SourceShape.LongFiles(file).Any());
        Assert.Equal(what == "long line", SourceShape.LongLines(file).Any());
        Assert.Equal(what != "long line", SourceShape.LongMethods(file).Any());
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("\"", 0)]
    [InlineData("// ", 1)]
    public void Only_a_literal_may_go_beyond_the_edge(string quote, int found)
    {
        var text = string.Concat(Enumerable.Repeat("word", 40));
        var end = quote == "// " ? "\n" : quote;
        var file = Sample.File("src/Shouwang.Web/A.cs", $"class A\n{{\n    object A = {quote}{text}{end};\n}}\n");

        Assert.Equal(found, SourceShape.LongLines(file).Count());
    }

    [Theory]
    [InlineData("class A { void Run(int a, int b, int c, int d, int e, int f) { } }", "parameters")]
    [InlineData("class A { void Run() { if (a) { foreach (var b in c) { while (d) { if (e) { } } } } } }", "nested")]
    [InlineData("class A { void Run() { if (a) { } else if (b) { } else if (c) { } else if (d) { } else if (e) { } } }", "")]
    [InlineData("class A { A(int a, int b, int c, int d, int e, int f) { } }", "")]
    public void What_is_too_wide_or_too_deep_is_found(string code, string expected)
    {
        var file = Sample.File("src/Shouwang.Web/A.cs", code);
        var found = SourceShape.ManyParameters(file).Concat(SourceShape.DeepNesting(file)).ToList();

        Assert.Equal(expected.Length > 0, found.Count > 0);
        Assert.All(found, finding => Assert.Contains(expected, finding, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("class MealService { }")]
    [InlineData("record PersonDto(int A);")]
    [InlineData("class UserList { }")]
    [InlineData("class A { object Now() => DateTime.UtcNow; }")]
    [InlineData("class A { object Id() => Guid.NewGuid(); }")]
    [InlineData("class A { object Dice() => new Random(); }")]
    [InlineData("class A { void Run() { try { } catch { } } }")]
    [InlineData("class A { void Run() { try { } catch (Exception) { } } }")]
    [InlineData("class A { void Run() { try { } catch (Exception e) { Log(e); } } }")]
    [InlineData("class A { object All(Db db) => db.People.IgnoreQueryFilters([\"area\"]); }")]
    [InlineData("class A { object All(Db db) => db.People.FromSqlRaw(\"select 1\"); }")]
    [InlineData("interface IThing { } class Thing : IThing { }")]
    [InlineData("class A { } // TODO: later")]
    [InlineData("class A { } // var x = Count(1);")]
    [InlineData("class A { } // if (x > 2) {")]
    [InlineData("class A {\n#region Old\n#endregion\n}")]
    [InlineData("class A { string Source = \"https://registry.example/npm/x\"; }")]
    public void A_bad_word_is_found(string code) => Assert.NotEmpty(EverythingWrongWith(code));

    [Theory]
    [InlineData("class PointManager { }")]
    [InlineData("class A { object Dice(int seed) => new Random(seed); }")]
    [InlineData("class A { void Run() { try { } catch (IOException) { } } }")]
    [InlineData("class A { void Run() { try { } catch (Exception e) when (Expected(e)) { } } }")]
    [InlineData("interface IThing { } class Thing : IThing { } class Other : IThing { }")]
    [InlineData("class A { } // TODO(#12): later")]
    [InlineData("class A { } // From here on the transaction succeeds.")]
    [InlineData("class A { } // Slots are kept; see Release(); nothing moves.")]
    public void A_good_word_is_let_through(string code) => Assert.Empty(EverythingWrongWith(code));

    private static IEnumerable<SourceFile> Production => SourceTree.CSharp.Where(f => f.IsProduction);

    /// <summary>The checks name what they look for.</summary>
    private static bool IsTidy(SourceFile file) => file.Path.Contains("/Tidy/", StringComparison.Ordinal);

    private static bool Listed(SourceFile file, string[] paths) => paths.Any(path => file.Path.StartsWith(path, StringComparison.Ordinal));

    private static List<string> EverythingWrongWith(string code)
    {
        var file = Sample.File("src/Shouwang.Web/A.cs", code);
        return
        [
            .. SourceWords.BannedNames(file), .. SourceWords.HiddenInputs(file), .. SourceWords.SwallowingCatches(file),
            .. SourceWords.Calls(file, "IgnoreQueryFilters", "FromSql"), .. SourceWords.LonelyInterfaces([file], []),
            .. SourceWords.LooseEnds(file), .. SourceWords.DeadCode(file), .. SourceWords.Regions(file), .. SourceWords.Addresses(file),
        ];
    }
}
