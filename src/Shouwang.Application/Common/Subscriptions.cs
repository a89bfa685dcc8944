using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.Common;

/// <summary>Who in the house reads which event. 订阅</summary>
/// <remarks>Names are written down, never taken from types: types get renamed, stored messages do not.</remarks>
internal static class Subscriptions
{
    private static readonly Subscription[] s_all =
    [
        Subscription.For<VisitVerified, OnVisitVerified>(VisitVerified.Name, "timebank.on-visit-verified"),
        Subscription.For<HoursDisputed, Duties.OnHoursDisputed>(HoursDisputed.Name, "duties.on-hours-disputed"),
        Subscription.For<HoursAnswered, Duties.OnHoursAnswered>(HoursAnswered.Name, "duties.on-hours-answered"),
        Subscription.For<PersonDeparted, Places.OnPersonDeparted>(PersonDeparted.Name, "places.on-person-departed"),
        Subscription.For<DepartureUndone, Places.OnDepartureUndone>(DepartureUndone.Name, "places.on-departure-undone"),
        Subscription.For<PersonDeparted, Pairing.OnPersonDeparted>(PersonDeparted.Name, "pairing.on-person-departed"),
        Subscription.For<DepartureUndone, Pairing.OnDepartureUndone>(DepartureUndone.Name, "pairing.on-departure-undone"),
        Subscription.For<PersonDeparted, SignIn.OnPersonDeparted>(PersonDeparted.Name, "signin.on-person-departed"),
    ];

    private static readonly Dictionary<string, Subscription> s_byReader = s_all.ToDictionary(s => s.Reader);

    public static IEnumerable<string> ReadersOf(string wireName) => s_all.Where(s => s.Event == wireName).Select(s => s.Reader);

    public static Subscription Named(string reader) =>
        s_byReader.GetValueOrDefault(reader) ?? throw new InvalidOperationException($"No reader is called {reader}.");

    public static void AddReaders(IServiceCollection services)
    {
        foreach (var subscription in s_all) services.AddTransient(subscription.Type);
    }
}

/// <summary>What a reader of an event does: an ordinary use case, run by the house, safe to run again. 事件处理</summary>
public abstract class Reaction<TEvent> where TEvent : IDomainEvent
{
    /// <param name="happened">The event.</param>
    /// <param name="delivery">The command id of this delivery: the same however often it is tried.</param>
    /// <param name="area">Where it happened.</param>
    public abstract Task<Refusal?> Run(TEvent happened, Guid delivery, AreaCode area, CancellationToken ct);
}

/// <summary>One event, one reader. </summary>
internal sealed record Subscription(
    string Event, string Reader, Type Type, Func<IServiceProvider, OutboxMessage, Guid, CancellationToken, Task<Refusal?>> Deliver)
{
    public static Subscription For<TEvent, TReaction>(string wireName, string reader)
        where TEvent : IDomainEvent where TReaction : Reaction<TEvent> =>
        new(wireName, reader, typeof(TReaction), (services, message, delivery, ct) =>
        {
            var happened = JsonSerializer.Deserialize<TEvent>(message.Body, HouseJson.Options)!;
            return services.GetRequiredService<TReaction>().Run(happened, delivery, message.Area, ct);
        });
}
