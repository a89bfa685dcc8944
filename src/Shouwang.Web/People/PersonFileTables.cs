using System.Globalization;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;
using Shouwang.Web.Components;

namespace Shouwang.Web.People;

/// <summary>A person's own file as tables for paper, in the reader's words. 本人资料表</summary>
internal static class PersonFileTables
{
    /// <summary>One table: what it is about, and its lines.</summary>
    internal sealed record Sheet(string Caption, IReadOnlyList<IReadOnlyList<Cell>> Rows);

    public static IReadOnlyList<SummaryRow> Entry(Words words, PersonFile.Entry entry) =>
    [
        new(words["register.sex"], words[$"register.sex.{entry.Sex}"]),
        new(words["register.born"], entry.Born is { } born ? Spoken.Day(born) : words["register.unknown"]),
        new(words["register.id-number"], entry.IdNumber), new(words["register.fact.Phone"], entry.Phone),
        new(words["register.fact.Home"], HomeOf(entry.Home)), new(words["register.household"], entry.Household),
        new(words["register.roles"], FactWords.Roles(words, entry.Roles)),
    ];

    public static IEnumerable<Sheet> Of(Words words, PersonFile.View file) =>
        Register(words, file.Register).Concat(Doings(words, file.Doings)).Append(new(
            words["register.looks"], Rows(file.Looks, l =>
                [Spoken.Moment(l.At), l.By, words[$"register.field.{l.Field}"], words[$"register.purpose.{l.Purpose}"]])));

    private static IEnumerable<Sheet> Register(Words words, PersonRecords kept) =>
    [
        new(words["register.facts"], Rows(kept.Facts, f =>
        [
            words[$"register.fact.{f.Kind}"], FactWords.Value(words, f.Kind, f.Says), FactWords.Period(words, f.From, f.To),
            f.ReplacedAt is { } at ? words["register.replaced", ("learned", f.LearnedAt), ("replaced", at)] : Spoken.Moment(f.LearnedAt),
        ])),
        new(words["register.relatives"], Rows(kept.Relations.Where(r => r.IsRelative), r => Relation(words, r))),
        new(words["register.belongs"], Rows(kept.Relations.Where(r => !r.IsRelative), r => Relation(words, r))),
        new(words["register.consents"], Rows(kept.Consents, c =>
        [
            words[$"register.consent.{c.Purpose}"], words[$"register.consent-method.{c.Method}"], Both(c.Witness, c.OnBehalf),
            Spoken.Moment(c.GivenAt), c.WithdrawnAt is { } at ? $"{words["register.consent.withdrawn"]} {Spoken.Moment(at)}" : "",
        ])),
        new(words["register.mandates"], Rows(kept.Mandates, m =>
        [
            m.For, words["register.mandate.line", ("agent", m.Agent), ("matters", Matters(words, m.Matters)), ("from", m.From),
                ("until", m.Until.AddDays(-1)), ("uses", m.Used.Count)],
        ])),
        new(words["register.departure"], Rows(kept.Departures, d =>
            [words[$"register.departure.{d.Kind}"], Spoken.Day(d.Day), Spoken.Moment(d.RecordedAt), Moment(d.UndoneAt)])),
    ];

    private static IEnumerable<Sheet> Doings(Words words, PersonDoings done) =>
    [
        new(words["register.file.places"], Rows(done.Memberships, m =>
            [m.Place, words[$"places.part.{m.Part}"], FactWords.Period(words, m.From, m.To)])),
        new(words["register.file.pairs"], Rows(done.Pairs, p =>
            [p.Elder, p.Volunteer, words[$"pairing.state.{p.State}"], p.From is { } from ? FactWords.Period(words, from, p.To) : ""])),
        new(words["register.file.visits"], Rows(done.Visits, v =>
        [
            Spoken.Moment(v.StartedAt), v.Elder, v.Volunteer, $"{v.Minutes}", words[$"care.VisitOutcome.{v.Report.Outcome}"],
            words[$"care.VisitWay.{v.Report.Way}"], Items(words, v.Report.Items), words[$"care.Condition.{v.Report.Condition}"], v.Remarks,
        ])),
        new(words["register.file.readings"], Rows(done.Readings, r =>
            [Spoken.Moment(r.At), words[$"health.kind.{r.Kind}"], r.Value, r.By])),
        new(words["register.file.incidents"], Rows(done.Incidents, i =>
            [Spoken.Moment(i.OpenedAt), Moment(i.ClosedAt), i.Result is { } how ? words[$"care.IncidentResult.{how}"] : ""])),
        new(words["register.file.balances"], Rows(done.Balances, b =>
            [words[$"register.book.{b.Book}"], b.Balance.ToString(CultureInfo.InvariantCulture)])),
        new(words["register.file.posts"], Rows(done.Posts, p =>
            [words[$"role.{p.Role}"], $"{p.Area}", FactWords.Period(words, p.From, p.To)])),
    ];

    private static IReadOnlyList<Cell> Relation(Words words, RelationRecord r) =>
        [r.Name, words[$"register.relation.{r.Kind}"], r.EndedOn is { } day ? words["register.ended", ("day", day)] : ""];

    private static List<IReadOnlyList<Cell>> Rows<T>(IEnumerable<T> records, Func<T, IReadOnlyList<Cell>> row) => [.. records.Select(row)];

    private static string HomeOf(HomeSpot? home) =>
        string.Create(CultureInfo.InvariantCulture, $"{home?.Landmark} {home?.Latitude} {home?.Longitude}").Trim();

    private static string Both(string one, string other) => Spoken.List(new[] { one, other }.Where(n => n.Length > 0));

    private static string Moment(DateTimeOffset? at) => at is { } known ? Spoken.Moment(known) : "";

    private static string Matters(Words words, MandateMatters matters) => Spoken.List(
        Enum.GetValues<MandateMatters>().Where(m => m != MandateMatters.None && matters.HasFlag(m)).Select(m => words[$"register.matter.{m}"]));

    private static string Items(Words words, ServiceItems items) => Spoken.List(
        Enum.GetValues<ServiceItems>().Where(i => i != ServiceItems.None && items.HasFlag(i)).Select(i => words[$"care.item.{i}"]));
}
