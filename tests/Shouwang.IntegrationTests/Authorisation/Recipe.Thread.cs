using Shouwang.Application.Common;
using Shouwang.Application.People;
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

    private static IReadOnlyDictionary<string, Recipe> OfTheThread() => new Dictionary<string, Recipe>
    {
        ["PreviewRoster"] = new((w, r, p) => Done($"/api/v1/villages/{World.AreaOf(p)}/roster-previews/{w.House.NewId()}", s_roster.Value)),
        ["ImportRoster"] = new((w, r, p) => Done($"/api/v1/villages/{World.AreaOf(p)}/rosters/{w.House.NewId()}", s_roster.Value)),
        ["ProposePairs"] = new((w, r, p) =>
            Done($"/api/v1/pair-proposals/{w.House.NewId()}", new { area = World.AreaOf(p).ToString() })),
        ["AcceptPairs"] = new(NewProposal),
        ["MonthStatement"] = new(async (w, r, p) => new($"/api/v1/points/{await PointAt(w, r, p)}/statements/2026-03")),
        ["HoursOf"] = new((w, r, p) => Done($"/api/v1/people/{w.Subject(r, p).Person.Id}/hours"), SeesHours),
        ["ExportHours"] = new((w, r, p) => Done($"/api/v1/people/{w.Subject(r, p).Person.Id}/hours-workbook"), SeesHours),
        ["TransferHours"] = new(NewGift, (r, p) => World.Home.Contains(World.AreaOf(p))),
        ["/points/{Point}/statements/{Month}"] = new(async (w, r, p) => new($"/points/{await PointAt(w, r, p)}/statements/2026-03")),
        ["/people/{Person}/hours"] = new((w, r, p) => Done($"/people/{w.Subject(r, p).Person.Id}/hours"), SeesHours),
    };

    private static async Task<Asked> NewProposal(World world, Role role, Position position)
    {
        var area = World.AreaOf(position);
        var pair = new Pair(
            Id<Pair>.New(world.House.Clock), area, world.Subject(role, position).Person.Id, world.Actor(role).Person.Id, null);
        await world.House.Add(pair);
        return new($"/api/v1/pair-acceptances/{world.House.NewId()}", new { area = area.ToString(), pairs = new[] { pair.Id.Value } });
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
