using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Cli.Bench;

/// <summary>A ring of relatives, each with hours to give to the next.</summary>
internal static class BenchPeople
{
    /// <summary>What each is given to begin with.</summary>
    public const int Minutes = 10_000_000;
    private static readonly AreaCode s_village = new(990101_100_204);

    public static Actor As(Person person) => new(person.Id, Role.Volunteer, person.Area, new(ReachKind.Pairs, []));

    public static async Task<IReadOnlyList<Person>> Make(IServiceProvider services, int count, TimeProvider clock, CancellationToken ct)
    {
        var vault = services.GetRequiredService<PersonVault>();
        var people = Enumerable.Range(0, count).Select(_ => New(vault, clock)).ToList();

        await services.GetRequiredService<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(Actor.System(s_village));
                unit.Db.AddRange(people);
                foreach (var (from, to) in people.Zip([.. people.Skip(1), people[0]]))
                {
                    unit.Db.Add(new Relation(Id<Relation>.New(clock), s_village, from.Id, to.Id, RelationKind.Child));
                    await Give(unit, from, clock, ct);
                }

                await unit.Save(ct);
                return new(true, true);
            },
            ct);
        return people;
    }

    /// <summary>Somebody of the village whom nobody has entered yet.</summary>
    internal static Person New(PersonVault vault, TimeProvider clock)
    {
        var person = new Person(Id<Person>.New(clock), s_village, PersonNames.Of("测试人"), Sex.Male, new DateOnly(1960, 1, 1));
        person.Play(PersonRoles.Volunteer);
        person.Seal(vault.Seal(person.Id, new(null, null, null)));
        return person;
    }

    private static async Task Give(UnitOfWork unit, Person person, TimeProvider clock, CancellationToken ct)
    {
        var (bank, own) = (AccountKey.OfOutside(Book.Hours, s_village), AccountKey.OfPerson(Book.Hours, person.Id, s_village));
        var accounts = await unit.Books.Take(ct, bank, own);
        _ = (await unit.Post(new(Id<Transaction>.New(clock), s_village, "bench.given", unit.Now), accounts[bank], accounts[own], Minutes,
            ct)).Value;
    }
}
