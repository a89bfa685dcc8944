using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>The thread from the roster to the statement: people, pairs, visits, hours, points.</summary>
internal sealed partial record Recipe
{
    private static readonly Lazy<byte[]> s_roster = new(() =>
    {
        using var file = new MemoryStream();
        SampleWorkbook.Write(file, 1, 1, 0);
        return file.ToArray();
    });

    private static Dictionary<string, Recipe> OfTheThread() => new()
    {
        ["PreviewRoster"] = new((w, r, p) => Done($"/api/v1/villages/{World.AreaOf(p)}/roster-previews/{w.House.NewId()}", s_roster.Value)),
        ["ImportRoster"] = new((w, r, p) => Done($"/api/v1/villages/{World.AreaOf(p)}/rosters/{w.House.NewId()}", s_roster.Value)),
        ["ProposePairs"] = new((w, r, p) =>
            Done($"/api/v1/pair-proposals/{w.House.NewId()}", new { area = World.AreaOf(p).ToString() })),
        ["AcceptPairs"] = new(NewProposal),
        ["RecordVisit"] = new((w, r, p) => Done($"/api/v1/visits/{w.House.NewId()}", VisitTo(w, r, p)), (r, p) =>
            p != Position.Self && World.Sees(r, p)),
        ["VerifyVisit"] = new(NewVisit, (r, p) => p == Position.Self ? Roles.ReachOf(r) == ReachKind.Area : World.Sees(r, p)),
        ["MonthStatement"] = new(async (w, r, p) => new($"/api/v1/points/{await PointAt(w, r, p)}/statements/2026-03")),
        ["HoursOf"] = new((w, r, p) => Done($"/api/v1/people/{w.Subject(r, p).Person.Id}/hours")),
        ["TransferHours"] = new(NewGift, (r, p) => World.Home.Contains(World.AreaOf(p))),
        ["/elders/{Elder}/visit"] = new((w, r, p) => Done($"/elders/{w.Subject(r, p).Person.Id}/visit"), (r, p) =>
            p != Position.Self && World.Sees(r, p)),
        ["/points/{Point}/statements/{Month}"] = new(async (w, r, p) => new($"/points/{await PointAt(w, r, p)}/statements/2026-03")),
        ["/people/{Person}/hours"] = new((w, r, p) => Done($"/people/{w.Subject(r, p).Person.Id}/hours")),
    };

    private static async Task<Asked> NewProposal(World world, Role role, Position position)
    {
        var area = World.AreaOf(position);
        var pair = new Pair(
            Id<Pair>.New(world.House.Clock), area, world.Subject(role, position).Person.Id, world.Actor(role).Person.Id, null);
        await world.House.Add(pair);
        return new($"/api/v1/pair-acceptances/{world.House.NewId()}", new { area = area.ToString(), pairs = new[] { pair.Id.Value } });
    }

    private static object VisitTo(World world, Role role, Position position)
    {
        var ended = world.House.Clock.GetUtcNow();
        return new
        {
            elder = world.Subject(role, position).Person.Id.Value, volunteer = world.Actor(role).Person.Id.Value,
            startedAt = ended.AddMinutes(-30), endedAt = ended, way = "Door", outcome = "Done", items = new[] { "Visit" }, condition = "Well",
        };
    }

    /// <summary>A visit by somebody else to the subject, waiting for a second person.</summary>
    private static async Task<Asked> NewVisit(World world, Role role, Position position)
    {
        var (clock, now) = (world.House.Clock, world.House.Clock.GetUtcNow());
        var span = new VisitSpan(world.Subject(role, position).Person.Id, Id<Person>.New(clock), now.AddMinutes(-30), now);
        var report = new VisitReport(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well);
        var visit = Visit.Record(Id<Visit>.New(clock), World.AreaOf(position), null, span, report, 240, now).Value;
        await world.House.Add(visit);
        return new($"/api/v1/visits/{visit.Id}/verification", new { id = world.House.NewId(), how = "SecondPerson" });
    }

    /// <summary>The actor's own point, or a point that lies where the position says.</summary>
    private static async Task<Id<Place>> PointAt(World world, Role role, Position position)
    {
        if (position is Position.Self or Position.OwnPoint) return world.PointOf(role);
        var point = new Place(Id<Place>.New(world.House.Clock), World.AreaOf(position), PlaceKind.Point, "示例点");
        await world.House.Add(point);
        return point.Id;
    }

    /// <summary>Hours given to the subject, who has an account; an account is seen in the whole working area.</summary>
    private static async Task<Asked> NewGift(World world, Role role, Position position)
    {
        var (from, to) = (world.Actor(role).Person.Id, world.Subject(role, position).Person.Id);
        _ = await world.House.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                await unit.Books.Take(
                    CancellationToken.None,
                    AccountKey.OfPerson(Book.Hours, from, World.Home), AccountKey.OfPerson(Book.Hours, to, World.AreaOf(position)));
                return new(true, true);
            },
            CancellationToken.None);
        return new($"/api/v1/transfers/{world.House.NewId()}", new { from = from.Value, to = to.Value, minutes = 30 });
    }
}
