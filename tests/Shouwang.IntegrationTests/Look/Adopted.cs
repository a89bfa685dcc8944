using Shouwang.Web.Components;

namespace Shouwang.IntegrationTests.Look;

/// <summary>The components taken over from GOV.UK Frontend: how their published options become our parameters.</summary>
/// <remarks>Our DateInput is not here: it is one box for a day as people write it, where theirs is three.</remarks>
internal static class Adopted
{
    public static readonly IReadOnlyDictionary<string, (Type Type, Func<Given, Dictionary<string, object?>> Of)> All =
        new Dictionary<string, (Type, Func<Given, Dictionary<string, object?>>)>
        {
            ["back-link"] = (typeof(BackLink), g => Plain(g, new() { ["Href"] = g["href"].Text ?? "#" })),
            ["breadcrumbs"] = (typeof(Breadcrumbs), g => Dressed(g, new()
            {
                ["Items"] = g["items"].Items.Select(i => i.Link).ToList(), ["CollapsesOnMobile"] = g["collapseOnMobile"].Is,
                ["LabelText"] = g["labelText"].Text,
            })),
            ["button"] = (typeof(Button), Button),
            ["checkboxes"] =
                (typeof(Checkboxes), g =>
                    Chosen(g, new() { ["Values"] = g["values"].IsThere ? g["values"].Items.Select(v => v.Raw!).ToList() : null })),
            ["details"] =
                (typeof(Details), g =>
                    Plain(g, new() { ["Summary"] = Both(g, "summary"), ["IsOpen"] = g["open"].Is, ["Id"] = g["id"].Text })),
            ["error-message"] = (typeof(ErrorMessage), g => new() { ["Of"] = g.Wording, ["Id"] = g["id"].Text }),
            ["error-summary"] = (typeof(ErrorSummary), g => Dressed(g, new()
            {
                ["Title"] = Both(g, "title") ?? new Wording(""), ["Description"] = Both(g, "description"),
                ["Errors"] = g["errorList"].Items.Select(e => e.Link).ToList(), ["DisablesAutoFocus"] = g["disableAutoFocus"].Said,
            })),
            ["fieldset"] = (typeof(Fieldset), g => Dressed(g, new()
            {
                ["Legend"] = g["legend"].Wording, ["Role"] = g["role"].Text, ["DescribedBy"] = g["describedBy"].Text,
                ["ChildContent"] = g["html"].Markup,
            })),
            ["file-upload"] = (typeof(FileUpload), g => Asked(g, new() { ["IsMultiple"] = g["multiple"].Is })),
            ["hint"] = (typeof(Hint), g => new() { ["Of"] = g.Wording, ["Id"] = g["id"].Text }),
            ["input"] = (typeof(TextInput), g => Asked(g, new()
            {
                ["Value"] = g["value"].Raw, ["Type"] = g["type"].Text ?? "text", ["Spellcheck"] = g["spellcheck"].Said,
                ["Prefix"] = g["prefix"].Wording, ["Suffix"] = g["suffix"].Wording, ["Wrapper"] = g["inputWrapper"].Wording,
            })),
            ["inset-text"] = (typeof(InsetText), g => Plain(g, new() { ["Id"] = g["id"].Text })),
            ["label"] = (typeof(Label), g => new() { ["Of"] = g.Wording, ["For"] = g["for"].Text }),
            ["notification-banner"] = (typeof(NotificationBanner), g => Plain(g, new()
            {
                ["IsSuccess"] = g["type"].Text == "success", ["Title"] = Both(g, "title"),
                ["TitleLevel"] = g["titleHeadingLevel"].Number ?? 2,
                ["TitleId"] = g["titleId"].Text ?? "govuk-notification-banner-title", ["Role"] = g["role"].Text,
                ["DisablesAutoFocus"] = g["disableAutoFocus"].Said,
            })),
            ["pagination"] = (typeof(Pagination), Pages),
            ["panel"] = (typeof(Panel), g => Plain(g, new()
            {
                ["Title"] = Both(g, "title"), ["HeadingLevel"] = g["headingLevel"].Number ?? 1,
                ["Actions"] = g["actions"].IsThere ? g["actions"]["items"].Items.Select(a => a.Link).ToList() : null,
                ["ActionsClasses"] = g["actions"]["classes"].Text, ["ActionsAttributes"] = g["actions"]["attributes"].Attributes,
            })),
            ["radios"] = (typeof(Radios), g => Chosen(g, new() { ["Value"] = g["value"].Text })),
            ["select"] =
                (typeof(Select), g =>
                    Asked(g, new() { ["Value"] = g["value"].Text, ["Items"] = g["items"].Items.Select(i => i.Choice).ToList() })),
            ["skip-link"] = (typeof(SkipLink), g => Plain(g, new() { ["Href"] = g["href"].Text ?? "#content" })),
            ["summary-list"] = (typeof(SummaryList), Summary),
            ["table"] = (typeof(Table), g => Dressed(g, new()
            {
                ["Caption"] = g["caption"].Text, ["CaptionClasses"] = g["captionClasses"].Text,
                ["FirstCellIsHeader"] = g["firstCellIsHeader"].Is,
                ["Head"] = g["head"].IsThere ? g["head"].Items.Select(c => c.Cell).ToList() : null,
                ["Rows"] = g["rows"].Items.Select(r => (IReadOnlyList<Cell>)[.. r.Items.Select(c => c.Cell)]).ToList(),
            })),
            ["tag"] = (typeof(Tag), g => Plain(g, [])),
            ["task-list"] = (typeof(TaskList), g => Dressed(g, new()
            {
                ["IdPrefix"] = g["idPrefix"].Text ?? "task-list",
                ["Items"] = g["items"].Items.Select(i => new TaskItem(i["title"].Wording!, i["status"].Wording)
                {
                    Href = i["href"].Text, Hint = i["hint"].Wording, Classes = i["classes"].Text, Tag = i["status"]["tag"].Wording,
                }).ToList(),
            })),
            ["textarea"] =
                (typeof(Textarea), g =>
                    Asked(g, new()
                        { ["Value"] = g["value"].Text, ["Rows"] = g["rows"].Number ?? 5, ["Spellcheck"] = g["spellcheck"].Said })),
            ["warning-text"] = (typeof(WarningText), g => Plain(g, new() { ["Spoken"] = g["iconFallbackText"].Text })),
        };

