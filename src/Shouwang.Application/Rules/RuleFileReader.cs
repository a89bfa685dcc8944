using System.Globalization;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Shouwang.Application.Rules;

/// <summary>Reads one YAML file, a rule package or a list of sources; whatever it cannot read becomes a fault with its line. 规则文件</summary>
internal sealed class RuleFileReader
{
    private static readonly string[] s_packageWords = ["package", "version", "area", "title", "valid-from", "parameters"];
    private static readonly string[] s_parameterWords = ["value", "unit", "valid-from", "valid-to", "bounds", "mark", "source"];
    private static readonly string[] s_boundWords = ["min", "max", "allow", "new-rows"];
    private static readonly string[] s_sourceWords = ["title", "issuer", "dated", "address"];

    private readonly List<RuleFault> _faults = [];
    private readonly List<RuleSource> _sources = [];
    private readonly string _file;

    public RuleFileReader(RuleText text)
    {
        _file = text.File;
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text.Text));
            Root(yaml);
        }
        catch (YamlException e)
        {
            No(e.Start, RuleRefusals.NotYaml.With("reason", e.Message));
        }
    }

    public RulePackage? Package { get; private set; }

    public IReadOnlyList<RuleSource> Sources => _sources;

    public IReadOnlyList<RuleFault> Faults => _faults;

    private void Root(YamlStream yaml)
    {
        if (yaml.Documents.Count != 1 || yaml.Documents[0].RootNode is not YamlMappingNode root)
        {
            No(Mark.Empty, RuleRefusals.NotYaml.With("reason", "one mapping expected"));
            return;
        }

        if (Child(root, "sources") is YamlMappingNode sources) SourceList(sources);
        else PackageOf(root);
    }

    private void SourceList(YamlMappingNode sources)
    {
        foreach (var (key, node) in sources.Children)
        {
            if (Mapping(node, Text(key), s_sourceWords) is not { } map) continue;
            _sources.Add(new(Text(key), Need(map, "title"), Need(map, "issuer"), Need(map, "dated"), Need(map, "address")));
        }
    }

    private void PackageOf(YamlMappingNode root)
    {
        Known(root, "package", s_packageWords);
        var (id, title) = (Need(root, "package"), Need(root, "title"));
        var version = (int)(WholeNumber(root, "version") ?? 0);
        var from = Day(root, "valid-from");
        if (!AreaCode.From(Need(root, "area"), "area").IsOk(out var area, out var refusal)) No(Child(root, "area") ?? root, refusal);
        if (version < 1) No(Child(root, "version") ?? root, RuleRefusals.BadValue.With("word", "version"));

        var parameters = new List<Parameter>();
        if (Child(root, "parameters") is YamlMappingNode list)
        {
            foreach (var (key, node) in list.Children) parameters.AddRange(Dated(Text(key), key, node, from));
        }
        else
        {
            No(root, RuleRefusals.Missing.With("word", "parameters"));
        }

        if (_faults.Count == 0) Package = new(id, version, area, title, _file, parameters);
    }

    /// <summary>One parameter: a mapping, or a list of mappings with a period each.</summary>
    private IEnumerable<Parameter> Dated(string id, YamlNode key, YamlNode node, DateOnly? from)
    {
        var entries = node is YamlSequenceNode list ? list.Children : [node];
        foreach (var entry in entries)
        {
            var line = (int)(node is YamlSequenceNode ? entry.Start.Line : key.Start.Line);
            if (Mapping(entry, id, s_parameterWords) is { } map && One(id, map, from, line) is { } parameter) yield return parameter;
        }
    }

    private Parameter? One(string id, YamlMappingNode map, DateOnly? packageFrom, int line)
    {
        var before = _faults.Count;
        var unit = Word<RuleUnit>(map, "unit");
        var mark = Word<RuleMark>(map, "mark");
        var source = Need(map, "source");
        var value = Child(map, "value") is { } node ? Value(node, unit, id) : Missing(map, "value");
        var bounds = Child(map, "bounds") is { } limits ? BoundsOf(limits, unit, id) : null;
        var from = Child(map, "valid-from") is null ? packageFrom : Day(map, "valid-from");
        var to = Child(map, "valid-to") is null ? null : Day(map, "valid-to");
        if (from is { } first && to is { } end && end <= first) No(map, RuleRefusals.BadPeriod.With("id", id));

        return _faults.Count > before || value is null || from is not { } start
            ? null
            : new(id, value, unit!.Value, new(start, to), mark!.Value, source, bounds, line);
    }

    private RuleValue? Value(YamlNode node, RuleUnit? unit, string id)
    {
        RuleValue? value = (unit, node) switch
        {
            (RuleUnit.YesNo, YamlScalarNode { Value: "true" or "false" } flag) => new RuleValue.Flag(flag.Value == "true"),
            (RuleUnit.Choice, YamlScalarNode { Value.Length: > 0 } word) => new RuleValue.Choice(word.Value),
            (RuleUnit.YesNo or RuleUnit.Choice, _) => null,
            (_, YamlScalarNode number) when Whole(number) is { } amount => new RuleValue.Number(amount),
            (_, YamlMappingNode { Children.Count: > 0 } table) => TableOf(table),
            _ => null,
        };
        if (value is null && unit is not null) No(node, RuleRefusals.BadValue.With("id", id).With("value", node.ToString()));
        return value;
    }

    private static RuleValue.Table? TableOf(YamlMappingNode table)
    {
        var rows = table.Children.Select(r => (Key: Text(r.Key), Amount: Whole(r.Value))).ToArray();
        return rows.All(r => r.Amount is not null)
            ? new(new RuleTable([.. rows.Select(r => KeyValuePair.Create(r.Key, r.Amount!.Value))]))
            : null;
    }

    private Bounds? BoundsOf(YamlNode node, RuleUnit? unit, string id)
    {
        if (Mapping(node, id, s_boundWords) is not { } map) return null;

        var words = unit is RuleUnit.YesNo or RuleUnit.Choice;
        var allow = (Child(map, "allow") as YamlSequenceNode)?.Children.Select(Text).ToArray();
        var (min, max) = (WholeNumber(map, "min"), WholeNumber(map, "max"));
        if (words ? allow is not { Length: > 0 } : allow is not null || (min is null && max is null) || min > max)
        {
            No(node, RuleRefusals.BadValue.With("id", id).With("value", "bounds"));
        }

        return new(min, max, allow, Child(map, "new-rows") is YamlScalarNode { Value: "true" });
    }

    private YamlMappingNode? Mapping(YamlNode node, string id, string[] known)
    {
        if (node is YamlMappingNode map)
        {
            Known(map, id, known);
            return map;
        }

        No(node, RuleRefusals.BadValue.With("id", id).With("value", node.ToString()));
        return null;
    }

    private void Known(YamlMappingNode map, string id, string[] known)
    {
        foreach (var key in map.Children.Keys.Where(k => !known.Contains(Text(k))))
        {
            No(key, RuleRefusals.UnknownWord.With("id", id).With("word", Text(key)));
        }
    }

    private string Need(YamlMappingNode map, string word)
    {
        if (Child(map, word) is YamlScalarNode { Value: { } text } && (text.Length > 0 || word is "address" or "dated")) return text;
        No(map, RuleRefusals.Missing.With("word", word));
        return "";
    }

    private TEnum? Word<TEnum>(YamlMappingNode map, string word) where TEnum : struct, Enum
    {
        var text = Need(map, word);
        if (text.Length == 0) return null;
        var member = RuleWords.Member<TEnum>(text);
        if (member is null) No(Child(map, word)!, RuleRefusals.UnknownWord.With("word", text));
        return member;
    }

    private DateOnly? Day(YamlMappingNode map, string word)
    {
        var text = Need(map, word);
        if (text.Length == 0) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        No(Child(map, word)!, RuleRefusals.BadPeriod.With("word", word).With("value", text));
        return null;
    }

    private long? WholeNumber(YamlMappingNode map, string word)
    {
        if (Child(map, word) is not { } node) return null;
        if (Whole(node) is { } amount) return amount;
        No(node, RuleRefusals.BadValue.With("word", word).With("value", node.ToString()));
        return null;
    }

    private RuleValue? Missing(YamlMappingNode map, string word)
    {
        No(map, RuleRefusals.Missing.With("word", word));
        return null;
    }

    private static long? Whole(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text }
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : null;

    private static YamlNode? Child(YamlMappingNode map, string word) =>
        map.Children.FirstOrDefault(c => Text(c.Key) == word).Value;

    private static string Text(YamlNode node) => node is YamlScalarNode { Value: { } text } ? text : "";

    private void No(YamlNode node, Refusal refusal) => No(node.Start, refusal);

    private void No(Mark mark, Refusal refusal) => _faults.Add(new(_file, Math.Max(1, (int)mark.Line), refusal));
}
