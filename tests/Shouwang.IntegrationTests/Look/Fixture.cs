using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Shouwang.Web.Components;

namespace Shouwang.IntegrationTests.Look;

/// <summary>One published example of a component: its options and the HTML that must come out.</summary>
internal sealed record Fixture(string Component, string Name, Given Options, string Html)
{
    public static IReadOnlyList<Fixture> Of(string component)
    {
        var file = Path.Combine(Repository.Root, "client/node_modules/govuk-frontend/dist/govuk/components", component, "fixtures.json");
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return [.. json.RootElement.GetProperty("fixtures").EnumerateArray().Select(f => new Fixture(
            component, f.GetProperty("name").GetString()!, new Given(f.GetProperty("options").Clone()),
                f.GetProperty("html").GetString()!))];
    }

    public override string ToString() => $"{Component}: {Name}";
}

/// <summary>The options of a fixture, read the way its templates read them: what is empty, zero or false counts as not given.</summary>
internal readonly record struct Given(JsonElement Json)
{
    public bool IsThere => Json.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False);

    public Given this[string key] =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(key, out var value) ? new(value) : default;

    /// <summary>The text as written, null when it was not given at all.</summary>
    public string? Raw => Json.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => Json.GetString(),
        _ => Json.GetRawText(),
    };

    public string? Text => IsThere && Raw is { Length: > 0 } text ? text : null;

    public bool Is => Json.ValueKind == JsonValueKind.True || (IsThere && Text is not null);

    public bool? Said => Json.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    public int? Number => Json.ValueKind == JsonValueKind.Number ? Json.GetInt32() : int.TryParse(Text, out var n) ? n : null;

    public IReadOnlyList<Given> Items => Json.ValueKind == JsonValueKind.Array
        ? [.. Json.EnumerateArray().Select(e => new Given(e))
            .Where(g => g.IsThere && g.Json.ValueKind is not JsonValueKind.String || g.Text is not null)]
        : [];

    public RenderFragment? Markup => Text is { } html ? builder => builder.AddMarkupContent(0, html) : null;

    public IReadOnlyDictionary<string, object>? Attributes => Json.ValueKind != JsonValueKind.Object
        ? null
        : Json.EnumerateObject().ToDictionary(p => p.Name, p => (object)(new Given(p.Value).Raw ?? ""));

    public Wording? Wording => !IsThere ? null : new Wording(this["html"].Text is null ? this["text"].Text : null)
    {
        Markup = this["html"].Markup,
        Classes = this["classes"].Text,
        Attributes = this["attributes"].Attributes,
        IsPageHeading = this["isPageHeading"].Is,
        Spoken = this["visuallyHiddenText"] is var spoken && spoken.Json.ValueKind == JsonValueKind.Undefined ? null
            : spoken.Text is { } text ? $"{text}:" : "",
    };

    public Link Link => new(this["html"].Text is null ? this["text"].Text : null, this["href"].Text)
    {
        Markup = this["html"].Markup,
        Spoken = this["visuallyHiddenText"].Text,
        Classes = this["classes"].Text,
        Type = this["type"].Text,
        Attributes = this["attributes"].Attributes,
    };

    public Choice Choice => new(this["value"].Raw, (this["text"].Text ?? this["html"].Text) is null ? null : Wording! with
    {
        Classes = this["label"]["classes"].Text,
        Attributes = this["label"]["attributes"].Attributes,
        Spoken = null,
    })
    {
        Hint = this["hint"].Wording,
        Id = this["id"].Text,
        Name = this["name"].Text,
        IsChosen = this["checked"].Said ?? this["selected"].Said,
        IsDisabled = this["disabled"].Is,
        Divider = this["divider"].Text,
        Behaviour = this["behaviour"].Text,
        Then = this["conditional"]["html"].Markup,
        Attributes = this["attributes"].Attributes,
    };

    public Cell Cell => new(this["html"].Text is null ? this["text"].Text : null)
    {
        Markup = this["html"].Markup,
        Format = this["format"].Text,
        Classes = this["classes"].Text,
        Columns = this["colspan"].Number,
        Rows = this["rowspan"].Number,
        Attributes = this["attributes"].Attributes,
    };
}