    /// <summary>What has a text or markup of its own, class names and attributes.</summary>
    private static Dictionary<string, object?> Plain(Given g, Dictionary<string, object?> more)
    {
        more["Text"] = g["html"].Text is null ? g["text"].Text : null;
        more["ChildContent"] = g["html"].Markup;
        return Dressed(g, more);
    }

    private static Dictionary<string, object?> Dressed(Given g, Dictionary<string, object?> more)
    {
        more["Classes"] = g["classes"].Text;
        more["Attributes"] = g["attributes"].Attributes;
        return more;
    }

    /// <summary>"titleText" and "titleHtml" are one wording.</summary>
    private static Wording? Both(Given g, string name) =>
        g[$"{name}Html"].Text is not null ? new Wording { Markup = g[$"{name}Html"].Markup }
        : g[$"{name}Text"].Text is { } text ? new Wording(text) : null;

    private static Dictionary<string, object?> Button(Given g) => Plain(g, new()
    {
        ["Href"] = g["href"].Text, ["Type"] = g["type"].Text ?? "submit", ["Name"] = g["name"].Text, ["Value"] = g["value"].Text,
        ["Id"] = g["id"].Text,
        ["IsDisabled"] = g["disabled"].Is, ["IsStart"] = g["isStartButton"].Is, ["PreventsDoubleClick"] = g["preventDoubleClick"].Said,
    });

