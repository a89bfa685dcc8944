using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Oversight;
using Shouwang.Domain.Kernel;
using Shouwang.Web.Common;

namespace Shouwang.Web.Oversight;

/// <summary>The logs and the outbox as workbooks. 日志导出</summary>
internal static class OversightListsApi
{
    public static void MapOversightLists(this IEndpointRouteBuilder api)
    {
        var lists = api.MapGroup("").WithTags("Oversight");
        lists.MapGet("/audit-workbook", GetAudit).Needs(Permission.ViewAudit).WithName("ExportAudit")
            .WithSummary("Who did what, where and when, as a workbook.");
        lists.MapGet("/security-events-workbook", GetSecurity).Needs(Permission.ViewSecurity).WithName("ExportSecurity")
            .WithSummary("Refused and failed attempts as a workbook.");
        lists.MapGet("/outbox-workbook", GetOutbox).Needs(Permission.ViewOutbox).WithName("ExportOutbox")
            .WithSummary("What waits, failed or was given up, as a workbook.");
    }

    private static Task<IResult> GetAudit(AuditLog log, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<AuditLog.Line>(
            new("audit", words["audit.title"],
            [
                (words["audit.when"], l => Spoken.Moment(l.At)), (words["audit.who"], l => l.Who),
                (words["audit.post"], l => words[$"role.{l.Role}"]), (words["audit.what"], l => words[$"audit.{l.Command}"]),
                (words["audit.where"], l => l.Area.ToString()),
            ]),
            async (before, rows) => (await log.Part(before, rows, actor, ct)).IsOk(out var view, out var refusal)
                ? (view.Lines, view.Before) : refusal);
    }

    private static Task<IResult> GetSecurity(SecurityLog log, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<SecurityLog.Line>(
            new("security-events", words["audit.security.title"],
            [
                (words["audit.when"], l => Spoken.Moment(l.At)), (words["audit.who"], l => l.Who),
                (words["audit.post"], l => words[$"role.{l.Role}"]), (words["audit.security.what"], l => words[l.Code]),
                (words["audit.security.asked"], l => l.Command), (words["audit.where"], l => l.Area.ToString()),
            ]),
            async (before, rows) => (await log.Part(before, rows, actor, ct)).IsOk(out var view, out var refusal)
                ? (view.Lines, view.Before) : refusal);
    }

    private static Task<IResult> GetOutbox(OutboxState outbox, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<OutboxState.Line>(
            new("outbox", words["outbox.title"],
            [
                (words["list.what"], l => l.Event), (words["list.state"], l => words[OutboxWords.StateOf(l)]),
                (words["list.tries"], l => Spoken.Number(l.Attempts)), (words["list.next-try"], l => Spoken.Moment(l.NextTry)),
                (words["list.last-error"], l => l.LastError ?? ""), (words["list.area"], l => l.Area.ToString()),
            ]),
            async part => (await outbox.Run(part, actor, ct)).IsOk(out var view, out var refusal) ? view.Lines : refusal);
    }
}
