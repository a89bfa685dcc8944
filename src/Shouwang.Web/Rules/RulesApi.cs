using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Rules;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;
using Shouwang.Web.Common;

namespace Shouwang.Web.Rules;

/// <summary>The rules in force over HTTP.</summary>
public static class RulesApi
{
    public static void MapRules(this IEndpointRouteBuilder api) =>
        api.MapGet("/rules", GetRules).WithName("ListRules")
            .WithSummary("Every value in force in an area on a day, and where it comes from.").WithTags("Rules")
            .Needs(Permission.ViewRules);

    /// <summary>A rule as a client reads it: its value is a number, true or false, a word, or an object of numbers.</summary>
    public sealed record RuleView(
        string Id, object Value, RuleUnit Unit, AreaCode IssuedBy, DateOnly Since, RuleMark Mark, string Source, string Package,
        string? Choosable);

    public sealed record RulesView(AreaCode Area, DateOnly Day, string Stamp, IReadOnlyList<RuleView> Rules);

    private static async Task<IResult> GetRules(
        ListRules rules, Actor actor, Words words, CancellationToken ct, AreaCode? area = null, DateOnly? day = null) =>
        (await rules.Run(new(area, day), actor, ct)).ToHttp(
            view => TypedResults.Ok(new RulesView(view.Area, view.Day, view.Stamp, [.. view.Rules.Select(Of)])), words);

    private static RuleView Of(ListRules.Row rule) => new(
        rule.Id, RuleJson.Of(rule.Value), rule.Unit, rule.IssuedBy, rule.Since, rule.Mark, rule.Source.Title, rule.Package,
        rule.Choosable?.ToString());
}
