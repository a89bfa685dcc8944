using System.Globalization;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Domain.Pairing;
using Shouwang.Web.Common;

namespace Shouwang.Web.Pairing;

/// <summary>The pairs and the elders without one as a workbook, a line for each. 结对名单导出</summary>
internal static class PairsWorkbook
{
    public static ListWorkbook Of(ListPairs.View view, Frame frame, DateTimeOffset now, Words words) => new(
        words["pairing.list"],
        [
            words["pairing.PairSide.Elder"], words["register.age"], words["register.fact.Group"], words["pairing.PairSide.Volunteer"],
            words["pairing.state"], words["pairing.since"], words["pairing.understudy"], words["pairing.agreed.Elder"],
            words["pairing.agreed.Volunteer"], words["pairing.note"],
        ],
        [.. view.Pairs.Select(p => Paired(p, words)), .. view.WithoutPair.Select(w => Alone(w, words))],
        words["register.export.about"],
        [
            (words["register.export.by"], frame.Person ?? ""), (words["register.export.at"], Spoken.Moment(now)),
            (words["register.export.area"], frame.Place ?? ""), (words["pairing.active"], Spoken.Number(view.Active)),
            (words["pairing.proposed"], Spoken.Number(view.Proposed)), (words["pairing.without"], Spoken.Number(view.Without)),
        ]);

    private static IReadOnlyList<string> Paired(ListPairs.Row pair, Words words) =>
    [
        pair.ElderName, Number(pair.ElderAge), pair.Group, pair.VolunteerName, words[$"pairing.state.{pair.State}"],
        pair.From is { } from ? Spoken.Day(from) : "", pair.UnderstudyName ?? "", YesNo(pair.ElderAgreed, words),
        YesNo(pair.VolunteerAgreed, words), Note(pair, words),
    ];

    private static IReadOnlyList<string> Alone(ListPairs.Waiting elder, Words words) =>
    [
        elder.Name, Number(elder.Age), elder.Group, "", words["pairing.nobody"], "", "", "", "",
        elder.Why is { } why ? PairingWords.Help(words, why, elder) : "",
    ];

    private static string Note(ListPairs.Row pair, Words words) =>
        pair.State == PairState.Proposed && pair.Why is { } why ? PairingWords.Reason(words, why)
        : pair.ChangeAskedBy is { } side ? words[$"pairing.change-asked.{side}"] : "";

    private static string YesNo(bool yes, Words words) => words[yes ? "rules.yes" : "rules.no"];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
