using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Rules;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;
using Shouwang.Web.Common;

namespace Shouwang.Web.Rules;

/// <summary>The rules in force as a workbook. 现行规则导出</summary>
internal static class RuleListsApi
{
    public static void MapRuleLists(this IEndpointRouteBuilder api) => api.MapGet("/rules-workbook", GetRules).WithTags("Rules")
        .Needs(Permission.ViewRules).WithName("ExportRules").WithSummary("The values in force in an area on a day, as a workbook.");

    private static async Task<IResult> GetRules(
        ListRules rules, ListExport export, Actor actor, CancellationToken ct, AreaCode? area = null, DateOnly? day = null,
        string? find = null)
    {
        var words = export.Words;
        if (!(await rules.Run(new(area, day), actor, ct)).IsOk(out var view, out var refusal)) return refusal.ToProblem(words);
        return export.Send<ListRules.Row>(
            new("rules", words["rules.title"],
            [
                (words["list.rule"], r => words[$"rules.name.{r.Id}"]),
                (words["list.value"], r => RuleText.Of(r.Id, r.Value, r.Unit, words)),
                (words["list.issued-by"], r => RuleText.Place(view, r.IssuedBy, words)), (words["list.from"], r => Spoken.Day(r.Since)),
                (words["list.source"], r => r.Source.Title),
                (words["list.found"], r => words[$"rules.mark.{RuleWords.Kebab(r.Mark.ToString())}"]),
                (words["list.open"], r => r.Choosable is { } bounds ? RuleText.Open(bounds, r.Unit, words) : ""),
            ])
            {
                Filters =
                [
                    (words["rules.area"], RuleText.Place(view, view.Area, words)), (words["rules.day"], Spoken.Day(view.Day)),
                    (words["rules.find"], find ?? ""),
                ],
            },
            Paging.Whole(RuleText.Found(view, find, words)));
    }
}
