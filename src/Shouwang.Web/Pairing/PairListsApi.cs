using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Web.Common;

namespace Shouwang.Web.Pairing;

/// <summary>The pairs and the elders without one as a workbook, a line for each. 结对名单导出</summary>
internal static class PairListsApi
{
    public static void MapPairLists(this IEndpointRouteBuilder api) => api.MapGet("/pairs-workbook", GetPairs).WithTags("Pairing")
        .Needs(Permission.ViewPairs).WithName("ExportPairs").WithSummary("All pairs and elders without one as a workbook.");

    /// <summary>A line of the workbook: a pair, or an elder without one.</summary>
    private sealed record Line(ListPairs.Row? Pair, ListPairs.Waiting? Alone);

    private static async Task<IResult> GetPairs(ListPairs pairs, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        if (!(await pairs.Run(new(), actor, ct)).IsOk(out var sums, out var refusal)) return refusal.ToProblem(words);
        return await export.Send(
            new ListSheet<Line>("pairs", words["pairing.list"], Columns(words))
            {
                Filters =
                [
                    (words["pairing.active"], Counted(sums.Active)), (words["pairing.proposed"], Counted(sums.Proposed)),
                    (words["pairing.without"], Counted(sums.Without)),
                ],
            },
            Both(pairs, actor, ct));
    }

    /// <summary>First the pairs, part after part, then whoever has none.</summary>
    private static Func<Slice, Task<Result<Paged<Line>>>> Both(ListPairs pairs, Actor actor, CancellationToken ct)
    {
        var behind = default(int?);
        return async part =>
        {
            if (behind is { } before)
            {
                return (await pairs.Alone(part with { Number = part.Number - before }, actor, ct)).IsOk(out var alone, out var refused)
                    ? new Paged<Line>([.. alone.Select(a => new Line(null, a))], part.Number, alone.HasMore) : refused;
            }

            if (!(await pairs.Paired(part, actor, ct)).IsOk(out var paired, out var refusal)) return refusal;
            if (!paired.HasMore) behind = part.Number;
            return new Paged<Line>([.. paired.Select(p => new Line(p, null))], part.Number, true);
        };
    }

    private static (string, Func<Line, string>)[] Columns(Words words) =>
    [
        (words["pairing.PairSide.Elder"], l => l.Pair?.ElderName ?? l.Alone!.Name),
        (words["register.age"], l => Spoken.Number(l.Pair?.ElderAge ?? l.Alone!.Age)),
        (words["register.fact.Group"], l => l.Pair?.Group ?? l.Alone!.Group),
        (words["pairing.PairSide.Volunteer"], l => l.Pair?.VolunteerName ?? ""),
        (words["pairing.state"], l => words[l.Pair is { } pair ? $"pairing.state.{pair.State}" : "pairing.nobody"]),
        (words["pairing.since"], l => l.Pair?.From is { } from ? Spoken.Day(from) : ""),
        (words["pairing.understudy"], l => l.Pair?.UnderstudyName ?? ""),
        (words["pairing.agreed.Elder"], l => YesNo(words, l.Pair?.ElderAgreed)),
        (words["pairing.agreed.Volunteer"], l => YesNo(words, l.Pair?.VolunteerAgreed)), (words["pairing.note"], l => Note(words, l)),
    ];

    private static string Note(Words words, Line line) => line switch
    {
        { Alone: { Why: { } why } alone } => PairingWords.Help(words, why, alone),
        { Pair: { State: PairState.Proposed, Why: { } why } } => PairingWords.Reason(words, why),
        { Pair.ChangeAskedBy: { } side } => words[$"pairing.change-asked.{side}"],
        _ => "",
    };

    private static string YesNo(Words words, bool? yes) => yes is { } known ? words[known ? "rules.yes" : "rules.no"] : "";

    private static string Counted(int count) => Spoken.UpTo(count, ListPairs.CountedTo);
}
