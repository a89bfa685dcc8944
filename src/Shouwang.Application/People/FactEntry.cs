using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>A fact as someone states it. 所述事实</summary>
/// <param name="Value">One of the words of its kind, several with commas between, or a text; the landmark of a home.</param>
/// <param name="From">The first day it holds.</param>
/// <param name="To">The first day it no longer holds; null for "until further notice".</param>
/// <param name="Latitude">Of a home, where known.</param>
/// <param name="Longitude">Of a home, where known.</param>
public sealed record FactStated(
    FactKind Kind, string? Value, DateOnly From, DateOnly? To = null, double? Latitude = null, double? Longitude = null)
{
    public Period Period => new(From, To);
}

/// <summary>What may be written down of a person no longer, once they took their consent back: illnesses, coordinates. 撤回后停止</summary>
internal static class AgreedFacts
{
    public static async Task<Refusal?> Check(ShouwangDb db, Id<Person> person, FactStated stated, CancellationToken ct) =>
        PurposeOf(stated) is { } purpose && await ConsentBook.TakenBack(db, person, purpose, ct)
            ? ConsentRefusals.NotAgreed.On("value") : null;

    private static ConsentPurpose? PurposeOf(FactStated stated) => stated.Kind switch
    {
        FactKind.Illnesses => ConsentPurpose.Health,
        FactKind.Home when stated.Latitude is not null || stated.Longitude is not null => ConsentPurpose.Location,
        _ => null,
    };
}

/// <summary>Writes stated facts down: reads them, seals the sensitive ones, keeps the fields people are searched by in step. 记录事实</summary>
internal sealed class FactEntry(PersonVault vault, DateTimeOffset now)
{
    private const string Hidden = "***";

    public Result<PersonFact> Learn(Person person, FactStated stated) =>
        Written(person, stated, (value, period) => person.Learn(stated.Kind, value, period, now));

    public Result<PersonFact> Correct(Person person, int line, FactStated stated) =>
        Written(person, stated, (value, period) => person.Correct(line, value, period, now));

    public Result<PersonFact> Retract(Person person, int line)
    {
        var retracted = person.Retract(line, now);
        if (retracted.IsOk(out var fact, out _)) Follow(person, fact.Kind);
        return retracted;
    }

    /// <summary>A phone number that is already read, as from a roster.</summary>
    public void Learn(Person person, PhoneNumber phone)
    {
        using var key = vault.KeyOf(person.Id, person.Secrets);
        Learn(person, phone, key);
    }

    /// <summary>The same, where the person's key is ready.</summary>
    public void Learn(Person person, PhoneNumber phone, PersonKey key) =>
        person.LearnFrom(FactKind.Phone, new(phone.Mask(), vault.SealFact(key, person.NextLine, phone.Text)), Days.Of(now), now);

    /// <summary>A home that is already read, as from a roster.</summary>
    public void Learn(Person person, HomeSpot home, PersonKey key) => person.LearnFrom(
        FactKind.Home, new(Hidden, vault.SealFact(key, person.NextLine, JsonSerializer.Serialize(home))), Days.Of(now), now);

    private Result<PersonFact> Written(Person person, FactStated stated, Func<FactValue, Period, Result<PersonFact>> write)
    {
        if (!Value(person, stated).IsOk(out var value, out var refusal)) return refusal;
        var written = write(value, stated.Period);
        if (written.IsOk(out _, out _)) Follow(person, stated.Kind);
        return written;
    }

    private Result<FactValue> Value(Person person, FactStated stated)
    {
        var shape = FactShape.Of(stated.Kind);
        if (!shape.Read(stated.Value).IsOk(out var text, out var refusal)) return refusal;
        if (!shape.IsSealed) return new FactValue(text);
        if (stated.From > Days.Of(now)) return PeopleRefusals.FactAhead;
        if (!Secret(stated, text).IsOk(out var secret, out refusal)) return refusal;
        return new FactValue(secret.Mask, vault.SealFact(person, person.NextLine, secret.Text));
    }

    private static Result<(string Mask, string Text)> Secret(FactStated stated, string text)
    {
        switch (stated.Kind)
        {
            case FactKind.Phone or FactKind.SecondPhone:
                return PhoneNumber.From(text, "value").IsOk(out var phone, out var refusal) ? (phone.Mask(), phone.Text) : refusal;
            case FactKind.Home:
                if ((stated.Latitude is null) != (stated.Longitude is null)) return PeopleRefusals.HomeHalf;
                if (stated.Latitude is < -90 or > 90 || stated.Longitude is < -180 or > 180) return PeopleRefusals.HomeOutside;
                return (Hidden, JsonSerializer.Serialize(new HomeSpot(text, stated.Latitude, stated.Longitude)));
            default:
                return (Hidden, text);
        }
    }

    /// <summary>Keeps the fields beside the facts in step with what holds today.</summary>
    private void Follow(Person person, FactKind kind)
    {
        var standing = person.StandingOn(kind, Days.Of(now));
        if (kind is FactKind.Phone or FactKind.Home)
        {
            var text = standing is null ? null : vault.OpenFact(person, standing);
            var plain = vault.Open(person.Id, person.Secrets);
            plain = kind == FactKind.Phone
                ? plain with { Phone = text is null ? null : PhoneNumber.Of(text) }
                : plain with { Home = text is null ? null : JsonSerializer.Deserialize<HomeSpot>(text) };
            person.Seal(vault.Reseal(person.Id, person.Secrets, plain));
        }
        else if (kind == FactKind.Group)
        {
            person.LiveAt(standing?.Value ?? "", person.Household);
        }
    }
}
