namespace Shouwang.Domain.People;

/// <summary>Sealed fields of one person: ciphertext, masks for display and keyed indexes for search. 加密字段</summary>
/// <param name="DataKey">The person's own data key, wrapped under a key outside the database.</param>
/// <param name="IdNumber">Sealed national ID number.</param>
/// <param name="IdIndex">Keyed index of the ID number.</param>
/// <param name="IdMask">The ID number with its middle hidden.</param>
/// <param name="Phone">Sealed phone number.</param>
/// <param name="PhoneIndex">Keyed index of the phone number.</param>
/// <param name="PhoneTailIndex">Keyed index of its last four digits.</param>
/// <param name="PhoneMask">The phone number with its middle hidden.</param>
/// <param name="Home">Sealed landmark and coordinates.</param>
public sealed record Secrets(
    byte[] DataKey, byte[]? IdNumber, string? IdIndex, string IdMask,
    byte[]? Phone, string? PhoneIndex, string? PhoneTailIndex, string PhoneMask, byte[]? Home)
{
    public static Secrets None { get; } = new([], null, null, "", null, null, null, "", null);
}
