using Shouwang.Application.Care;
using Shouwang.Application.Pairing;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.TimeBank;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.TimeBank;

/// <summary>The same month of the same village, by the county's own rules and by those of three cities: pairs, hours, and what they are
/// good for.</summary>
public sealed class CityMonthTests
{
    private const int Elders = 6;
    private static readonly DateOnly s_march = new(2026, 3, 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_month_ends_otherwise_by_the_rules_of_each_city_and_alike_on_both_databases()
    {
        (string? Rules, Outcome Ends)[] cities =
        [
            (null, new(3, 4844, 600, 4830, 4830, RedemptionMode.ServiceAndGoods)),
            ("beijing", new(6, 4537, 0, 4500, 4500, RedemptionMode.ServiceOnly)),
            ("nanjing", new(5, 4537, 0, 4537, 4537, RedemptionMode.ServiceOnly)),
            ("guangzhou", new(3, 4537, 0, 4500, 0, RedemptionMode.ServiceAndGoods)),
        ];
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            foreach (var (rules, ends) in cities)
            {
                await using var database = await TestDatabase.Create(kind, Ct);
                Assert.Equal((kind, rules, ends), (kind, rules, await Live(database, rules)));
            }
        }
    }

    /// <param name="Paired">Elders one volunteer was given.</param>
    /// <param name="Credited">By the month's statement, and what a cap kept out.</param>
    private sealed record Outcome(int Paired, int Credited, int Uncredited, long Certified, long Redeemable, RedemptionMode Mode);

    private static async Task<Outcome> Live(TestDatabase database, string? rules)
    {
        await using var village = await Village.On(database, rules);
        await village.Add(Area.Enter(Village.X, "石桥村", new(2020, 1, 1)).Value);
        var elders = new List<Person>();
        for (var i = 0; i < Elders; i++) elders.Add(await village.With($"李{"一二三四五六"[i]}", PersonRoles.Elder));
        var helper = await village.With("张三", PersonRoles.Volunteer);
        var paired = (await village.Get<ProposePairs>()
            .Run(new(Id<ProposePairs>.New(village.Clock), Village.X), village.House, Ct)).Value.Paired;

        for (var day = 17; day < 27; day++)
        {
            await Escort(village, (elders[0], helper), new(2026, 3, day, 8, 0, 0, TimeSpan.FromHours(8)), 225);
            await Escort(village, (elders[0], helper), new(2026, 3, day, 13, 0, 0, TimeSpan.FromHours(8)), 225);
        }

        await Escort(village, (elders[1], helper), new(2026, 3, 28, 9, 0, 0, TimeSpan.FromHours(8)), 37);

        var asked = new MonthStatement.Query(StatementSubject.Of(Village.X), s_march);
        var statement = (await village.Get<MonthStatement>().Run(asked, village.House, Ct)).Value.Shown;
        var hours = (await village.Get<HoursOf>().Run(helper.Id, village.House, Ct)).Value;
        Assert.Equal((21, hours.Balance), (statement.Visits, (long)statement.Credited));
        return new(paired, statement.Credited, statement.Uncredited, hours.Certified, hours.Redeemable, hours.Terms.Mode);
    }

    private static async Task Escort(Village village, (Person Elder, Person Helper) who, DateTimeOffset start, int minutes)
    {
        village.Clock.SetUtcNow(start.AddMinutes(minutes + 1));
        var visit = Id<Visit>.New(village.Clock);
        var report = new VisitReport(VisitWay.Door, VisitOutcome.Done, ServiceItems.Escort, Condition.Well);
        var record = new RecordVisit.Command(visit, who.Elder.Id, who.Helper.Id, start, start.AddMinutes(minutes), report);
        _ = (await village.Get<RecordVisit>().Run(record, village.House, Ct)).Value;
        var verify = new VerifyVisit.Command(Id<Visit>.New(village.Clock).Value, visit, VerificationWay.PaperList);
        _ = (await village.Get<VerifyVisit>().Run(verify, village.House, Ct)).Value;
        await village.Settle();
    }
}
