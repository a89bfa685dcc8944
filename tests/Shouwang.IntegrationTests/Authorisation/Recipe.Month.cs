using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.TimeBank;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>The month: hours with their reasons and objections.</summary>
internal sealed partial record Recipe
{
    private static Dictionary<string, Recipe> OfTheMonth() => new()
    {
        ["WhyCredited"] = new(async (w, r, p) => new($"/api/v1/visits/{await CreditOf(w, r, p)}/hours"), SeesHours),
        ["/hours/visits/{Visit}"] = new(async (w, r, p) => new($"/hours/visits/{await CreditOf(w, r, p)}"), SeesHours),
        ["/people/{Person}/hours/passbook"] = new((w, r, p) => Done($"/people/{w.Subject(r, p).Person.Id}/hours/passbook")),
        ["DisputeHours"] = new(
            async (w, r, p) => new($"/api/v1/hours-disputes/{w.House.NewId()}",
                new { visit = (await CreditOf(w, r, p)).Value, reason = "MinutesWrong" }),
            (r, p) => p == Position.Self),
        ["SettleDispute"] = new(NewDispute, (r, p) => World.Sees(r, p)),
    };

    /// <summary>Credits are seen by their owner and by whoever reaches the whole area.</summary>
    private static bool SeesHours(Role role, Position position) =>
        position == Position.Self || (Roles.ReachOf(role) == ReachKind.Area && World.Sees(role, position));

    /// <summary>A visit the subject made, and the hours it earned.</summary>
    private static async Task<Id<Visit>> CreditOf(World world, Role role, Position position)
    {
        var (clock, now, subject) = (world.House.Clock, world.House.Clock.GetUtcNow(), world.Subject(role, position).Person);
        var span = new VisitSpan(Id<Domain.People.Person>.New(clock), subject.Id, now.AddMinutes(-30), now);
        var report = new VisitReport(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well);
        var visit = Visit.Record(Id<Visit>.New(clock), World.AreaOf(position), null, span, report, 240, now).Value;
        await world.House.Add(visit, Credit(visit, now));
        return visit.Id;
    }

    private static VisitCredit Credit(Visit visit, DateTimeOffset now) => VisitCredit.Of(
        visit.Area, new(visit.Id.Value, visit.Volunteer, visit.Day, visit.Minutes), [100], new(480, 0, 90_000, 0), "national@1", now);

    private static async Task<Asked> NewDispute(World world, Role role, Position position)
    {
        var (clock, now) = (world.House.Clock, world.House.Clock.GetUtcNow());
        var area = World.AreaOf(position);
        var earning = new Earning(world.House.NewId(), world.Subject(role, position).Person.Id, world.House.Today, 30);
        var credit = VisitCredit.Of(area, earning, [100], new(480, 0, 90_000, 0), "national@1", now);
        var dispute = new HoursDispute(Id<HoursDispute>.New(clock), credit, DisputeReason.Other, now);
        await world.House.Add(dispute);
        return new($"/api/v1/hours-disputes/{dispute.Id}/settlement", new { id = world.House.NewId(), outcome = "Explained" });
    }
}
