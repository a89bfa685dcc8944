using CsCheck;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Health;
using Shouwang.Domain.Care;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>Visits at full depth: couples, midnight, overlaps, corrections, remarks, readings.</summary>
public sealed class RecordVisitTests
{
    [Theory, EachDatabase]
    public async Task A_couple_is_one_call_whose_time_counts_once(TestDatabase database)
    {
        await using var day = await CareDay.On(database);

        var receipt = (await day.Record(day.Call(60, 25) with { Others = [day.Husband.Id] })).Value;

        Assert.Equal(35, receipt.Minutes);
        Assert.Equal([17, 18], (await day.Visits()).Select(v => v.Minutes).Order());
        var sheet = (await day.Village.Get<VisitSheet>().Run(receipt.Id, day.Volunteer, default)).Value;
        Assert.Equal(["李大爷"], sheet.Together);
    }

    [Theory, EachDatabase]
    public async Task A_call_across_the_end_of_a_month_counts_in_both(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        day.Village.Clock.SetUtcNow(new(2026, 4, 1, 0, 30, 0, TimeSpan.FromHours(8)));

        _ = (await day.Record(day.Call(60, 10))).Value;

        Assert.Equal(
            [(new DateOnly(2026, 3, 31), 30, false), (new(2026, 4, 1), 20, true)],
            (await day.Visits()).OrderBy(v => v.Day).Select(v => (v.Day, v.Minutes, v.GoesOn)));
    }

    [Theory, EachDatabase]
    public async Task Nobody_is_in_two_places_at_once_even_when_both_are_written_at_once(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var calls = Enumerable.Range(0, 12).Select(i => day.Call(60 + i, 20) with { Elder = i % 2 == 0 ? day.Wife.Id : day.Husband.Id });

        var answers = await Task.WhenAll(calls.Select(day.Record));

        Assert.Single(answers, a => a.Refusal is null);
        Assert.All(answers.Where(a => a.Refusal is not null), a => Assert.Equal("care.two-places-at-once", a.Refusal!.Code));
        Assert.Single(await day.Visits());
    }

    [Theory, EachDatabase]
    public async Task Whatever_is_recorded_no_two_calls_of_one_volunteer_overlap(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var (seed, random) = (new PCG(20260316), Gen.Select(Gen.Int[20, 2000], Gen.Int[1, 90]));
        for (var i = 0; i < 60; i++)
        {
            var (ago, length) = random.Generate(seed, null, out _);
            _ = await day.Record(day.Call(ago + length, ago));
        }

        var visits = (await day.Visits()).OrderBy(v => v.StartedAt).ToList();
        Assert.InRange(visits.Count, 10, 80);
        Assert.All(visits.Zip(visits.Skip(1)), pair => Assert.True(pair.First.EndedAt <= pair.Second.StartedAt));
    }

    [Theory, EachDatabase]
    public async Task A_correction_is_a_new_linked_record_and_the_old_one_counts_no_more(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var wrong = (await day.Record(day.Call(60, 20) with { Others = [day.Husband.Id] })).Value;
        var told = new ToldCall([day.Wife.Id], day.Volunteer.Person, day.Ago(60), day.Ago(30), CareDay.Well);
        var id = day.NewVisit();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            day.Village.Get<CorrectVisit>().Run(new(id, wrong.Id, told), day.Volunteer, default)));

        Assert.All(answers, a => Assert.Equal(30, a.Value.Minutes));
        var standing = Assert.Single(await day.Visits());
        Assert.Equal((30, wrong.Id), (standing.Minutes, standing.Corrects));
        var old = (await day.Village.Get<VisitSheet>().Run(wrong.Id, day.Volunteer, default)).Value;
        Assert.Equal((VisitState.Corrected, id), (old.State, old.CorrectedBy));
    }

    [Theory, EachDatabase]
    public async Task Only_who_went_or_the_village_corrects_a_visit(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var visit = (await day.Record(day.Call(60, 20))).Value;
        var told = new ToldCall([day.Wife.Id], day.Volunteer.Person, day.Ago(60), day.Ago(30), CareDay.Well);
        var other = day.Village.As(await day.Village.With("王大姐", PersonRoles.Volunteer), Role.Volunteer, day.Wife);
        var cadre = day.Village.As(await day.Village.With("赵主任", PersonRoles.Official), Role.VillageCadre);

        Assert.Equal("common.forbidden", (await Correct(other)).Refusal?.Code);
        Assert.Equal(30, (await Correct(cadre)).Value.Minutes);

        Task<Result<CorrectVisit.Receipt>> Correct(Actor actor) =>
            day.Village.Get<CorrectVisit>().Run(new(day.NewVisit(), visit.Id, told), actor, default);
    }

    [Theory, EachDatabase]
    public async Task Remarks_are_sealed_and_every_look_at_them_is_recorded(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        var visit = (await day.Record(day.Call(60, 20) with { Remarks = "儿子很久没来电话" })).Value;
        var read = day.Village.Get<ReadRemarks>();
        var look = day.NewVisit().Value;

        Assert.Equal("儿子很久没来电话", (await read.Run(new(look, visit.Id, RevealPurpose.VisitTheHome), day.Volunteer, default)).Value);
        Assert.Equal("common.purpose-needed",
            (await read.Run(new(day.NewVisit().Value, visit.Id, RevealPurpose.Unstated), day.Volunteer, default)).Refusal?.Code);
        var other = day.Village.As(await day.Village.With("王大姐", PersonRoles.Volunteer), Role.Volunteer, day.Wife);
        Assert.Equal("common.forbidden",
            (await read.Run(new(day.NewVisit().Value, visit.Id, RevealPurpose.Emergency), other, default)).Refusal?.Code);

        var stored = (await day.Visits())[0].Remarks!;
        Assert.DoesNotContain("儿子", System.Text.Encoding.UTF8.GetString(stored), StringComparison.Ordinal);
        Assert.Equal(1, await day.Village.Get<Workspace>().Read(day.Village.House, db => db.Audit.CountAsync(a => a.CommandId == look)));
    }

    [Theory, EachDatabase]
    public async Task Vital_signs_taken_on_a_visit_become_readings_of_the_elder(TestDatabase database)
    {
        await using var day = await CareDay.On(database);
        VitalSign pressure = new(day.Wife.Id, ReadingKind.BloodPressure, "150/95"), glucose = new(day.Wife.Id, ReadingKind.Glucose, "6.5");

        _ = (await day.Record(day.Call(60, 20) with { Readings = [pressure, glucose] })).Value;
        var wrong = await day.Record(day.Call(120, 100) with { Readings = [pressure with { Text = "很高" }] });

        Assert.Equal("health.not-a-reading", wrong.Refusal?.Code);
        Assert.Single(await day.Visits());
        var readings = (await day.Village.Get<ReadingsOf>().Run(day.Wife.Id, 1, day.Volunteer, default)).Value.Rows;
        Assert.Equal(["150/95", "6.5"], readings.Select(r => r.Value));
        var beside = day.Village.As(await day.Village.With("王大姐", PersonRoles.Volunteer), Role.Volunteer);
        Assert.Equal("people.not-found", (await day.Village.Get<ReadingsOf>().Run(day.Wife.Id, 1, beside, default)).Refusal?.Code);
    }
}
