using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.People;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Cli.Bench;

/// <summary>A made-up county at work, written past the use cases: fours of three elders and one who visits two of them, with pairs, visits,
/// duties, accounts, hours and the traces all this leaves. 测速用县</summary>
internal sealed class BenchCounty(IServiceProvider services, TimeProvider clock)
{
    /// <summary>People in a four.</summary>
    public const int Four = 4;

    private const int Batch = 500;

    /// <summary>Names follow from the number's last digits; so far apart, what somebody is does not follow from their name.</summary>
    private const int Apart = 25_013;
    private const string Reader = "timebank.on-visit-verified";
    private const int Villages = 500;
    private static readonly VisitLimits s_limits = new(600, ServiceItems.Visit | ServiceItems.Meals, 30);
    private readonly PersonVault _vault = services.GetRequiredService<PersonVault>();
    private readonly DateTimeOffset _now = clock.GetUtcNow();

    public static AreaCode County { get; } = new(990101_000_000);

    /// <summary>The time.</summary>
    public TimeProvider Clock => clock;

    /// <summary>A point of the village with a page of its elders, or as many as it has.</summary>
    public Id<Place> Point { get; private set; }

    /// <summary>Somebody whose entry was looked at often.</summary>
    public Id<Person> Watched { get; private set; }

    /// <summary>A village in the middle of the county; in a small house, the only one.</summary>
    public static AreaCode Village { get; } = VillageOf(0);

    /// <summary>Writes so many fours; what a village has only a few of comes with every <paramref name="rare"/>th.</summary>
    public async Task Fill(int fours, int villages, int rare, CancellationToken ct)
    {
        var elders = new List<Person>();
        for (var at = 0; at < fours; at += Batch)
        {
            var some = Enumerable.Range(at, Math.Min(Batch, fours - at))
                .Select(q => new Turn(q, VillageOf(q % villages), q % rare == 0)).ToList();
            await Write(some.SelectMany(Made), async unit =>
            {
                foreach (var turn in some) await Traces(unit, turn, ct);
            }, ct);
            elders.AddRange(some.Where(turn => turn.Village == Village).Select(turn => turn.Elder).Take(Paging.Size - elders.Count));
        }

        var point = new Place(Id<Place>.New(clock), Village, PlaceKind.Point, "一号互助点");
        foreach (var elder in elders) point.Join(elder.Id, MemberPart.Elder, Days.Of(_now).AddMonths(-3));
        Point = point.Id;
        await Write([point], unit =>
        {
            unit.Db.Add(Area.Enter(Village, "一号村", new(2020, 1, 1)).Value);
            return Task.CompletedTask;
        }, ct);
    }

