using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Where a home is found: words a neighbour understands and, where known, coordinates (WGS 84, degrees). 住处</summary>
public sealed record HomeSpot(string Landmark, double? Latitude = null, double? Longitude = null);

/// <summary>The protected fields of one person in plain form; lives only as long as it is needed. 明文字段</summary>
public sealed record PlainSecrets(NationalId? IdNumber, PhoneNumber? Phone, HomeSpot? Home)
{
    /// <summary>Prints nothing of what it holds.</summary>
    public override string ToString() => nameof(PlainSecrets);
}

/// <summary>Seals and opens the protected fields of persons: each person has a data key of their own, wrapped under a master key outside
/// the database; every sealed value is bound to its column and row. 字段保险库</summary>
public sealed class PersonVault(KeyRing keys)
{
    private const string Table = "people_person";
    private const string DataKey = nameof(Secrets.DataKey);

    private bool _seals = true;

    /// <summary>The same vault for a look at what would be: it opens and finds as this one does, and seals no newcomers, of whom nothing is
    /// ever stored.</summary>
    internal PersonVault ForALook() => new(keys) { _seals = false };

    /// <summary>Seals the fields of a person under a new data key.</summary>
    public Secrets Seal(Id<Person> person, PlainSecrets plain)
    {
        using var key = NewKey(person);
        return Seal(key, plain);
    }

    /// <summary>Seals other fields under the data key the person has, so that facts sealed earlier still open.</summary>
    public Secrets Reseal(Id<Person> person, Secrets was, PlainSecrets plain)
    {
        using var key = was.DataKey.Length == 0 ? NewKey(person) : KeyOf(person, was);
        return Seal(key, plain);
    }

    /// <summary>Seals what a fact says under the person's data key, bound to the line it is first written under.</summary>
    public byte[] SealFact(Person person, int line, string text)
    {
        using var key = KeyOf(person.Id, person.Secrets);
        return SealFact(key, line, text);
    }

    /// <summary>Opens what a fact says.</summary>
    /// <exception cref="CryptographicException">It was changed or moved, or is not sealed at all.</exception>
    public string OpenFact(Person person, PersonFact fact)
    {
        if (fact.Sealed is not { } box) throw new CryptographicException("This fact is not sealed.");
        using var key = KeyOf(person.Id, person.Secrets);
        return Encoding.UTF8.GetString(key.Open(FactPlace(person.Id, fact.Origin), box));
    }

    /// <summary>Opens every field of a person.</summary>
    /// <exception cref="CryptographicException">A field was changed, moved from another row or column, or its key is missing.</exception>
    public PlainSecrets Open(Id<Person> person, Secrets secrets)
    {
        if (secrets is { IdNumber: null, Phone: null, Home: null }) return new(null, null, null);
        using var key = KeyOf(person, secrets);
        return Open(key, secrets);
    }

    /// <summary>Opens the ID number alone; null where there is none.</summary>
    public NationalId? OpenIdNumber(Id<Person> person, Secrets secrets) =>
        Open(person, secrets with { Phone = null, Home = null }).IdNumber;

    /// <summary>Opens the phone number alone; null where there is none.</summary>
    public PhoneNumber? OpenPhone(Id<Person> person, Secrets secrets) =>
        Open(person, secrets with { IdNumber = null, Home = null }).Phone;

    /// <summary>Opens the home alone; null where there is none.</summary>
    public HomeSpot? OpenHome(Id<Person> person, Secrets secrets) =>
        Open(person, secrets with { IdNumber = null, Phone = null }).Home;

    /// <summary>The data key the person has, ready for all that is to be sealed or opened in one act.</summary>
    internal PersonKey KeyOf(Id<Person> person, Secrets secrets) => PersonKey.IsUnsealed(secrets.DataKey)
        ? PersonKey.Unsealed(person)
        : new(person, secrets.DataKey, keys.Unwrap(new(Table, DataKey, person.Value), secrets.DataKey));

