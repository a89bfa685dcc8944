using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>A house on a test database with a clock that stands still, and the few people a test names.</summary>
public sealed class Village : IAsyncDisposable
{
    public static readonly AreaCode X = new(990101100201);
    public static readonly AreaCode Beside = new(990101100202);

    private readonly ServiceProvider _services;

    private Village(ServiceProvider services, FakeTimeProvider clock) => (_services, Clock) = (services, clock);

    public FakeTimeProvider Clock { get; }

    public Actor House => Actor.System(X.At(AreaLevel.County));

    public DateOnly Today => Days.Of(Clock.GetUtcNow());

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static HouseSite SiteOf(TestDatabase database) =>
        new(database.Folder, database.Kind == DatabaseKind.Postgres ? database.ConnectionString : null);

    /// <param name="rules">The city by whose rules the county works; its own otherwise.</param>
    public static async Task<Village> On(TestDatabase database, string? rules = null)
    {
        var clock = new FakeTimeProvider(new(2026, 3, 16, 9, 0, 0, TimeSpan.FromHours(8)));
        var services = new ServiceCollection();
        services.AddLogging(l => l.ClearProviders());
        services.AddHouse(
            SiteOf(database) with { Adopts = rules is null ? null : new(rules, X.At(AreaLevel.County)) }, clock);
        var village = new Village(services.BuildServiceProvider(), clock);
        await village.Get<Store>().Prepare(CancellationToken.None);
        return village;
    }

    /// <summary>Someone of the village, written past the use cases.</summary>
    public async Task<Person> With(string name, PersonRoles roles, AreaCode? area = null, int age = 66)
    {
        var person = new Person(Id<Person>.New(Clock), area ?? X, PersonNames.Of(name), Sex.Female, Today.AddYears(-age));
        person.Play(roles);
        person.LiveAt("一组", null);
        person.Seal(Get<PersonVault>().Seal(person.Id, new(null, null, null)));
        await Add(person);
        return person;
    }

    /// <summary>What the village learns of somebody, through the use case.</summary>
    public async Task Learn(Person person, FactKind kind, string value, DateOnly from)
    {
        var learned = await Get<LearnFact>().Run(
            new(Id<Person>.New(Clock).Value, person.Id, new(kind, value, from)), House, CancellationToken.None);
        if (learned.Refusal is { } refusal) throw new InvalidOperationException(refusal.Code);
    }

    /// <summary>A standing pair at a point, as of a month ago.</summary>
    public async Task<Pair> Pair(Person elder, Person volunteer, Place? point = null, DateOnly? from = null, Person? understudy = null)
    {
        var pair = new Pair(Id<Pair>.New(Clock), elder.Area, elder.Id, volunteer.Id, point?.Id);
        _ = pair.Accept(from ?? Today.AddMonths(-1)).Value;
        if (understudy is not null) _ = pair.NameUnderstudy(understudy.Id).Value;
        await Add(pair);
        return pair;
    }

    public async Task Add(params Entity[] entities)
    {
        _ = await Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(House);
                unit.Answer(Guid.NewGuid());
                unit.Db.AddRange(entities.Cast<object>());
                await unit.Save(CancellationToken.None);
                return new(true, true);
            },
            CancellationToken.None);
    }

    public Actor As(Person person, Role role, params Person[] sees) =>
        new(person.Id, role, person.Area,
            Roles.ReachOf(role) == ReachKind.Area ? Reach.Area : new(Roles.ReachOf(role), [.. sees.Select(p => p.Id.Value)]));

    /// <summary>Delivers the outbox and seals the audit log.</summary>
    public async Task Settle()
    {
        await Get<Dispatcher>().Drain(CancellationToken.None);
        await Get<AuditSealer>().Seal(CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();
}
