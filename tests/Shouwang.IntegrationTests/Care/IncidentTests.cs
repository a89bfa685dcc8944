using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>An urgent finding stays an emergency until somebody says how it ended.</summary>
public sealed class IncidentTests
{
    [Theory, EachDatabase]
    public async Task An_urgent_visit_opens_one_emergency_however_often_it_is_found(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var urgent = CareDay.Well with { Condition = Condition.Urgent };

        _ = (await day.Record(day.Call(60, 50) with { Report = urgent })).Value;
        _ = (await day.Record(day.Call(40, 30) with { Report = urgent })).Value;
        _ = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            day.Village.Get<OpenIncident>().Run(new(day.NewVisit().Value, day.Wife.Id), day.Volunteer, default)));

        var open = Assert.Single((await day.Village.Get<ListIncidents>().Run(1, day.Volunteer, default)).Value);
        Assert.Equal(("李大娘", null), (open.ElderName, open.ComingName));
        Assert.Equal(1, await day.Village.Get<Workspace>().Read(day.Village.House, db => db.Incidents.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task An_urgent_finding_names_its_sheet_and_whoever_is_named_for_it_is_called_first(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var relations = new List<Relation>();
        foreach (var (name, kind) in new[]
        {
            ("李小梅", RelationKind.Child), ("李大强", RelationKind.Guardian), ("王邻居", RelationKind.Neighbour), ("前儿媳", RelationKind.Child),
        })
        {
            var relative = await day.Village.With(name, PersonRoles.Family, age: 50);
            relations.Add(new(Id<Relation>.New(day.Village.Clock), Village.X, day.Wife.Id, relative.Id, kind));
        }

        Relation.Order(relations, relations[1], 1);
        Relation.Order(relations, relations[2], 2);
        _ = relations[3].End(day.Village.Today).Value;
        await day.Village.Add([.. relations]);

        var recorded = (await day.Record(day.Call(60, 50) with { Report = CareDay.Well with { Condition = Condition.Urgent } })).Value;
        var well = (await day.Record(day.Call(40, 30))).Value;

        var open = Assert.Single((await day.Village.Get<ListIncidents>().Run(1, day.Volunteer, default)).Value);
        Assert.Equal((open.Id, null), (recorded.Incident, well.Incident));
        var sheet = (await day.Village.Get<IncidentSheet>().Run(open.Id, day.Volunteer, default)).Value;
        Assert.Equal(["李大强", "王邻居", "李小梅"], sheet.Contacts.Select(c => c.Name));
    }

    [Theory, EachDatabase]
    public async Task What_is_done_is_written_down_and_the_end_is_said_once(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var id = (await day.Village.Get<OpenIncident>().Run(new(day.NewVisit().Value, day.Wife.Id), day.Volunteer, default)).Value.Id;
        var (note, close) = (day.Village.Get<NoteIncident>(), day.Village.Get<CloseIncident>());

        _ = (await note.Run(new(day.NewVisit().Value, id, IncidentEvent.CalledAmbulance), day.Volunteer, default)).Value;
        _ = (await note.Run(new(day.NewVisit().Value, id, IncidentEvent.Coming), day.Volunteer, default)).Value;
        Assert.Equal("张秀英", (await day.Village.Get<ListIncidents>().Run(1, day.Volunteer, default)).Value[0].ComingName);
        Assert.Equal("care.not-a-note",
            (await note.Run(new(day.NewVisit().Value, id, IncidentEvent.Closed), day.Volunteer, default)).Refusal?.Code);

        var closing = new CloseIncident.Command(day.NewVisit().Value, id, IncidentResult.Hospital);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => close.Run(closing, day.Volunteer, default)));

        Assert.All(answers, a => Assert.Null(a.Refusal));
        Assert.Equal("care.incident-closed",
            (await close.Run(closing with { CommandId = day.NewVisit().Value }, day.Volunteer, default)).Refusal?.Code);
        Assert.Empty((await day.Village.Get<ListIncidents>().Run(1, day.Volunteer, default)).Value);
        var sheet = (await day.Village.Get<IncidentSheet>().Run(id, day.Volunteer, default)).Value;
        Assert.Equal(
            [IncidentEvent.Opened, IncidentEvent.CalledAmbulance, IncidentEvent.Coming, IncidentEvent.Closed],
            sheet.Steps.Select(s => s.What));
    }

    [Theory, EachDatabase]
    public async Task A_relatives_number_is_shown_only_while_the_emergency_is_open_and_the_look_is_recorded(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var daughter = await day.Village.With("李小梅", PersonRoles.Family, age: 50);
        await SealPhone(day.Village, daughter);
        await day.Village.Add(new Relation(Id<Relation>.New(day.Village.Clock), Village.X, day.Wife.Id, daughter.Id, RelationKind.Child));
        var stranger = await day.Village.With("王五", PersonRoles.Family, age: 50);
        var id = (await day.Village.Get<OpenIncident>().Run(new(day.NewVisit().Value, day.Wife.Id), day.Volunteer, default)).Value.Id;
        var call = day.Village.Get<CallContact>();
        var look = day.NewVisit().Value;

        var contact = Assert.Single((await day.Village.Get<IncidentSheet>().Run(id, day.Volunteer, default)).Value.Contacts);
        Assert.Equal("138****1234", contact.PhoneMask);
        Assert.Equal("13800001234", (await call.Run(new(look, id, daughter.Id), day.Volunteer, default)).Value.Phone);
        Assert.Equal("care.no-contact", (await call.Run(new(day.NewVisit().Value, id, stranger.Id), day.Volunteer, default)).Refusal?.Code);

        var audited = await day.Village.Get<Workspace>().Read(day.Village.House, db => db.Audit.SingleAsync(a => a.CommandId == look));
        Assert.Contains("Emergency", audited.Answered, StringComparison.Ordinal);
        Assert.DoesNotContain("13800001234", audited.Answered, StringComparison.Ordinal);

        var closing = new CloseIncident.Command(day.NewVisit().Value, id, IncidentResult.Settled);
        _ = (await day.Village.Get<CloseIncident>().Run(closing, day.Volunteer, default)).Value;
        var late = await call.Run(new(day.NewVisit().Value, id, daughter.Id), day.Volunteer, default);
        Assert.Equal("care.incident-closed", late.Refusal?.Code);
    }

    private static Task SealPhone(Village village, Person person) => village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(village.House);
            var stored = await unit.Db.People.SingleAsync(p => p.Id == person.Id);
            stored.Seal(village.Get<PersonVault>().Seal(person.Id, new(null, PhoneNumber.Of("13800001234"), null)));
            await unit.Save(default);
            return new(true, true);
        },
        default);
}
