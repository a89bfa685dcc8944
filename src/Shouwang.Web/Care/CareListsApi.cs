using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Web.Common;
using Shouwang.Web.Components;
using Shouwang.Web.Today;

namespace Shouwang.Web.Care;

/// <summary>The lists of visits as workbooks. 探访名单导出</summary>
internal static class CareListsApi
{
    public static void MapCareLists(this IEndpointRouteBuilder api)
    {
        var lists = api.MapGroup("").WithTags("Care");
        lists.MapGet("/visits-workbook", GetVisits).Needs(Permission.ViewVisits).WithName("ExportVisits")
            .WithSummary("The visits of the page as a workbook.");
        lists.MapGet("/due-visits-workbook", GetDue).Needs(Permission.ViewVisits).WithName("ExportDueVisits")
            .WithSummary("Whom to look in on, as a workbook.");
        lists.MapGet("/incidents-workbook", GetIncidents).Needs(Permission.ViewVisits).WithName("ExportIncidents")
            .WithSummary("Open emergencies as a workbook.");
        lists.MapGet("/signature-lists/{month}/workbook", GetSignatures).Needs(Permission.VerifyVisits).WithName("ExportSignatures")
            .WithSummary("The visits of a month that wait for a signature, as a workbook.");
        lists.MapGet("/statements-workbook", GetStatements).Needs(Permission.ViewStatements).WithName("ExportStatements")
            .WithSummary("The statements handed in as a workbook.");
    }

    private static Task<IResult> GetVisits(ListVisits visits, ListExport export, Workspace work, Actor actor, CancellationToken ct,
        string? state = null)
    {
        var (words, asked) = (export.Words, VisitWords.QueryOf(work.Today, state));
        return export.Send<ListVisits.Row>(
            new("visits", words[asked.State is null ? "care.visits.title" : "care.visits.open"],
            [
                (words["list.elder"], v => v.ElderName), (words["list.volunteer"], v => v.VolunteerName),
                (words["list.when"], v => Spoken.Moment(v.StartedAt)), (words["list.minutes"], v => Spoken.Number(v.Minutes)),
                (words["list.way"], v => words[$"care.VisitWay.{v.Way}"]), (words["list.items"], v => VisitWords.ItemsOf(words, v.Items)),
                (words["list.outcome"], v => words[$"care.VisitOutcome.{v.Outcome}"]),
                (words["list.condition"], v => v.Condition is { } found ? words[$"care.Condition.{found}"] : ""),
                (words["list.state"], v => VisitWords.StateOf(words, v)),
            ])
            {
                Filters =
                [
                    (words["list.from"], Spoken.Day(asked.From)), (words["list.to"], Spoken.Day(asked.To)),
                    (words["list.state"], asked.State is null ? words["register.any"] : words["care.to-verify"]),
                ],
            },
            async part => (await visits.Run(asked with { Page = part }, actor, ct)).IsOk(out var view, out var refusal)
                ? new Paged<ListVisits.Row>(view.Visits, view.Page, view.HasMore) : refusal);
    }

    private static async Task<IResult> GetDue(DueVisits due, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<DueVisits.Row>(
            new("due-visits", words["list.due.title"],
            [
                (words["list.elder"], d => d.Name), (words["register.age"], d => Spoken.Number(d.Age)),
                (words["register.fact.Group"], d => d.Group), (words["register.risk.head"], d => words[$"care.risk.{d.Risk}"]),
                (words["list.state"], d => DueWords.StateOf(words, d)), (words["list.last-visit"], d => d.Last is { } day ? Spoken.Day(day)
                    : words["care.today.never"]),
                (words["list.due"], d => Spoken.Day(d.Due)), (words["list.volunteer"], d => d.VolunteerName ?? words["care.today.nobody"]),
                (words["list.due.extra"], d => DueWords.ExtraOf(words, d.Extra) ?? ""),
                (words["list.due.consent"], d => d.AsksConsent ? words["care.due.ask-consent"] : ""),
            ]),
            (await due.All(actor, ct)).IsOk(out var view, out var refusal) ? Paging.Whole(view.Rows) : refusal);
    }

    private static Task<IResult> GetIncidents(ListIncidents incidents, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<ListIncidents.Row>(
            new("incidents", words["care.incident.open"],
            [
                (words["list.elder"], i => i.ElderName), (words["list.when"], i => Spoken.Moment(i.OpenedAt)),
                (words["list.state"], i => i.ComingName is { } name ? words["care.incident.coming", ("name", name)]
                    : words["care.incident.nobody-coming"]),
            ]),
            part => incidents.Run(part, actor, ct));
    }

    private static async Task<IResult> GetSignatures(
        string month, SignatureList signatures, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        if (WrittenDay.MonthOf(month) is not { } first) return CommonRefusals.BadInput.On("month").ToProblem(words);
        return export.Send<(string Volunteer, SignatureList.Row Visit)>(
            new("signatures", words["care.signatures.title"],
            [
                (words["list.elder"], r => r.Visit.ElderName), (words["list.volunteer"], r => r.Volunteer),
                (words["list.when"], r => Spoken.Moment(r.Visit.StartedAt)), (words["list.minutes"], r => Spoken.Number(r.Visit.Minutes)),
                (words["list.items"], r => VisitWords.ItemsOf(words, r.Visit.Items)),
            ])
            {
                Filters = [(words["statement.month"], month)],
            },
            (await signatures.Run(new(first), actor, ct)).IsOk(out var view, out var refusal)
                ? Paging.Whole(view.Sheets.SelectMany(s => s.Rows.Select(r => (s.Name, r))).ToList()) : refusal);
    }

    private static Task<IResult> GetStatements(ListStatements statements, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<ListStatements.Row>(
            new("statements", words["statement.list"],
            [
                (words["statement.subject"], s => s.Subject), (words["list.area"], s => s.Area.ToString()),
                (words["statement.month"], s => $"{s.Month:yyyy-MM}"), (words["statement.state"], s => words[$"statement.state.{s.State}"]),
                (words["list.submitted"], s => Spoken.Moment(s.SubmittedAt)),
            ]),
            part => statements.Run(part, actor, ct));
    }
}
