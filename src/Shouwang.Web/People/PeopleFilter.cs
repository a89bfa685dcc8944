using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Shouwang.Application.People;
using Shouwang.Domain.People;

namespace Shouwang.Web.People;

/// <summary>The filters of the people list as they stand in its address. 名单筛选</summary>
public sealed record PeopleFilter
{
    public string? Text { get; init; }

    public int? Page { get; init; }

    public string? Role { get; init; }

    public string? Group { get; init; }

    public string? Living { get; init; }

    public string? Support { get; init; }

    public string? Absence { get; init; }

    [FromQuery(Name = "class")]
    public string? Class { get; init; }

    /// <summary>The filters that a list shows as choices, by their name in the address.</summary>
    internal static IReadOnlyList<(string Name, FactKind Kind)> Kinds { get; } =
        [("living", FactKind.Living), ("support", FactKind.Support), ("absence", FactKind.Absence), ("class", FactKind.Classes)];

    /// <summary>Reads an address.</summary>
    internal static PeopleFilter Of(HttpRequest request)
    {
        string? One(string name) => request.Query[name] is [{ Length: > 0 } value] ? value : null;
        return new()
        {
            Text = One("text"), Page = int.TryParse(One("page"), out var page) ? page : null, Role = One("role"), Group = One("group"),
            Living = One("living"), Support = One("support"), Absence = One("absence"), Class = One("class"),
        };
    }

    /// <summary>The same as a question; a word that is none of the offered ones is left out.</summary>
    internal FindPeople.Query ToQuery() => new(Text, Page ?? 1)
    {
        Role = Enum.TryParse<PersonRoles>(Role, out var role) ? role : PersonRoles.None,
        Group = Group,
        Facts = Kinds.Select(k => (k.Kind, Value: ValueOf(k.Name)))
            .Where(f => f.Value is { } value && FactShape.Of(f.Kind).Offered.Contains(value)).ToDictionary(f => f.Kind, f => f.Value!),
    };

    /// <summary>What is chosen for a filter.</summary>
    internal string? ValueOf(string name) => name switch
    {
        "living" => Living,
        "support" => Support,
        "absence" => Absence,
        "class" => Class,
        _ => null,
    };

    /// <summary>The address when nothing but a text was asked for.</summary>
    internal string OnlyText => new PeopleFilter { Text = Text }.Href("");

    /// <summary>The address of a page with these filters.</summary>
    internal string Href(string path, int? page = null)
    {
        var set = new[] { ("text", Text), ("role", Role), ("group", Group), ("living", Living), ("support", Support), ("absence", Absence),
            ("class", Class), ("page", page?.ToString(System.Globalization.CultureInfo.InvariantCulture)) };
        return path + "?" + string.Join('&', set.Where(s => !string.IsNullOrEmpty(s.Item2))
            .Select(s => $"{s.Item1}={Uri.EscapeDataString(s.Item2!)}"));
    }
}
