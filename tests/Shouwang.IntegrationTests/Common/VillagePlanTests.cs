using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Pairing;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>A village of a county costs what a village costs: its pages never go over the people or the visits of the others.</summary>
public sealed class VillagePlanTests
{
    /// <summary>What hardly anything has in common that is not of one village, or of one person: of anything else, half a county may have
    /// the same.</summary>
    private static readonly string[] s_near =
    [
        "Area", "Id", "Elder", "Volunteer", "Person", "PersonId", "Holder", "StandIn", "Away", "About", "Relative", "Household", "Point",
        "Kept", "PlaceId", "PairId", "DutyId", "IncidentId", "HoldId", "MandateId", "UserId", "Visit", "Call", "One", "MergedInto",
        "NormalizedUserName",
    ];

    /// <summary>Tables that stay small in any county.</summary>
    private static readonly string[] s_small = ["areas_area", "areas_succession", "care_warning"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>After five times a server thinks of a plan that would do for any village and any month.</summary>
    [Fact]
    public async Task A_server_plans_each_list_for_the_village_and_the_month_that_are_asked_for()
    {
        await using var database = await TestDatabase.Create(DatabaseKind.Postgres, Ct);
        await using var village = await Village.On(database);
        var (from, to) = (Days.Start(village.Today), Days.Start(village.Today.AddDays(1)));

        var made = await village.Get<Workspace>().Read(Actor.System(Village.X), async db =>
        {
            await db.Database.OpenConnectionAsync(Ct);
            for (var time = 0; time < 12; time++)
                _ = await db.Visits.Where(v => v.StartedAt >= from && v.StartedAt < to).OrderBy(v => v.StartedAt).Take(51).ToListAsync(Ct);
            return await db.Database.SqlQuery<PlansMade>(
                $"""
                SELECT CAST(SUM(generic_plans) AS bigint) AS "Any", CAST(SUM(custom_plans) AS bigint) AS "Own",
                    current_setting('jit') = 'on' AS "Compiles"
                FROM pg_prepared_statements WHERE statement LIKE '%FROM care_visit%'
                """).SingleAsync(Ct);
        });

        Assert.Equal((0, false), (made.Any, made.Compiles));
        Assert.InRange(made.Own, 10, 12);
    }

    /// <summary>How often a plan that would do for any question was used, and how often one for the question asked.</summary>
    private sealed record PlansMade(long Any, long Own, bool Compiles);

    [Fact]
    public async Task No_page_of_a_cadre_goes_over_the_people_or_the_visits_of_the_whole_county()
    {
        await using var database = await TestDatabase.Create(DatabaseKind.Sqlite, Ct);
        using var asked = new AskedSql(database);
        await using var house = await OpenHouse.On(database);
        var full = await FullVillage.In(house);
        var helper = await house.Someone(Role.Volunteer, new(Village.X), PersonRoles.Volunteer);
        var (point, pair) = (await Point(house, full), await Bound(house, helper.Person, null));
        await house.Add(Area.Enter(Village.X, "示例村", new(2020, 1, 1)).Value);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));