    private Task Write(IEnumerable<Entity> made, Func<UnitOfWork, Task> also, CancellationToken ct) =>
        services.GetRequiredService<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(Actor.System(County));
                unit.Answer(Id<Pair>.New(clock).Value);
                await unit.Enter(made.OrderBy(e => e.GetType().Name, StringComparer.Ordinal), (_, _) => { }, ct);
                await also(unit);
                await unit.Db.SaveChangesAsync(ct);
                return new(true, true);
            },
            ct);

    /// <param name="Number">Which four.</param>
    /// <param name="IsRare">Whether it has what a village has only a few of.</param>
    private sealed record Turn(int Number, AreaCode Village, bool IsRare)
    {
        public Person Helper { get; set; } = null!;

        public Person Elder { get; set; } = null!;
    }

    private static AreaCode VillageOf(int n) => new(County.Value + ((100 + (n / 25)) * 1000) + 201 + (n % 25));

    private IEnumerable<Entity> Made(Turn turn)
    {
        var people = Enumerable.Range(0, Four).Select(i =>
            PeopleListBench.Someone(turn.Number + (i * Apart), turn.Village, _vault, clock)).ToList();
        (turn.Elder, turn.Helper) = (people[0], people[3]);
        turn.Helper.Play(PersonRoles.Volunteer);
        if (Watched == default) Watched = turn.Elder.Id;
        return [.. people, .. Bonds(turn, people), .. turn.IsRare ? Rare(turn) : []];
    }

    /// <summary>Pairs, visits, an open and a finished duty, an account, and who looked.</summary>
    private IEnumerable<Entity> Bonds(Turn turn, List<Person> people)
    {
        var (village, helper) = (turn.Village, turn.Helper.Id);
        foreach (var elder in people.Take(2))
        {
            var pair = new Pair(Id<Pair>.New(clock), village, elder.Id, helper, null);
            _ = pair.Accept(Days.Of(_now).AddMonths(-2)).Value;
            yield return pair;
        }

        yield return new PairingGap(people[2].Id, village, "all-full");
        yield return VisitTo(people[0], turn, daysAgo: 1 + (turn.Number % 20), isVerified: false);
        yield return VisitTo(people[0], turn, daysAgo: 30, isVerified: true);
        yield return VisitTo(people[1], turn, daysAgo: 3, isVerified: true);
        var done = DutyAbout(people[1], turn);
        _ = done.Finish(helper, _now).Value;
        yield return done;
        yield return new Post(Id<Post>.New(clock), helper, Role.Volunteer, new(village, null), Days.Of(_now).AddYears(-1));
        yield return new SensitiveLook(Id<SensitiveLook>.New(clock), village, turn.IsRare ? Watched : people[1].Id, helper, _now)
        {
            Field = SensitiveField.Phone, Purpose = RevealPurpose.VisitTheHome, Role = nameof(Role.Volunteer),
        };
    }

    /// <summary>A point with its people, an open duty, an emergency, an objection to hours, a closed month, an import.</summary>
    private IEnumerable<Entity> Rare(Turn turn)
    {
        var (village, elder, helper, today) = (turn.Village, turn.Elder, turn.Helper, Days.Of(_now));
        var point = new Place(Id<Place>.New(clock), village, PlaceKind.Point, $"{turn.Number}号互助点");
        point.Join(elder.Id, MemberPart.Elder, today.AddMonths(-3));
        point.Join(helper.Id, MemberPart.Volunteer, today.AddMonths(-3));
        yield return point;
        yield return DutyAbout(elder, turn);
        yield return Incident.Open(Id<Incident>.New(clock), village, elder.Id, null, new(helper.Id, _now));
        var earned = VisitTo(elder, turn, daysAgo: 40, isVerified: true);
        var earning = new Earning(earned.Id.Value, helper.Id, earned.Day, earned.Minutes);
        var credit = VisitCredit.Of(village, earning, [100], new(480, 0, 60_000, 0), "bench", _now);
        yield return earned;
        yield return credit;
        yield return new HoursDispute(Id<HoursDispute>.New(clock), credit, DisputeReason.MinutesWrong, _now);
        var last = new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        var month = MonthClose.Of(Id<MonthClose>.New(clock), village, point.Id, last);
        _ = month.Submit([1, 2, 3], "bench", "bench", helper.Id, _now).Value;
        yield return month;
        var (gale, told) = (new Weather(WeatherKind.Gale, WarningLevel.Orange, today, today), new Told(helper.Id, _now));
        var warning = WeatherWarning.Declare(Id<WeatherWarning>.New(clock), village, gale, told, longest: 1).Value;
        _ = warning.End(told).Value;
        yield return warning;
        yield return new RosterImport(Id<RosterImport>.New(clock), village, new(100, 100, 0, 0, 0, 0), helper.Id, _now);
    }

    /// <summary>What cannot be changed afterwards: the account, the logs, the outbox, hours set aside and a reversal asked for.</summary>
    private async Task Traces(UnitOfWork unit, Turn turn, CancellationToken ct)
    {
        var account = new SignInAccount(DerivedId.Of(turn.Helper.Id.Value, "account"), turn.Helper.Id, turn.Village);
        account.NameAs(services.GetRequiredService<SignInVault>().SealName(account.Id, $"BENCH{turn.Number}"));
        unit.Db.Add(account);
        for (var i = 0; i < Four; i++) await Record(unit, turn, "Care.RecordVisit", "{}", ct);
        await unit.Books.Report(
            new()
            {
                Id = Id<SecurityEvent>.New(clock).Value, Code = "common.forbidden", Command = "Care.RecordVisit",
                Actor = turn.Helper.Id.Value, Role = nameof(Role.Volunteer), Area = turn.Village, At = _now,
            },
            ct);
        var message = new OutboxMessage
        {
            Id = Id<OutboxMessage>.New(clock).Value, Stream = turn.Helper.Id.Value, Event = VisitVerified.Name, Body = "{}",
            Area = turn.Village, At = _now,
        };
        await unit.Books.Send(message, [Reader], ct);
        if (turn.IsRare) await Hours(unit, turn, ct);
        else await unit.Books.Mark(new() { MessageId = message.Id, Reader = Reader, Attempts = 1, NextTry = _now, DeliveredAt = _now }, ct);
    }

    /// <summary>Hours that were given by mistake, so that a reversal is asked for, and hours set aside.</summary>
    private async Task Hours(UnitOfWork unit, Turn turn, CancellationToken ct)
    {
        var (bank, from, to) = (AccountKey.OfOutside(Book.Hours, turn.Village),
            AccountKey.OfPerson(Book.Hours, turn.Helper.Id, turn.Village), AccountKey.OfPerson(Book.Hours, turn.Elder.Id, turn.Village));
        var accounts = await unit.Books.Take(ct, bank, from, to);
        var slip = new Slip(Id<Transaction>.New(clock), turn.Village, "bench.given", _now);
        _ = (await unit.Post(slip, accounts[bank], accounts[from], 600, ct)).Value;
        var aside = new HoldSlip(Id<Hold>.New(clock), turn.Village, "bench.reserved", _now, _now.AddDays(7));
        _ = (await unit.Reserve(aside, accounts[from], accounts[to], 60, ct)).Value;
        var asked = new ReverseTransaction.Receipt(Id<Transaction>.New(clock), slip.Id, ReversalReason.WrongAmount, Done: false);
        var answered = JsonSerializer.Serialize(asked, HouseJson.Options);
        await Record(unit, turn, AuditRows.NameOf<ReverseTransaction.Command>(), answered, ct);
    }

    /// <summary>One row of the audit log. The books would take one a transaction only.</summary>
    private Task Record(UnitOfWork unit, Turn turn, string command, string answered, CancellationToken ct) => unit.Books.Execute(
        """
        INSERT INTO audit_entry ("CommandId", "Command", "Asked", "Answered", "Actor", "Role", "Area", "At", "Announced", "RowHash")
        VALUES (@id, @command, '', @answered, @actor, 'Volunteer', @area, @at, 0, '')
        """,
        ct,
        ("id", Id<AuditEntry>.New(clock).Value), ("command", command), ("answered", answered), ("actor", turn.Helper.Id.Value),
        ("area", turn.Village.Value), ("at", _now.UtcDateTime));

    private Duty DutyAbout(Person elder, Turn turn) => Duty.Open(
        Id<Duty>.New(clock), turn.Village, new(DutyKind.OverdueVisit, elder.Id),
        new(DutyRung.Pair, turn.Helper.Id, _now.AddHours(turn.Number % 48)), _now);

    private Visit VisitTo(Person elder, Turn turn, int daysAgo, bool isVerified)
    {
        var (start, id) = (_now.AddDays(-daysAgo).AddMinutes(-(turn.Number % 300)), Id<Visit>.New(clock));
        var call = new Call(turn.Helper.Id, [elder.Id], start, start.AddMinutes(30));
        var visit = Visit.Record(
            new(id, turn.Helper.Id, _now, _ => id), call, new(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well),
            new Dictionary<Id<Person>, Seat> { [elder.Id] = new(turn.Village, null) }, s_limits).Value[0];
        if (isVerified) _ = visit.Verify(elder.Id, VerificationWay.Elder, null, _now).Value;
        return visit;
    }
}
