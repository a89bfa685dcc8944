using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Duties;
using Shouwang.Web.Common;

namespace Shouwang.Web.Duties;

/// <summary>The list of duties as a workbook. 值守名单导出</summary>
internal static class DutyListsApi
{
    public static void MapDutyLists(this IEndpointRouteBuilder api) => api.MapGet("/duties-workbook", GetDuties).WithTags("Duties")
        .Needs(Permission.HoldDuties).WithName("ExportDuties").WithSummary("The open duties of the page as a workbook.");

    private static Task<IResult> GetDuties(MyDuties duties, ListExport export, Actor actor, CancellationToken ct, string? all = null)
    {
        var (words, everyone) = (export.Words, all is not null && Roles.Allows(actor.Role, Permission.AssignDuties));
        return export.Send<MyDuties.Row>(
            new("duties", words[everyone ? "duties.all" : "duties.title"],
            [
                (words["list.person"], d => d.AboutName), (words["list.what"], d => words[$"duties.kind.{d.Kind}"]),
                (words["list.rung"], d => words[$"duties.rung.{d.Rung}"]), (words["list.holder"], d => d.HolderName),
                (words["list.stand-in"], d => d.StandInName ?? ""), (words["list.opened"], d => Spoken.Moment(d.OpenedAt)),
                (words["list.due"], d => Spoken.Moment(d.DueAt)),
            ])
            {
                Filters = [(words["list.shown"], words[everyone ? "duties.all" : "duties.title"])],
            },
            part => duties.Run(new(everyone, part), actor, ct));
    }
}
