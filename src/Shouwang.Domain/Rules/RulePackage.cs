using System.Globalization;
using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.Rules;

/// <summary>How well a value is founded: read in a source, known but not read again, or proposed by this project. 依据标记</summary>
public enum RuleMark { Found, Memory, Proposal }

/// <summary>A document a value comes from. 依据</summary>
/// <param name="Id">The short name packages refer to it by.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Dated">When, as far as known: a year, a month or a day.</param>
/// <param name="Address">Where it can be read; empty where it has no public address.</param>
public sealed record RuleSource(string Id, string Title, string Issuer, string Dated, string Address);

/// <summary>One number, price, cap, ratio, frequency or deadline that a government could change, for a time. 参数</summary>
/// <param name="Id">Its stable name: "points.min-elders".</param>
/// <param name="Value">The value that holds in the package's area unless a lower area chose another.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Period">When it holds.</param>
/// <param name="Mark">How well it is founded.</param>
/// <param name="Source">The id of the document it comes from.</param>
/// <param name="Bounds">What lower areas may choose; null at the top means nothing, further down it means what was said above.</param>
/// <param name="Line">The line of the package file it stands on.</param>
public sealed record Parameter(string Id, RuleValue Value, RuleUnit Unit, Period Period, RuleMark Mark, string Source, Bounds? Bounds,
    int Line);

/// <summary>The rules one area issued, under a name and a version. A version is never edited once something was decided under it.
/// 规则包</summary>
/// <param name="Id">Its stable name: "national", "990101-demo-county".</param>
/// <param name="Version">Counts its editions, from 1.</param>
/// <param name="Area">The area that issued it, and in which it holds.</param>
/// <param name="Title">What people call it.</param>
/// <param name="File">The file it was read from.</param>
/// <param name="Parameters">Its values, in the order in which they are written.</param>
public sealed record RulePackage(string Id, int Version, AreaCode Area, string Title, string File, IReadOnlyList<Parameter> Parameters)
{
    private readonly ILookup<string, Parameter> _byId = Parameters.ToLookup(p => p.Id);

    /// <summary>Id and version, as records keep them: "national@1".</summary>
    public string Stamp => string.Create(CultureInfo.InvariantCulture, $"{Id}@{Version}");

    /// <summary>All dated values of one parameter.</summary>
    public IEnumerable<Parameter> Of(string id) => _byId[id];

    /// <summary>The value of one parameter that holds on a day; null where this package says nothing.</summary>
    public Parameter? On(string id, DateOnly day) => _byId[id].FirstOrDefault(p => p.Period.Holds(day));
}

/// <summary>Why a package was refused, and where: the file, the line and the reason. 规则包问题</summary>
public sealed record RuleFault(string File, int Line, Refusal Refusal);

/// <summary>What rule packages are refused with.</summary>
public static class RuleRefusals
{
    public static readonly Refusal NotYaml = new("rules.not-yaml", RefusalKind.Invalid);
    public static readonly Refusal Missing = new("rules.missing", RefusalKind.Invalid);
    public static readonly Refusal BadValue = new("rules.bad-value", RefusalKind.Invalid);
    public static readonly Refusal UnknownWord = new("rules.unknown-word", RefusalKind.Invalid);
    public static readonly Refusal BadPeriod = new("rules.bad-period", RefusalKind.Invalid);
    public static readonly Refusal GivenTwice = new("rules.given-twice", RefusalKind.Conflict);
    public static readonly Refusal PackageTwice = new("rules.package-twice", RefusalKind.Conflict);
    public static readonly Refusal NoNational = new("rules.no-national", RefusalKind.Invalid);
    public static readonly Refusal UnknownParameter = new("rules.unknown-parameter");
    public static readonly Refusal UnknownSource = new("rules.unknown-source");
    public static readonly Refusal OtherKind = new("rules.other-kind");
    public static readonly Refusal NotOpen = new("rules.not-open");
    public static readonly Refusal OutsideBounds = new("rules.outside-bounds");
    public static readonly Refusal WiderBounds = new("rules.wider-bounds");
    public static readonly Refusal RowMissing = new("rules.row-missing");
    public static readonly Refusal RowUnknown = new("rules.row-unknown");
    public static readonly Refusal Gap = new("rules.gap");
}
