using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.TimeBank;

/// <summary>The lists of the time bank as workbooks. 时间银行名单导出</summary>
internal static class TimeBankListsApi
{
    public static void MapTimeBankLists(this IEndpointRouteBuilder api)
    {
        var lists = api.MapGroup("").WithTags("TimeBank");
        lists.MapGet("/people/{id}/hours-workbook", GetHours).Needs(Permission.ViewHours).WithName("ExportHours")
            .WithSummary("The movements of a person's hours as a workbook.");
        lists.MapGet("/holds-workbook", GetHolds).Needs(Permission.TransferHours, Permission.VoidHolds).WithName("ExportHolds")
            .WithSummary("Hours that are set aside, as a workbook.");
        lists.MapGet("/hours-disputes-workbook", GetDisputes).Needs(Permission.SettleDisputes).WithName("ExportDisputes")
            .WithSummary("Objections nobody has answered yet, as a workbook.");
        lists.MapGet("/pools-workbook", GetPools).Needs(Permission.GrantHours).WithName("ExportPools")
            .WithSummary("The pools and what is left in each, as a workbook.");
        lists.MapGet("/pool-fillings-workbook", GetFillings).Needs(Permission.FillPools).WithName("ExportFillings")
            .WithSummary("Fillings that wait for a second person, as a workbook.");
        lists.MapGet("/pool-fillings-ended-workbook", GetEndedFillings).Needs(Permission.FillPools).WithName("ExportEndedFillings")
            .WithSummary("Requests to fill a pool that came to nothing, as a workbook.");
    }

    private static async Task<IResult> GetHours(Id<Person> id, HoursOf hours, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return !(await hours.Run(id, actor, ct)).IsOk(out var view, out var refusal) ? refusal.ToProblem(words)
            : await export.Send<HoursOf.Line>(
                new("hours", words["timebank.hours.title"],
                [
                    (words["timebank.day"], l => Spoken.Day(l.Day ?? Days.Of(l.At))), (words["timebank.reason"], l => words[l.Reason]),
                    (words["list.minutes"], l => Spoken.Number(l.Minutes)),
                    (words["list.served"], l => l.Served is { } served ? Spoken.Number(served) : ""),
                    (words["timebank.sealed"], l => words[l.SealedAt is null ? "timebank.sealed.no" : "timebank.sealed.yes"]),
                ])
                {
                    Filters = [(words["list.person"], view.Name), (words["list.balance"], Spoken.Number(view.Balance))],
                },
                async part => (await hours.Part(id, part, actor, ct)).IsOk(out var shown, out var no) ? shown.Lines : no);
    }

    private static Task<IResult> GetHolds(ListHolds holds, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<ListHolds.Row>(
            new("holds", words["timebank.holds.title"],
            [
                (words["list.payer"], h => h.FromName), (words["list.payee"], h => h.ToName),
                (words["list.minutes"], h => Spoken.Number(h.Minutes)), (words["list.when"], h => Spoken.Moment(h.At)),
                (words["list.until"], h => Spoken.Moment(h.Until)),
            ]),
            part => holds.Run(part, actor, ct));
    }

    private static Task<IResult> GetDisputes(ListDisputes disputes, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<ListDisputes.Row>(
            new("disputes", words["timebank.disputes.title"],
            [
                (words["list.volunteer"], d => d.VolunteerName), (words["list.day"], d => Spoken.Day(d.Day)),
                (words["list.served"], d => Spoken.Number(d.Minutes)), (words["list.credited"], d => Spoken.Number(d.Credited)),
                (words["list.reason"], d => words[$"timebank.DisputeReason.{d.Reason}"]),
                (words["list.when"], d => Spoken.Moment(d.RaisedAt)),
            ]),
            part => disputes.Run(part, actor, ct));
    }

    private static async Task<IResult> GetPools(ListPools pools, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<ListPools.Row>(
            new("pools", words["timebank.pools.title"],
            [
                (words["areas.column.name"], p => p.Name), (words["list.area"], p => p.Area.ToString()),
                (words["list.left"], p => Spoken.Number(p.Left)), (words["list.stripes"], p => Spoken.Number(p.Stripes)),
            ]),
            (await pools.Run(actor, ct)).IsOk(out var rows, out var refusal) ? Paging.Whole(rows) : refusal);
    }

    private static Task<IResult> GetFillings(ListFillings fillings, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<ListFillings.Row>(
            new("pool-fillings", words["timebank.fillings.title"],
            [
                (words["areas.column.name"], f => f.Name), (words["list.area"], f => f.Pool.ToString()),
                (words["list.minutes"], f => Spoken.Number(f.Minutes)), (words["list.asked-by"], f => f.AskedBy),
                (words["list.when"], f => Spoken.Moment(f.AskedAt)),
            ]),
            part => fillings.Run(part, actor, ct));
    }

    private static Task<IResult> GetEndedFillings(ListEndedFillings fillings, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<ListEndedFillings.Row>(
            new("pool-fillings-ended", words["timebank.fillings.ended"],
            [
                (words["areas.column.name"], f => f.Name), (words["list.area"], f => f.Pool.ToString()),
                (words["list.minutes"], f => Spoken.Number(f.Minutes)), (words["list.asked-by"], f => f.AskedBy),
                (words["list.state"], f => EndedFillingWords.Said(words, f)), (words["list.when"], f => Spoken.Moment(f.At)),
            ]),
            part => fillings.Run(part, actor, ct));
    }
}
