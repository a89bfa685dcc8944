using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.People;
using Shouwang.Application.TimeBank;
using Shouwang.Cli.Bench;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;

namespace Shouwang.Chaos.Harness;

/// <summary>A small book written by the house's own use cases: visits recorded, verified and credited, gifts, refused attempts; sealed in
/// rounds, each with its checkpoint.</summary>
internal static class RealBook
{
    private const int Rounds = 3;
    private const int People = 12;

    public static async Task Write(IServiceProvider services, CancellationToken ct)
    {
        var sealer = services.GetRequiredService<AuditSealer>();
        await services.GetRequiredService<Store>().Prepare(ct);
        for (var round = 0; round < Rounds; round++)
        {
            var people = await BenchPeople.Make(services, People, TimeProvider.System, ct);
            foreach (var helper in people) await Visit(services, helper, ct);
            await services.GetRequiredService<Dispatcher>().Drain(ct);
            for (var i = 0; i < 3 * People; i++)
            {
                var (from, to) = (people[i % People], people[(i + 1) % People]);
                _ = (await services.GetRequiredService<TransferHours>().Run(
                    new(Id<Transaction>.New(TimeProvider.System), from.Id, to.Id, i + 1), BenchPeople.As(from), ct)).Value;
                if (i % 3 == 0)
                    await services.GetRequiredService<Workspace>().Report("common.forbidden", "Test", BenchPeople.As(from), ct);
            }

            await SetAside(services, people, ct);
            _ = (await services.GetRequiredService<CheckBooks>().Run(
                new(Id<BookCheck>.New(TimeProvider.System).Value), Actor.System(AreaCode.Nation), ct)).Value;
            await sealer.Seal(ct);
            await sealer.Checkpoint(ct);
        }
    }

    /// <summary>Everybody sets a minute aside for the next; every second one gets it back.</summary>
    private static async Task SetAside(IServiceProvider services, IReadOnlyList<Person> people, CancellationToken ct)
    {
        for (var i = 0; i < people.Count - 1; i++)
        {
            var keys = new[] { people[i], people[i + 1] }.Select(p => AccountKey.OfPerson(Book.Hours, p.Id, p.Area)).ToArray();
            var isGivenBack = i % 2 == 0;
            await services.GetRequiredService<Store>().Writer.Run<bool>(
                async unit =>
                {
                    var taken = await unit.Books.Take(ct, keys);
                    var slip = new HoldSlip(Id<Hold>.New(TimeProvider.System), keys[0].Area, "test.held", unit.Now, unit.Now.AddDays(1));
                    var hold = (await unit.Reserve(slip, taken[keys[0]], taken[keys[1]], 1, ct)).Value;
                    if (isGivenBack) await unit.Books.Write(hold.Void(taken[keys[0]], unit.Now).Value, null, ct);
                    return new(true, true);
                },
                ct);
        }
    }

    private static async Task Visit(IServiceProvider services, Person helper, CancellationToken ct)
    {
        var clock = TimeProvider.System;
        var (now, today) = (clock.GetUtcNow(), Days.Of(clock.GetUtcNow()));
        var elder = new Person(Id<Person>.New(clock), helper.Area, PersonNames.Of("测老人"), Sex.Female, new(1940, 1, 1));
        elder.Play(PersonRoles.Elder);
        elder.Seal(services.GetRequiredService<PersonVault>().Seal(elder.Id, new(null, null, null)));
        var pair = new Pair(Id<Pair>.New(clock), helper.Area, elder.Id, helper.Id, null);
        _ = pair.Accept(today.AddMonths(-1)).Value;
        await services.GetRequiredService<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(Actor.System(helper.Area));
                unit.Db.AddRange(elder, pair);
                await unit.Save(ct);
                return new(true, true);
            },
            ct);

        var visit = Id<Visit>.New(clock);
        var own = new Actor(helper.Id, Role.Volunteer, helper.Area, new(ReachKind.Pairs, [elder.Id.Value]));
        _ = (await services.GetRequiredService<RecordVisit>().Run(
            new(visit, elder.Id, helper.Id, now.AddMinutes(-50), now.AddMinutes(-5), s_well), own, ct)).Value;
        var county = Actor.System(helper.Area.At(AreaLevel.County));
        _ = (await services.GetRequiredService<VerifyVisit>().Run(
            new(Id<Visit>.New(clock).Value, visit, VerificationWay.SecondPerson), county, ct)).Value;
    }

    private static readonly VisitReport s_well = new(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well);
}
