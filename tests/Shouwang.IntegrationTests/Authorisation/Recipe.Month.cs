using Shouwang.Application.Common;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.TimeBank;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>The month: hours with their reasons and objections, pairs, statements.</summary>
internal sealed partial record Recipe
{
    private static Dictionary<string, Recipe> OfTheMonth() => new()
    {
        ["WhyCredited"] = new(async (w, r, p) => new($"/api/v1/visits/{await CreditOf(w, r, p)}/hours"), SeesHours),
        ["/hours/visits/{Visit}"] = new(async (w, r, p) => new($"/hours/visits/{await CreditOf(w, r, p)}"), SeesHours),
        ["/people/{Person}/hours/passbook"] = new((w, r, p) => Done($"/people/{w.Subject(r, p).Person.Id}/hours/passbook"), SeesHours),
        ["DisputeHours"] = new(
            async (w, r, p) => new($"/api/v1/hours-disputes/{w.House.NewId()}",
                new { visit = (await CreditOf(w, r, p)).Value, reason = "MinutesWrong" }),
            (r, p) => p == Position.Self),
        ["SettleDispute"] = new(NewDispute, (r, p) => World.Sees(r, p)),
        ["PairSheet"] = new(async (w, r, p) => new($"/api/v1/pairs/{await PairAt(w, r, p)}")),
        ["/pairs/{Pair}"] = new(async (w, r, p) => new($"/pairs/{await PairAt(w, r, p)}")),
        ["PairByHand"] = new((w, r, p) => Done($"/api/v1/pairs/{w.House.NewId()}",
            new { elder = w.Subject(r, p).Person.Id.Value, volunteer = w.Actor(r).Person.Id.Value })),
        ["AnswerPair"] = new(async (w, r, p) => new($"/api/v1/pairs/{await PairAt(w, r, p)}/answer",
            new { id = w.House.NewId(), side = "Elder", answer = "Agree", how = "Spoken" })),
        ["NameUnderstudy"] = new(async (w, r, p) => new($"/api/v1/pairs/{await PairAt(w, r, p)}/understudy",
            new { id = w.House.NewId(), understudy = w.Actor(r).Person.Id.Value })),
        ["PointSheets"] = new(async (w, r, p) => new($"/api/v1/points/{await PointAt(w, r, p)}/sheets")),
        ["/points/{Point}/sheets"] = new(async (w, r, p) => new($"/points/{await PointAt(w, r, p)}/sheets")),
        ["ExportStatement"] = new(async (w, r, p) => new($"/api/v1/points/{await PointAt(w, r, p)}/statements/2026-03/workbook")),
        ["VillageStatement"] = new(
            async (w, _, p) => new($"/api/v1/villages/{await VillageAt(w, p)}/statements/2026-03"), SeesVillages),
        ["ExportVillageStatement"] = new(
            async (w, _, p) => new($"/api/v1/villages/{await VillageAt(w, p)}/statements/2026-03/workbook"), SeesVillages),
        ["/villages/{Village}/statements/{Month}"] = new(
            async (w, _, p) => new($"/villages/{await VillageAt(w, p)}/statements/2026-03"), SeesVillages),
        ["SubmitStatement"] = new(async (w, r, p) => new($"/api/v1/statement-submissions/{w.House.NewId()}",
            new { point = (await PointAt(w, r, p)).Value, month = "2026-02" })),
        ["DecideStatement"] = new(NewClose),
    };

    /// <summary>Credits are seen by their owner and by whoever reaches the whole area.</summary>
    private static bool SeesHours(Role role, Position position) =>
        position == Position.Self || (Roles.ReachOf(role) == ReachKind.Area && World.Sees(role, position));

    /// <summary>A village's month is for those who reach the whole area.</summary>
    private static bool SeesVillages(Role role, Position position) =>
        Roles.ReachOf(role) == ReachKind.Area && World.Home.Contains(World.AreaOf(position));

    /// <summary>The subject as an elder, proposed to somebody else; one's own is a pair in which one is the volunteer.</summary>
    private static async Task<Id<Pair>> PairAt(World world, Role role, Position position)
    {
        var (clock, other) = (world.House.Clock, Id<Person>.New(world.House.Clock));
        var subject = world.Subject(role, position).Person.Id;
        var (elder, volunteer) = position == Position.Self ? (other, subject) : (subject, other);
        var pair = new Pair(Id<Pair>.New(clock), World.AreaOf(position), elder, volunteer, null);
        await world.House.Add(pair);
        return pair.Id;
    }

    /// <summary>A village that lies where the position says, and is in the register of areas.</summary>
    private static async Task<AreaCode> VillageAt(World world, Position position)
    {
        var code = new AreaCode(World.AreaOf(position).Value + 300);
        var known = await world.House.Get<Workspace>()
            .Read(Actor.System(AreaCode.Nation), db => Task.FromResult(db.Areas.Any(a => a.Area == code)));
        if (!known) await world.House.Add(Area.Enter(code, "示例村", new(2020, 1, 1)).Value);
        return code;
    }

    /// <summary>A month somebody handed in.</summary>
    private static async Task<Asked> NewClose(World world, Role role, Position position)
    {
        var (clock, area) = (world.House.Clock, World.AreaOf(position));
        var close = MonthClose.Of(Id<MonthClose>.New(clock), area, Id<Place>.New(clock), new(2026, 2, 1));
        _ = close.Submit([1], "00", "national@1", Id<Person>.New(clock), clock.GetUtcNow()).Value;
        await world.House.Add(close);
        return new($"/api/v1/statements/{close.Id}/decision", new { id = world.House.NewId(), accept = true });
    }

    /// <summary>A visit the subject made, and the hours it earned.</summary>
    private static async Task<Id<Visit>> CreditOf(World world, Role role, Position position)
    {
        var (clock, now, subject) = (world.House.Clock, world.House.Clock.GetUtcNow(), world.Subject(role, position).Person);
        var (id, elder, area) = (Id<Visit>.New(clock), Id<Person>.New(clock), World.AreaOf(position));
        var visit = Visit.Record(
            new(id, subject.Id, now, _ => id), new(subject.Id, [elder], now.AddMinutes(-30), now),
            new(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well),
            new Dictionary<Id<Person>, Seat> { [elder] = new(area, null) }, new(720, ServiceItems.Visit, 7)).Value[0];
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
