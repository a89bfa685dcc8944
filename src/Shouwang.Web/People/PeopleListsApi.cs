using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Common;

namespace Shouwang.Web.People;

/// <summary>The lists of the register as workbooks, masked as on their pages. 人员名单导出</summary>
internal static class PeopleListsApi
{
    public static void MapPeopleLists(this IEndpointRouteBuilder api)
    {
        var lists = api.MapGroup("").WithTags("People");
        lists.MapGet("/people-workbook", GetPeople).Needs(Permission.ViewPeople).WithName("ExportPeople")
            .WithSummary("The list as a workbook, masked as on the page.");
        lists.MapGet("/helpers-workbook", GetHelpers).Needs(Permission.ViewPeople).WithName("ExportHelpers")
            .WithSummary("Those who help, as a workbook.");
        lists.MapGet("/roster-imports-workbook", GetImports).Needs(Permission.ImportPeople).WithName("ExportImports")
            .WithSummary("The imports of the area as a workbook.");
        lists.MapGet("/duplicates-workbook", GetDuplicates).Needs(Permission.KeepRegister).WithName("ExportDuplicates")
            .WithSummary("Entries that may be one person, as a workbook.");
        lists.MapGet("/people/{id}/looks-workbook", GetLooks).Needs(Permission.ViewPeople).WithName("ExportLooks")
            .WithSummary("Who looked at sensitive fields, as a workbook.");
        lists.MapGet("/people/{id}/consents-workbook", GetConsents).Needs(Permission.ViewPeople).WithName("ExportConsents")
            .WithSummary("What a person agreed to and took back, as a workbook.");
        lists.MapGet("/households/{id}/workbook", GetHousehold).Needs(Permission.ViewPeople).WithName("ExportHousehold")
            .WithSummary("Who lives under one roof, as a workbook.");
    }

    private static Task<IResult> GetPeople(
        [AsParameters] PeopleFilter filter, FindPeople find, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<FindPeople.Row>(
            new("people", words["people.title"],
            [
                (words["register.name"], p => p.Name), (words["register.sex"], p => words[$"register.sex.{p.Sex}"]),
                (words["register.age"], p => Number(p.Age)), (words["register.fact.Group"], p => p.Group),
                (words["register.roles"], p => FactWords.Roles(words, p.Roles)),
                (words["register.fact.Living"], p => Said(words, FactKind.Living, p.Living)),
                (words["register.fact.Support"], p => Said(words, FactKind.Support, p.Support)),
                (words["register.fact.Absence"], p => Said(words, FactKind.Absence, p.Absence)),
                (words["register.risk.head"], p => p.Risk is { } risk ? words[$"register.risk.{risk.Class}"] : ""),
                (words["register.reason.head"], p => p.Risk is { } risk ? words[$"register.reason.{risk.Reason}"] : ""),
                (words["register.id-number"], p => p.IdMask), (words["register.fact.Phone"], p => p.PhoneMask),
            ])
            {
                Filters = FiltersOf(words, filter),
            },
            async part => (await find.Run(filter.ToQuery() with { Page = part }, actor, ct)).IsOk(out var view, out var refusal)
                ? new Paged<FindPeople.Row>(view.Rows, view.Page, view.Page < view.Pages) : refusal);
    }

    private static Task<IResult> GetHelpers(WhoHelps helpers, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<WhoHelps.Row>(
            new("helpers", words["register.helpers"],
            [
                (words["register.name"], h => h.Name), (words["register.age"], h => Number(h.Age)),
                (words["register.fact.Group"], h => h.Group), (words["register.roles"], h => FactWords.Roles(words, h.Roles)),
                (words["register.fact.VolunteerKinds"], h => FactWords.Value(words, FactKind.VolunteerKinds, h.Kinds)),
                (words["register.fact.Skills"], h => FactWords.Value(words, FactKind.Skills, h.Skills)),
                (words["register.fact.Availability"], h => FactWords.Value(words, FactKind.Availability, h.Availability)),
                (words["register.fact.Insurance"], h => FactWords.Paper(words, h.Insurance)),
                (words["register.fact.HealthCheck"], h => FactWords.Paper(words, h.HealthCheck)),
            ]),
            part => helpers.Run(part, actor, ct));
    }

    private static Task<IResult> GetImports(ListImports imports, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<ListImports.Row>(
            new("roster-imports", words["roster.imports.title"],
            [
                (words["list.when"], i => Spoken.Moment(i.At)), (words["list.area"], i => i.Village.ToString()),
                (words["list.read"], i => Spoken.Number(i.Counts.Read)), (words["list.added"], i => Spoken.Number(i.Counts.Added)),
                (words["list.changed"], i => Spoken.Number(i.Counts.Changed)),
                (words["list.refused"], i => Spoken.Number(i.Counts.Refused)),
                (words["roster.imports.undone"], i => i.UndoneAt is { } at ? Spoken.Moment(at) : ""),
            ]),
            part => imports.Run(part, actor, ct));
    }

