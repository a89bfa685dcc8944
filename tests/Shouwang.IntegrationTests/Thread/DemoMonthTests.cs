using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Thread;

public sealed partial class DemoMonthTests
{
    [Theory, EachDatabase]
    public async Task In_the_demonstration_pairs_stand_before_their_first_visit_statements_know_them_and_the_cadre_can_be_called(
        TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        await ActivatorUtilities.CreateInstance<DemoVillage>(house.Services).Make(TestContext.Current.CancellationToken);

        var (early, alone, closed) = await house.Get<Workspace>().Read(Actor.System(AreaCode.Nation), async db =>
        {
            var pairs = await db.Pairs.Where(p => p.State == PairState.Active).ToListAsync();
            var first = (await db.Visits.Select(v => new { v.Elder, v.Volunteer, v.Day }).ToListAsync())
                .GroupBy(v => (v.Elder, v.Volunteer)).ToDictionary(g => g.Key, g => g.Min(v => v.Day));
            var paired = pairs.Select(p => p.Elder).ToHashSet();
            var elders = await db.People.Where(p => (p.Roles & PersonRoles.Elder) != 0).Select(p => p.Id).ToListAsync();
            return (pairs.Count(p => !(p.From <= first[(p.Elder, p.Volunteer)])), elders.Count(e => !paired.Contains(e)),
                await db.MonthCloses.Where(m => m.Point != null).Select(m => m.Content).ToListAsync());
        });

        Assert.Equal(0, early);
        Assert.Equal(4, closed.Count);
        Assert.Equal(alone, closed.Sum(c => int.Parse(WithoutPair().Match(Encoding.UTF8.GetString(c)).Groups[1].Value)));
        await EveryScreenHasLife(house);
        var village = Actor.System(DemoVillage.X);
        var elder = await house.Get<Workspace>().Read(village, db => db.Pairs.OrderBy(p => p.Id).Select(p => p.Elder).FirstAsync());
        var sheet = Assert.Single((await house.Get<ElderSheets>().Run(new(elder, null), village, default)).Value);
        var due = (await house.Get<DueVisits>().Run(village, default)).Value;
        var (asked, taken, late) = await house.Get<Workspace>().Read(village, async db =>
        {
            var given = await db.Consents.Where(c => c.Purpose == ConsentPurpose.Visits).ToListAsync();
            var first = await db.Visits.MinAsync(v => v.StartedAt);
            return (given.Count, given.Count(c => !c.Holds), given.Count(c => c.GivenAt >= first));
        });
        Assert.Equal((1, 0, due.Elders + 1), (taken, late, asked + due.AskConsent));
        Assert.InRange(due.AskConsent, 2, 6);
        Assert.Equal("100****0005", Assert.Single(sheet.Contacts, c => c.Part == SheetPart.Cadre).PhoneMask);
    }

    /// <summary>One of everything a screen is for, so that no screen of the demonstration is empty.</summary>
    private static async Task EveryScreenHasLife(OpenHouse house)
    {
        var kinds = await house.Get<Workspace>().Read(Actor.System(DemoVillage.X), async db => new Dictionary<string, int>
        {
            ["open emergencies"] = await db.Incidents.CountAsync(i => i.ClosedAt == null),
            ["closed emergencies"] = await db.Incidents.CountAsync(i => i.ClosedAt != null),
            ["duties"] = await db.Duties.CountAsync(d => d.State == DutyState.Open),
            ["objections"] = await db.HoursDisputes.CountAsync(d => d.SettledAt == null),
            ["understudies"] = await db.Pairs.CountAsync(p => p.Understudy != null),
            ["readings"] = await db.Readings.CountAsync(),
            ["remarks"] = await db.Visits.CountAsync(v => v.Remarks != null),
            ["calls at two elders"] = (await db.Visits.Select(v => new { v.Call, v.Elder }).ToListAsync())
                .GroupBy(v => v.Call).Count(g => g.Select(v => v.Elder).Distinct().Count() > 1),
            ["corrections"] = await db.Visits.CountAsync(v => v.Corrects != null),
            ["what relatives may see"] = await db.Consents.CountAsync(c => c.Purpose == ConsentPurpose.FamilyView),
            ["late paper lists"] = await db.Visits.CountAsync(v => v.VerifiedHow == VerificationWay.PaperList),
            ["pairs of the care worker"] = await db.Pairs.CountAsync(p =>
                db.People.Any(h => h.Id == p.Volunteer && (h.Roles & PersonRoles.CareWorker) != 0)),
            ["confirmed visits of the care worker"] = await db.Visits.CountAsync(v =>
                v.VerifiedAt != null && db.People.Any(h => h.Id == v.Volunteer && (h.Roles & PersonRoles.CareWorker) != 0)),
            ["months of the village"] = await db.MonthCloses.CountAsync(c => c.Point == null),
        });
        Assert.DoesNotContain(kinds, kind => kind.Value == 0);
    }

    [GeneratedRegex("\"withoutPair\":(\\d+)")]
    private static partial Regex WithoutPair();
}
