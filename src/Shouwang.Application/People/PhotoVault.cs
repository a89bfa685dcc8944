using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Seals photos with the person's own key, bound to their row and column, and opens them. 照片保险库</summary>
public sealed class PhotoVault(PersonVault people)
{
    public byte[] Seal(Person person, Id<PersonPhoto> photo, ReadOnlySpan<byte> file) =>
        people.SealNote(person.Id, person.Secrets, PlaceOf(photo), file);

    /// <summary>The photo of a person, under their entry or one that was merged into it, as an address that holds the picture itself: no
    /// browser can fetch it again. Null where there is none.</summary>
    internal async Task<string?> Shown(ShouwangDb db, Id<Person> person, CancellationToken ct)
    {
        var every = await Successor.With(db, person, ct);
        var photos = await db.Photos.AsNoTracking().Where(p => every.Contains(p.Person)).ToListAsync(ct);
        if (photos.OrderBy(p => p.Person != person).ThenByDescending(p => p.At).FirstOrDefault() is not { } photo) return null;
        var secrets = (await db.People.AsNoTracking().SingleAsync(p => p.Id == photo.Person, ct)).Secrets;
        var file = people.OpenNote(photo.Person, secrets, PlaceOf(photo.Id), photo.Sealed);
        return $"data:image/{(photo.Kind == PhotoKind.Jpeg ? "jpeg" : "png")};base64,{Convert.ToBase64String(file)}";
    }

    private static SealedPlace PlaceOf(Id<PersonPhoto> photo) => new("people_photo", nameof(PersonPhoto.Sealed), photo.Value);
}