        await LooksNoFurther(asked, house, cadre,
        [
            "/", "/today", "/people", "/people?text=%E7%A4%BA", "/people?group=%E4%BA%8C%E7%BB%84", "/helpers", "/pairs",
            "/pairs?waiting=2", $"/pairs/{pair}", "/people/duplicates", $"/people/duplicates?of={full.Elder}", $"/people/{full.Elder}",
            $"/people/{full.Elder}/looks", "/visits", "/visits?state=open", "/visits/signatures?month=2026-03",
            "/visits/signatures/print?month=2026-03",
            "/duties?all=yes", "/duties/away", "/points", $"/places/{point}", $"/points/{point}/sheets", "/statements",
            $"/points/{point}/statements/2026-03", $"/villages/{Village.X}/statements/2026-03", "/accounts", "/hours/disputes",
            "/hours/holds", "/warnings", "/people/import", $"/households/{await full.Household()}",
        ]);
    }

    [Fact]
    public async Task No_page_of_a_helper_goes_over_the_people_or_the_visits_of_the_whole_county()
    {
        await using var database = await TestDatabase.Create(DatabaseKind.Sqlite, Ct);
        using var asked = new AskedSql(database);
        await using var house = await OpenHouse.On(database);
        var full = await FullVillage.In(house);
        var helper = await house.Someone(Role.Volunteer, new(Village.X), PersonRoles.Volunteer);
        var relative = await house.Someone(Role.Family, new(Village.X), PersonRoles.Family);
        var manager = await house.Someone(Role.PointManager, new(Village.X, await Point(house, full)), PersonRoles.Volunteer);
        await Bound(house, helper.Person, relative.Person);

        await LooksNoFurther(
            asked, house, await house.SignIn(helper),
            ["/", "/today", "/people", "/pairs", "/visits", "/duties", "/hours", "/hours/reserve"]);
        await LooksNoFurther(asked, house, await house.SignIn(relative), ["/", "/pairs", "/visits"]);
        await LooksNoFurther(
            asked, house, await house.SignIn(manager), ["/", "/today", "/people", "/pairs", "/visits", "/visits/signatures"]);
    }

    [Fact]
    public async Task What_the_house_does_for_a_village_goes_over_that_village_alone()
    {
        await using var database = await TestDatabase.Create(DatabaseKind.Sqlite, Ct);
        using var asked = new AskedSql(database);
        await using var house = await OpenHouse.On(database);
        _ = await FullVillage.In(house);
        var cadre = new Actor(
            (await house.Someone(Role.VillageCadre, new(Village.X))).Person.Id, Role.VillageCadre, Village.X, Reach.Area);
        var county = Actor.System(Village.X.At(AreaLevel.County));
        asked.Forget();

        _ = (await house.Get<ProposePairs>().Run(new(Id<ProposePairs>.New(house.Clock), Village.X), cadre, Ct)).Value;
        _ = (await house.Get<IssueCodes>().Run(new(house.NewId(), Role.Volunteer), cadre, Ct)).Value;
        _ = (await house.Get<WatchVisits>().Run(new(house.NewId(), Village.X), county, Ct)).Value;
        _ = (await house.Get<ClimbDuties>().Run(new(house.NewId(), Village.X), county, Ct)).Value;

        await GoesNoFurther(asked);
    }

    private static async Task LooksNoFurther(AskedSql asked, OpenHouse house, string cookie, IReadOnlyList<string> pages)
    {
        asked.Forget();
        foreach (var page in pages)
        {
            using var shown = await house.Send(HttpMethod.Get, page, cookie);
            Assert.True(shown.StatusCode == HttpStatusCode.OK, $"{page}: {shown.StatusCode}");
        }

        await GoesNoFurther(asked);
    }

    private static async Task GoesNoFurther(AskedSql asked)
    {
        var plans = await asked.Plans(Ct);
        var far = plans.SelectMany(p => p.Steps.Where(s => !s_small.Contains(s.Table) && !s.By.Any(s_near.Contains))
            .Select(s => $"{s.Said}\n{p.Sql}")).ToList();
        Assert.True(far.Count == 0, string.Join("\n\n", far));
        Assert.Contains(plans, p => p.Sql.Contains("INDEXED BY", StringComparison.Ordinal));
    }

    /// <summary>An elder whom a helper visits and a relative belongs to.</summary>
    private static async Task<Id<Pair>> Bound(OpenHouse house, Person helper, Person? relative)
    {
        var elder = house.NewPerson(Village.X, PersonRoles.Elder);
        var pair = new Pair(Id<Pair>.New(house.Clock), Village.X, elder.Id, helper.Id, null);
        _ = pair.Accept(house.Today.AddMonths(-2)).Value;
        await house.Add(elder, pair);
        if (relative is not null)
            await house.Add(new Relation(Id<Relation>.New(house.Clock), Village.X, elder.Id, relative.Id, RelationKind.Child));
        return pair.Id;
    }

    /// <summary>A point with an elder and a helper.</summary>
    private static async Task<Id<Place>> Point(OpenHouse house, FullVillage full)
    {
        var point = new Place(Id<Place>.New(house.Clock), Village.X, PlaceKind.Point, "示例点");
        point.Join(full.Elder, MemberPart.Elder, house.Today.AddMonths(-3));
        point.Join(full.Helper, MemberPart.Volunteer, house.Today.AddMonths(-3));
        await house.Add(point);
        return point.Id;
    }
}
