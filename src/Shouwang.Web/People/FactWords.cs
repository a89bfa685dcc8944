using Shouwang.Application.People;
using Shouwang.Domain.People;
using Shouwang.Web.Common;
using Shouwang.Web.Components;

namespace Shouwang.Web.People;

/// <summary>Facts, risks and sensitive fields in the reader's words. 事实用语</summary>
internal static class FactWords
{
    /// <summary>What a fact says; a mask, a text or nothing stays as it is.</summary>
    public static string Value(Words words, FactKind kind, string value)
    {
        var shape = FactShape.Of(kind);
        if (shape.Offered.Count == 0 || value.Length == 0 || value.StartsWith('*')) return value;
        return Spoken.List(value.Split(", ").Select(one => words[$"register.value.{kind}.{one}"]));
    }

    /// <summary>The words of a kind, to choose from.</summary>
    public static List<Choice> Choices(Words words, FactKind kind) =>
        [.. FactShape.Of(kind).Offered.Select(one => new Choice(one, words[$"register.value.{kind}.{one}"]))];

    /// <summary>The words of an enumeration under a prefix, to choose from.</summary>
    public static List<Choice> Choices<T>(Words words, string prefix, params T[] but) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Except(but).Select(one => new Choice($"{one}", words[$"{prefix}.{one}"]))];

    /// <summary>The roles a person plays.</summary>
    public static string Roles(Words words, PersonRoles roles) => Spoken.List(
        Enum.GetValues<PersonRoles>().Where(r => r != PersonRoles.None && roles.HasFlag(r)).Select(r => words[$"people.role.{r}"]));

    /// <summary>A risk class as a tag shows it.</summary>
    public static Urgency UrgencyOf(RiskClass risk) => risk switch
    {
        RiskClass.Red => Urgency.Now,
        RiskClass.Orange => Urgency.Today,
        RiskClass.Yellow => Urgency.Later,
        _ => Urgency.Done,
    };

    /// <summary>The risk and its reason in one sentence.</summary>
    public static string Risk(Words words, Risk risk) => words["register.risk", ("risk", words[$"register.risk.{risk.Class}"]),
        ("reason", words[$"register.reason.{risk.Reason}"])];

    /// <summary>What a revealed field says.</summary>
    public static string Revealed(Words words, SensitiveField field, string text) =>
        field == SensitiveField.Illnesses ? Value(words, FactKind.Illnesses, text) : text;

    /// <summary>How a paper stands, and until when.</summary>
    public static string Paper(Words words, WhoHelps.Paper paper)
    {
        var state = words[$"register.validity.{paper.State}"];
        return paper.Until is { } until ? words["register.validity.until", ("state", state), ("until", until)] : state;
    }

    /// <summary>A period: since when, perhaps until when.</summary>
    public static string Period(Words words, DateOnly from, DateOnly? to) => to is { } end
        ? words["register.from-to", ("from", from), ("to", end.AddDays(-1))] : words["register.since", ("from", from)];
}
