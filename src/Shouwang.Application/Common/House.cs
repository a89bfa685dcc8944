using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Keeping;
using Shouwang.Application.People;
using Shouwang.Application.Rules;
using Shouwang.Application.SignIn;

namespace Shouwang.Application.Common;

/// <summary>Where a house stands: its data directory or its database server, and its keys. 部署位置</summary>
/// <param name="DataDirectory">Holds the embedded database and, unless SHOUWANG_KEYS names another place, the keys.</param>
/// <param name="Connection">A PostgreSQL connection string; none for the embedded database.</param>
public sealed record HouseSite(string DataDirectory, string? Connection = null)
{
    /// <summary>Whose rules an area works by here, where they are not its own.</summary>
    public RuleAdoption? Adopts { get; init; }

    public Store OpenStore(TimeProvider clock)
    {
        // Not before something is written: a restore puts the keys in their place itself.
        var keys = new Lazy<KeyRing>(() => KeyRing.Open(DataDirectory));
        if (Connection is not null) return new PostgresStore(Connection, keys, clock);
        Directory.CreateDirectory(DataDirectory);
        return new SqliteStore(Path.Combine(DataDirectory, "shouwang.db"), keys, clock);
    }
}

/// <summary>Puts the use cases together; the one composition of the application. </summary>
public static class House
{
    /// <summary>Adds the store, the pipeline, the readers of events and every use case.</summary>
    public static IServiceCollection AddHouse(this IServiceCollection services, HouseSite site, TimeProvider clock)
    {
        services.AddSingleton(site).AddSingleton(clock);
        services.AddSingleton(_ => KeyRing.Open(site.DataDirectory));
        services.AddSingleton(_ => SealKey.Open(KeyRing.DirectoryOf(site.DataDirectory)));
        services.AddSingleton(_ => site.OpenStore(clock));
        services.AddSingleton(_ => RuleFiles.Of(Path.Combine(site.DataDirectory, "rules"), site.Adopts));
        services.AddSingleton<OutboxSignal>().AddSingleton<Dispatcher>().AddSingleton<AuditSealer>().AddSingleton<Workspace>();
        services.AddSingleton<PersonVault>().AddSingleton<PhotoVault>().AddSingleton<RosterVault>().AddSingleton<RosterDesk>();
        services.AddSingleton<Care.RemarkVault>().AddSingleton<Care.VisitWatch>().AddSingleton<Ledger.NightWatch>()
            .AddSingleton<TimeBank.HoldWatch>();
        services.AddSingleton<Care.AlarmBoard>().AddSingleton<Care.AlarmJournal>().AddSingleton<Care.AlarmRoll>()
            .AddSingleton<Care.AlarmWatch>().AddTransient<Care.WhomToCallFor>();
        services.AddSingleton<SignInRules>().AddSingleton<SignInVault>().AddSingleton<PasswordDesk>().AddSingleton<FactorDesk>()
            .AddSingleton<SignInDesk>()
            .AddSingleton<SessionBook>();
        services.AddTransient<HouseSums>().AddTransient<BackUpHouse>().AddTransient<RestoreHouse>().AddTransient<CopyHouse>();
        Subscriptions.AddReaders(services);
        foreach (var useCase in UseCases) services.AddTransient(useCase);
        return services;
    }

    /// <summary>Delivers the outbox and seals the audit log while the program runs.</summary>
    public static IServiceCollection AddBackgroundWork(this IServiceCollection services) => services.AddHostedService<BackgroundWork>()
        .AddHostedService(s => s.GetRequiredService<Care.VisitWatch>()).AddHostedService(s => s.GetRequiredService<Ledger.NightWatch>())
        .AddHostedService(s => s.GetRequiredService<TimeBank.HoldWatch>())
        .AddHostedService(s => s.GetRequiredService<Care.AlarmWatch>());

    /// <summary>Everything a person can do: the public classes that work through the workspace.</summary>
    public static IReadOnlyList<Type> UseCases { get; } =
    [
        .. typeof(House).Assembly.GetTypes().Where(t =>
            t is { IsClass: true, IsAbstract: false, IsPublic: true }
            && t.GetConstructors().SelectMany(c => c.GetParameters()).Any(p => p.ParameterType == typeof(Workspace))
            && t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Any(m => m.Name == "Run")),
    ];
}
