using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>Photos of people who agreed to them.</summary>
internal sealed partial record Recipe
{
    private static readonly byte[] s_photo = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    private static IReadOnlyDictionary<string, Recipe> OfPhotos() => new Dictionary<string, Recipe>
    {
        ["PutPhoto"] = new(async (w, r, p) => new($"/api/v1/people/{(await Agreed(w, r, p)).Id}/photos/{w.House.NewId()}", s_photo)),
        ["RemovePhoto"] = new(NewPhoto),
        ["/people/{Person}/photo"] = Of((_, person) => new($"/people/{person}/photo")),
    };

    private static async Task<Person> Agreed(World world, Role role, Position position)
    {
        var (house, person) = (world.House, world.Subject(role, position).Person);
        var given = new ConsentGiven(ConsentPurpose.Photo, ConsentMethod.Signed, null);
        await house.Add(Consent.Give(Id<Consent>.New(house.Clock), person, given, house.Clock.GetUtcNow()).Value);
        return person;
    }

    private static async Task<Asked> NewPhoto(World world, Role role, Position position)
    {
        var (house, person) = (world.House, world.Subject(role, position).Person);
        var id = Id<PersonPhoto>.New(house.Clock);
        var box = house.Get<PhotoVault>().Seal(person, id, s_photo);
        await house.Add(new PersonPhoto(id, person, PhotoKind.Jpeg, box, house.Clock.GetUtcNow()));
        return new($"/api/v1/people/{person.Id}/photo-removals/{house.NewId()}");
    }
}