    private static Task<IResult> GetDuplicates(
        SuspectDuplicates duplicates, ListExport export, Actor actor, CancellationToken ct, Id<Person>? of = null)
    {
        var words = export.Words;
        return export.Send<SuspectDuplicates.Row>(
            new("duplicates", words["duplicates.title"],
            [
                (words["duplicates.one"], d => d.One.Name), (words["duplicates.other"], d => d.Other.Name),
                (words["list.ground"], d => words[$"duplicates.ground.{d.Ground}"]),
                (words["list.group-one"], d => d.One.Group), (words["list.group-other"], d => d.Other.Group),
                (words["list.id-one"], d => d.One.IdMask), (words["list.id-other"], d => d.Other.IdMask),
            ])
            {
                Filters = of is null ? [] : [(words["list.shown"], words["list.one-person"])],
            },
            part => duplicates.Run(of, part, actor, ct));
    }

    private static async Task<IResult> GetLooks(Id<Person> id, WhoLooked looked, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        if (!(await looked.Run(id, 1, actor, ct)).IsOk(out var whose, out var none)) return none.ToProblem(words);
        return await export.Send<WhoLooked.Line>(
            new("looks", words["register.looks"],
            [
                (words["register.looks.at"], l => Spoken.Moment(l.At)), (words["register.looks.by"], l => l.By),
                (words["audit.post"], l => words[$"role.{l.Role}"]), (words["register.field"], l => words[$"register.field.{l.Field}"]),
                (words["register.purpose"], l => words[$"register.purpose.{l.Purpose}"]),
            ])
            {
                Filters = [(words["list.person"], whose.Name)],
            },
            async part => (await looked.Run(id, part, actor, ct)).IsOk(out var view, out var refusal) ? view.Lines : refusal);
    }

    private static async Task<IResult> GetConsents(Id<Person> id, ConsentsOf consents, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        if (!(await consents.Run(id, actor, ct)).IsOk(out var view, out var refusal)) return refusal.ToProblem(words);
        return export.Send<ConsentsOf.ConsentLine>(
            new("consents", words["register.consents"],
            [
                (words["register.consent.purpose"], c => words[$"register.consent.{c.Purpose}"]),
                (words["list.when"], c => Spoken.Moment(c.GivenAt)),
                (words["register.consent.method"], c => words[$"register.consent-method.{c.Method}"]),
                (words["list.version"], c => Spoken.Number(c.TextVersion)), (words["register.consent.witness"], c => c.Witness),
                (words["register.consent.agent"], c => c.OnBehalf),
                (words["register.consent.withdrawn"], c => c.WithdrawnAt is { } at ? Spoken.Moment(at) : ""),
            ])
            {
                Filters = [(words["list.person"], view.Name)],
            },
            Paging.Whole(view.Consents));
    }

    private static async Task<IResult> GetHousehold(
        Id<Household> id, ShowHousehold show, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        if (!(await show.Run(id, actor, ct)).IsOk(out var view, out var refusal)) return refusal.ToProblem(words);
        return export.Send<ShowHousehold.Line>(
            new("household", words["register.household.title"],
            [
                (words["register.name"], p => p.Name), (words["register.age"], p => Number(p.Age)),
                (words["register.roles"], p => FactWords.Roles(words, p.Roles)),
                (words["register.fact.Living"], p => Said(words, FactKind.Living, p.Living)),
                (words["register.fact.Absence"], p => Said(words, FactKind.Absence, p.Absence)),
                (words["register.risk.head"], p => p.Risk is { } risk ? words[$"register.risk.{risk.Class}"] : ""),
            ])
            {
                Filters = [(words["register.fact.Household"], view.Number), (words["list.area"], view.Area.ToString())],
            },
            Paging.Whole(view.People));
    }

    private static List<(string, string)> FiltersOf(Words words, PeopleFilter filter) =>
    [
        (words["people.search"], filter.Text ?? ""), (words["register.fact.Group"], filter.Group ?? ""),
        (words["register.roles"], Enum.TryParse<PersonRoles>(filter.Role, out var role) ? FactWords.Roles(words, role) : ""),
        .. PeopleFilter.Kinds.Select(k =>
            (words[$"register.fact.{k.Kind}"], filter.ValueOf(k.Name) is { } value ? FactWords.Value(words, k.Kind, value) : "")),
    ];

    private static string Number(int? known) => known is { } number ? Spoken.Number(number) : "";

    private static string Said<T>(Words words, FactKind kind, T? value) where T : struct, Enum =>
        value is { } said ? FactWords.Value(words, kind, $"{said}") : "";
}
