using System.Buffers.Binary;
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

    /// <summary>Seals the fields of a person under a new data key.</summary>
    public Secrets Seal(Id<Person> person, PlainSecrets plain)
    {
        var dataKey = RandomNumberGenerator.GetBytes(SecretBox.KeyBytes);
        return Sealed(person, keys.Wrap(new(Table, DataKey, person.Value), dataKey), dataKey, plain);
    }

    /// <summary>Seals other fields under the data key the person has, so that facts sealed earlier still open.</summary>
    public Secrets Reseal(Id<Person> person, Secrets was, PlainSecrets plain) =>
        was.DataKey.Length == 0 ? Seal(person, plain) : Sealed(person, was.DataKey, Key(person, was), plain);

    /// <summary>Seals what a fact says under the person's data key, bound to the line it is first written under.</summary>
    public byte[] SealFact(Person person, int line, string text)
    {
        var dataKey = Key(person.Id, person.Secrets);
        return SecretBox.Seal(dataKey, KeyId(dataKey), FactPlace(person.Id, line), Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Opens what a fact says.</summary>
    /// <exception cref="CryptographicException">It was changed or moved, or is not sealed at all.</exception>
    public string OpenFact(Person person, PersonFact fact) => fact.Sealed is { } box
        ? Encoding.UTF8.GetString(SecretBox.Open(Key(person.Id, person.Secrets), FactPlace(person.Id, fact.Origin), box))
        : throw new CryptographicException("This fact is not sealed.");

    /// <summary>Opens every field of a person.</summary>
    /// <exception cref="CryptographicException">A field was changed, moved from another row or column, or its key is missing.</exception>
    public PlainSecrets Open(Id<Person> person, Secrets secrets) =>
        new(OpenIdNumber(person, secrets), OpenPhone(person, secrets), OpenHome(person, secrets));

    /// <summary>Opens the ID number alone; null where there is none.</summary>
    public NationalId? OpenIdNumber(Id<Person> person, Secrets secrets) =>
        Opened(person, secrets, nameof(Secrets.IdNumber), secrets.IdNumber) is { } text ? NationalId.Of(text) : null;

    /// <summary>Opens the phone number alone; null where there is none.</summary>
    public PhoneNumber? OpenPhone(Id<Person> person, Secrets secrets) =>
        Opened(person, secrets, nameof(Secrets.Phone), secrets.Phone) is { } text ? PhoneNumber.Of(text) : null;

    /// <summary>Opens the home alone; null where there is none.</summary>
    public HomeSpot? OpenHome(Id<Person> person, Secrets secrets) =>
        Opened(person, secrets, nameof(Secrets.Home), secrets.Home) is { } text ? JsonSerializer.Deserialize<HomeSpot>(text) : null;

    /// <summary>The same secrets with the data key wrapped under the newest master; unchanged where it already is.</summary>
    public Secrets Rewrap(Id<Person> person, Secrets secrets)
    {
        if (secrets.DataKey.Length == 0 || !keys.IsStale(secrets.DataKey)) return secrets;
        var place = new SealedPlace(Table, DataKey, person.Value);
        return secrets with { DataKey = keys.Wrap(place, keys.Unwrap(place, secrets.DataKey)) };
    }

    /// <summary>The index by which a person with this ID number is found.</summary>
    public string IdIndex(NationalId id) => keys.Index("people.id-number", id.Text);

    /// <summary>The index by which persons with this phone number are found.</summary>
    public string PhoneIndex(PhoneNumber phone) => keys.Index("people.phone", phone.Text);

    /// <summary>The index by which persons are found whose phone number ends with these four digits.</summary>
    public string PhoneTailIndex(string tail) => keys.Index("people.phone-tail", tail);

    private string? Opened(Id<Person> person, Secrets secrets, string column, byte[]? box)
    {
        if (box is null) return null;
        var dataKey = Key(person, secrets);
        if (SecretBox.KeyIdOf(box) != KeyId(dataKey)) throw new CryptographicException("A sealed field belongs to another data key.");
        return Encoding.UTF8.GetString(SecretBox.Open(dataKey, new(Table, column, person.Value), box));
    }

    private Secrets Sealed(Id<Person> person, byte[] wrapped, byte[] dataKey, PlainSecrets plain)
    {
        var id = KeyId(dataKey);
        return new(
            wrapped,
            Closed(nameof(Secrets.IdNumber), plain.IdNumber?.Text), plain.IdNumber is { } number ? IdIndex(number) : null,
            plain.IdNumber?.Mask() ?? "",
            Closed(nameof(Secrets.Phone), plain.Phone?.Text), plain.Phone is { } phone ? PhoneIndex(phone) : null,
            plain.Phone is { } tailed ? PhoneTailIndex(tailed.Tail) : null, plain.Phone?.Mask() ?? "",
            Closed(nameof(Secrets.Home), plain.Home is null ? null : JsonSerializer.Serialize(plain.Home)));

        byte[]? Closed(string column, string? text) =>
            text is null ? null : SecretBox.Seal(dataKey, id, new(Table, column, person.Value), Encoding.UTF8.GetBytes(text));
    }

    private byte[] Key(Id<Person> person, Secrets secrets) => keys.Unwrap(new(Table, DataKey, person.Value), secrets.DataKey);

    private static SealedPlace FactPlace(Id<Person> person, int line) =>
        new("people_fact", nameof(PersonFact.Sealed), DerivedId.Of(person.Value, $"people.fact.{line}"));

    private static uint KeyId(byte[] dataKey) => BinaryPrimitives.ReadUInt32BigEndian(HMACSHA256.HashData(dataKey, "shouwang data key"u8));
}
