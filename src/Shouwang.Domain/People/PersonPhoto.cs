using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>What a photo's file is, as its first bytes say. 照片格式</summary>
public enum PhotoKind { Jpeg = 1, Png = 2 }

/// <summary>A photo by which a helper knows a person at the door; sealed, and kept only while the person agrees to it. 照片</summary>
public sealed class PersonPhoto : Entity
{
    private static readonly byte[] s_jpeg = [0xFF, 0xD8, 0xFF];
    private static readonly byte[] s_png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private PersonPhoto() { }

    /// <param name="box">The file, sealed by the vault.</param>
    public PersonPhoto(Id<PersonPhoto> id, Person person, PhotoKind kind, byte[] box, DateTimeOffset at) =>
        (Id, Area, Person, Kind, Sealed, At) = (id, person.Area, person.Id, kind, box, at);

    public Id<PersonPhoto> Id { get; private init; }

    public Id<Person> Person { get; private init; }

    public PhotoKind Kind { get; private init; }

    public byte[] Sealed { get; private init; } = [];

    public DateTimeOffset At { get; private init; }

    /// <summary>What a file is by its own first bytes, whatever it is called: a JPEG or a PNG of modest size, nothing else.</summary>
    /// <param name="most">How large it may be, in thousands of bytes: a page that shows it must load on a village's line.</param>
    public static Result<PhotoKind> KindOf(ReadOnlySpan<byte> file, int most)
    {
        if (file.Length > most * 1000) return PhotoRefusals.TooLarge.With("kilobytes", most);
        if (file.StartsWith(s_jpeg)) return PhotoKind.Jpeg;
        return file.StartsWith(s_png) ? PhotoKind.Png : PhotoRefusals.NotAPhoto;
    }
}

/// <summary>What photos say no with.</summary>
public static class PhotoRefusals
{
    /// <summary>No file came, or one that is neither a JPEG nor a PNG.</summary>
    public static readonly Refusal NotAPhoto = new("people.photo-unreadable", RefusalKind.Invalid, "photo");

    public static readonly Refusal TooLarge = new("people.photo-too-large", RefusalKind.Invalid, "photo");

    /// <summary>The person has not agreed to photos, or no longer does.</summary>
    public static readonly Refusal NotAgreed = new("people.photo-not-agreed", RefusalKind.Conflict, "photo");
}