    /// <summary>What every question has.</summary>
    private static Dictionary<string, object?> Asked(Given g, Dictionary<string, object?> more)
    {
        var attributes = new Dictionary<string, object>(g["attributes"].Attributes ?? new Dictionary<string, object>());
        foreach (var name in (string[])["autocomplete", "autocapitalize", "pattern", "inputmode"])
        {
            if (g[name].Text is { } value) attributes[name] = value;
        }

        Group(g, more);
        more["Id"] = g["id"].Text;
        more["Label"] = g["label"].Wording;
        more["DescribedBy"] = g["describedBy"].Text;
        more["IsDisabled"] = g["disabled"].Is;
        more["Before"] = g["formGroup"]["beforeInput"].Wording?.Content;
        more["After"] = g["formGroup"]["afterInput"].Wording?.Content;
        more["Attributes"] = attributes;
        return more;
    }

    private static Dictionary<string, object?> Chosen(Given g, Dictionary<string, object?> more)
    {
        Group(g, more);
        more["Id"] = g["idPrefix"].Text;
        more["InFieldset"] = g["fieldset"].IsThere;
        more["Legend"] = g["fieldset"]["legend"].Wording;
        more["FieldsetClasses"] = g["fieldset"]["classes"].Text;
        more["FieldsetAttributes"] = g["fieldset"]["attributes"].Attributes;
        more["DescribedBy"] = g["fieldset"]["describedBy"].Text ?? g["describedBy"].Text;
        more["Before"] = g["formGroup"]["beforeInputs"].Wording?.Content;
        more["After"] = g["formGroup"]["afterInputs"].Wording?.Content;
        more["Items"] = g["items"].Items.Select(i => i.Choice).ToList();
        more["Attributes"] = g["attributes"].Attributes;
        return more;
    }

    private static void Group(Given g, Dictionary<string, object?> more)
    {
        more["Name"] = g["name"].Text ?? "";
        more["Hint"] = g["hint"].Wording;
        more["Error"] = g["errorMessage"].Wording;
        more["Classes"] = g["classes"].Text;
        more["GroupClasses"] = g["formGroup"]["classes"].Text;
        more["GroupAttributes"] = g["formGroup"]["attributes"].Attributes;
    }

    private static Dictionary<string, object?> Pages(Given g) => Dressed(g, new()
    {
        ["Previous"] = Step(g["previous"]), ["Next"] = Step(g["next"]), ["LandmarkLabel"] = g["landmarkLabel"].Text,
        ["Items"] = !g["items"].IsThere ? null : g["items"].Items.Where(i => i.Attributes is { Count: > 0 })
            .Select(i => new PageLink(i["number"].Text, i["href"].Text)
        {
            IsCurrent = i["current"].Is, IsGap = i["ellipsis"].Is, Spoken = i["visuallyHiddenText"].Text,
            Attributes = i["attributes"].Attributes,
        }).ToList(),
    });

    private static PageStep? Step(Given g) => g["href"].Text is not { } href ? null
        : new PageStep(href, g.Wording, g["labelText"].Text) { Attributes = g["attributes"].Attributes };

    private static Dictionary<string, object?> Summary(Given g) => Dressed(g, new()
    {
        ["Rows"] = g["rows"].Items.Select(r => new SummaryRow(r["key"].Wording, r["value"].Wording)
        {
            Actions = r["actions"]["items"].IsThere ? r["actions"]["items"].Items.Select(a => a.Link).ToList() : null,
            ActionsClasses = r["actions"]["classes"].Text, Classes = r["classes"].Text,
        }).ToList(),
        ["Card"] = !g["card"].IsThere ? null : new SummaryCard(g["card"]["title"].Wording)
        {
            HeadingLevel = g["card"]["title"]["headingLevel"].Number ?? 2,
            Actions = g["card"]["actions"]["items"].Items.Select(a => a.Link).ToList(),
            ActionsClasses = g["card"]["actions"]["classes"].Text, Classes = g["card"]["classes"].Text,
            Attributes = g["card"]["attributes"].Attributes,
        },
    });
}
