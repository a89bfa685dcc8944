using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>The one pipeline: once for each command id, durable, recorded, undone as a whole.</summary>
public sealed class PipelineTests
{
    private static readonly VisitReport s_well = new(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well);

    [Theory, EachDatabase]
    public async Task Asking_twelve_times_at_once_records_the_visit_once(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (command, actor) = await VisitOf(village);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => village.Get<RecordVisit>().Run(command, actor, default)));

        Assert.All(answers, a => Assert.Equal(45, a.Value.Minutes));
        Assert.Equal(1, await Count(village, db => db.Visits));
        Assert.Equal(1, await Count(village, db => db.Audit));
    }

    [Theory, EachDatabase]
    public async Task The_same_id_with_other_content_is_refused_and_changes_nothing(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (command, actor) = await VisitOf(village);
        _ = (await village.Get<RecordVisit>().Run(command, actor, default)).Value;

        var other = await village.Get<RecordVisit>().Run(command with { EndedAt = command.EndedAt.AddMinutes(-5) }, actor, default);

        Assert.Equal("common.id-reused", other.Refusal?.Code);
        Assert.Equal(45, await village.Get<Workspace>().Read(village.House, db => db.Visits.SumAsync(v => v.Minutes)));
    }

    [Theory, EachDatabase]
    public async Task A_refused_command_leaves_nothing_and_may_be_asked_again(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (command, actor) = await VisitOf(village);

        var early = await village.Get<RecordVisit>().Run(command with { EndedAt = command.EndedAt.AddHours(3) }, actor, default);
        Assert.Equal("care.in-the-future", early.Refusal?.Code);
        Assert.Equal(0, await Count(village, db => db.Audit));

        village.Clock.Advance(TimeSpan.FromHours(4));
        Assert.Null((await village.Get<RecordVisit>().Run(command, actor, default)).Refusal);
    }

    [Theory, EachDatabase]
    public async Task A_verified_visit_credits_the_volunteer_once_however_often_the_outbox_is_drained(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (command, actor) = await VisitOf(village);
        var cadre = village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre);
        _ = (await village.Get<RecordVisit>().Run(command, actor, default)).Value;
        _ = (await village.Get<VerifyVisit>()
            .Run(new(Id<Visit>.New(village.Clock).Value, command.Id, VerificationWay.SecondPerson), cadre, default)).Value;

        await village.Settle();
        await using (var connection = await database.Open(default))
        {
            // As after a server that was killed between the effect and the note that it was delivered.
            await using var forget = connection.CreateCommand();
            forget.CommandText = """UPDATE outbox_delivery SET "DeliveredAt" = NULL""";
            Assert.NotEqual(0, await forget.ExecuteNonQueryAsync());
        }

        // A delivery that was tried is tried again only later.
        village.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await village.Get<Dispatcher>().Drain(default));
        await village.Settle();

        var hours = (await village.Get<HoursOf>().Run(actor.Person, actor, default)).Value;
        Assert.Equal(45, hours.Balance);
        Assert.Single(hours.Lines);
        Assert.True((await village.Get<VerifyLedger>().Run(village.House, default)).Value.IsSound);
        Assert.True((await village.Get<VerifyAudit>().Run(village.House, default)).Value.IsSound);
    }

    [Theory, EachDatabase]
    public async Task Nobody_verifies_their_own_visit_and_the_attempt_is_a_security_event(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (command, actor) = await VisitOf(village);
        _ = (await village.Get<RecordVisit>().Run(command, actor, default)).Value;

        var manager = actor with { Role = Role.VillageCadre, Reach = Reach.Area };
        var verified = await village.Get<VerifyVisit>()
            .Run(new(Id<Visit>.New(village.Clock).Value, command.Id, VerificationWay.SecondPerson), manager, default);

        Assert.Equal("care.own-visit", verified.Refusal?.Code);
        Assert.Equal(1, await Count(village, db => db.SecurityEvents));
    }

    [Theory, EachDatabase]
    public async Task Eighty_gifts_at_once_from_510_minutes_let_exactly_fifty_one_through(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (li, zhang) = (await village.With("李大娘", PersonRoles.Volunteer), await village.With("张小明", PersonRoles.Volunteer));
        await village.Add(new Relation(Id<Relation>.New(village.Clock), Village.X, li.Id, zhang.Id, RelationKind.Child));
        await Give(village, li, 510);
        await Give(village, zhang, 1);

        var actor = village.As(li, Role.Volunteer);
        var gifts = await Task.WhenAll(Enumerable.Range(0, 80).Select(_ =>
            village.Get<TransferHours>().Run(new(Id<Transaction>.New(TimeProvider.System), li.Id, zhang.Id, 10), actor, default)));

        Assert.Equal(51, gifts.Count(g => g.Refusal is null));
        Assert.All(gifts.Where(g => g.Refusal is not null), g => Assert.Equal("ledger.not-enough", g.Refusal!.Code));
        var view = (await village.Get<VerifyLedger>().Run(village.House, default)).Value;
        Assert.Equal((true, 53), (view.IsSound, view.Transactions));
    }

    [Theory, EachDatabase]
    public async Task Rows_of_the_ledger_and_the_audit_log_can_be_neither_changed_nor_deleted(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var li = await village.With("李大娘", PersonRoles.Volunteer);
        await Give(village, li, 60);
        await HoldAndVoid(village, li);
        var (command, actor) = await VisitOf(village);
        _ = (await village.Get<RecordVisit>().Run(command, actor, default)).Value;
        await village.Settle();

        await using var connection = await database.Open(default);
        foreach (var table in AppendOnly.Tables.Where(t => t is not ("audit_security_event" or "seal_tile" or "audit_check" or "outbox_message")))
        {
            foreach (var sql in new[] { $"DELETE FROM {table}", $"UPDATE {table} SET {ColumnOf(table)} = {ColumnOf(table)}" })
            {
                await using var attempt = connection.CreateCommand();
                attempt.CommandText = sql;
                var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => attempt.ExecuteNonQueryAsync());
                Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory, EachDatabase]
    public async Task A_balance_changed_behind_the_houses_back_is_found(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Give(village, await village.With("李大娘", PersonRoles.Volunteer), 60);
        await using (var connection = await database.Open(default))
        {
            await using var tamper = connection.CreateCommand();
            tamper.CommandText = """UPDATE ledger_account SET "Balance" = "Balance" + 1 WHERE "Kind" = 'Person'""";
            await tamper.ExecuteNonQueryAsync();
        }

        var view = (await village.Get<VerifyLedger>().Run(village.House, default)).Value;

        Assert.Contains(view.First, f => f.What == "balance");
        Assert.Contains(view.First, f => f.What == "sum");
    }

    [Theory, EachDatabase]
    public async Task An_audit_row_that_vanished_is_found_by_the_order(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (command, actor) = await VisitOf(village);
        _ = (await village.Get<RecordVisit>().Run(command, actor, default)).Value;
        await village.Settle();
        await using (var connection = await database.Open(default))
        {
            await using var tamper = connection.CreateCommand();
            tamper.CommandText = database.Kind == DatabaseKind.Sqlite
                ? "DROP TRIGGER \"audit_entry_no_DELETE\"; DELETE FROM audit_entry"
                : "ALTER TABLE audit_entry DISABLE TRIGGER ALL; DELETE FROM audit_entry";
            await tamper.ExecuteNonQueryAsync();
        }

        var view = (await village.Get<VerifyAudit>().Run(village.House, default)).Value;

        Assert.Contains(view.First, f => f.What == "row-gone");
    }

    private static string ColumnOf(string table) => table switch
    {
        "ledger_posting" => "\"Amount\"",
        "ledger_hold_end" => "\"Outcome\"",
        "seal_link" => "\"Chain\"",
        "seal_checkpoint" => "\"Root\"",
        "audit_entry" => "\"Asked\"",
        _ => "\"Reason\"",
    };

    private static Task HoldAndVoid(Village village, Person payer) => village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(village.House);
            var (bank, own) = (AccountKey.OfOutside(Book.Hours, Village.X), AccountKey.OfPerson(Book.Hours, payer.Id, payer.Area));
            var all = await unit.Books.Take(default, bank, own);
            var slip = new HoldSlip(Id<Hold>.New(village.Clock), Village.X, "test.held", unit.Now, unit.Now.AddDays(1));
            var hold = (await unit.Reserve(slip, all[own], all[bank], 5, default)).Value;
            await unit.Books.Write(hold.Void(all[own], unit.Now).Value, null, default);
            return new(true, true);
        },
        default);

    private static async Task<(RecordVisit.Command Command, Actor Actor)> VisitOf(Village village)
    {
        var (elder, helper) = (await village.With("陈奶奶", PersonRoles.Elder, age: 84), await village.With("赵桂花", PersonRoles.Volunteer));
        await village.Pair(elder, helper);
        var start = village.Clock.GetUtcNow().AddHours(-1);
        return (new(Id<Visit>.New(village.Clock), elder.Id, helper.Id, start, start.AddMinutes(45), s_well),
            village.As(helper, Role.Volunteer, elder));
    }

    private static Task<int> Count<T>(Village village, Func<ShouwangDb, IQueryable<T>> rows) =>
        village.Get<Workspace>().Read(village.House, db => rows(db).CountAsync());

    private static Task Give(Village village, Person to, int minutes) => village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(village.House);
            var (bank, own) = (AccountKey.OfOutside(Book.Hours, Village.X), AccountKey.OfPerson(Book.Hours, to.Id, to.Area));
            var accounts = await unit.Books.Take(default, bank, own);
            _ = (await unit.Post(new(Id<Transaction>.New(village.Clock), Village.X, "test.given", unit.Now), accounts[bank],
                accounts[own], minutes, default)).Value;
            return new(true, true);
        },
        default);
}