    /// <summary>A data key for somebody who has none yet.</summary>
    internal PersonKey NewKey(Id<Person> person)
    {
        if (!_seals) return PersonKey.Unsealed(person);
        var fresh = RandomNumberGenerator.GetBytes(SecretBox.KeyBytes);
        return new(person, keys.Wrap(new(Table, DataKey, person.Value), fresh), fresh);
    }

    internal Secrets Seal(PersonKey key, PlainSecrets plain) => new(
        key.Wrapped,
        plain.IdNumber is { } number ? key.Seal(PlaceOf(key, nameof(Secrets.IdNumber)), number.Text) : null,
        plain.IdNumber is { } indexed ? IdIndex(indexed) : null, plain.IdNumber?.Mask() ?? "",
        plain.Phone is { } phone ? key.Seal(PlaceOf(key, nameof(Secrets.Phone)), phone.Text) : null,
        plain.Phone is { } found ? PhoneIndex(found) : null, plain.Phone is { } tailed ? PhoneTailIndex(tailed.Tail) : null,
        plain.Phone?.Mask() ?? "",
        plain.Home is { } home ? key.Seal(PlaceOf(key, nameof(Secrets.Home)), JsonSerializer.Serialize(home)) : null);

    internal PlainSecrets Open(PersonKey key, Secrets secrets) => new(
        Opened(key, nameof(Secrets.IdNumber), secrets.IdNumber) is { } number ? NationalId.Of(number) : null,
        Opened(key, nameof(Secrets.Phone), secrets.Phone) is { } phone ? PhoneNumber.Of(phone) : null,
        Opened(key, nameof(Secrets.Home), secrets.Home) is { } home ? JsonSerializer.Deserialize<HomeSpot>(home) : null);

    internal byte[] SealFact(PersonKey key, int line, string text) => key.Seal(FactPlace(key.Person, line), text);

    /// <summary>The same secrets with the data key wrapped under the newest master; unchanged where it already is.</summary>
    public Secrets Rewrap(Id<Person> person, Secrets secrets)
    {
        if (secrets.DataKey.Length == 0 || !keys.IsStale(secrets.DataKey)) return secrets;
        var place = new SealedPlace(Table, DataKey, person.Value);
        return secrets with { DataKey = keys.Wrap(place, keys.Unwrap(place, secrets.DataKey)) };
    }

    /// <summary>Seals what another module writes about a person, with the person's own data key.</summary>
    internal byte[] SealNote(Id<Person> person, Secrets secrets, SealedPlace place, ReadOnlySpan<byte> note)
    {
        using var key = KeyOf(person, secrets);
        return key.Seal(place, note);
    }

    /// <summary>Opens what <see cref="SealNote"/> sealed.</summary>
    internal byte[] OpenNote(Id<Person> person, Secrets secrets, SealedPlace place, ReadOnlySpan<byte> note)
    {
        using var key = KeyOf(person, secrets);
        return key.Open(place, note);
    }

    /// <summary>The index by which a person with this ID number is found.</summary>
    public string IdIndex(NationalId id) => keys.Index("people.id-number", id.Text);

    /// <summary>The index by which persons with this phone number are found.</summary>
    public string PhoneIndex(PhoneNumber phone) => keys.Index("people.phone", phone.Text);

    /// <summary>The index by which persons are found whose phone number ends with these four digits.</summary>
    public string PhoneTailIndex(string tail) => keys.Index("people.phone-tail", tail);

    private static string? Opened(PersonKey key, string column, byte[]? box) =>
        box is null ? null : Encoding.UTF8.GetString(key.Open(PlaceOf(key, column), box));

    private static SealedPlace PlaceOf(PersonKey key, string column) => new(Table, column, key.Person.Value);

    private static SealedPlace FactPlace(Id<Person> person, int line) =>
        new("people_fact", nameof(PersonFact.Sealed), DerivedId.Of(person.Value, $"people.fact.{line}"));
}
