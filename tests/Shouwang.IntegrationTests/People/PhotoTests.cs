using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>A photo of a person: sealed, agreed to, shown on purpose, gone when the person says so.</summary>
public sealed class PhotoTests
{
    private static readonly byte[] s_jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 7, 7, 7];
    private static readonly byte[] s_png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 9];

    [Theory, EachDatabase]
    public async Task A_photo_is_kept_only_of_who_agreed_and_a_new_one_takes_the_place_of_the_old(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        Assert.Equal("people.photo-not-agreed", (await Put(village, cadre, elder, s_jpeg)).Refusal?.Code);
        _ = await Agree(village, cadre, elder);

        _ = (await Put(village, cadre, elder, s_jpeg)).Value;
        Assert.Equal($"data:image/jpeg;base64,{Convert.ToBase64String(s_jpeg)}", (await Look(village, cadre, elder)).Value.Text);
        _ = (await Put(village, cadre, elder, s_png)).Value;
        Assert.Equal($"data:image/png;base64,{Convert.ToBase64String(s_png)}", (await Look(village, cadre, elder)).Value.Text);
        Assert.Single(await village.Get<Workspace>().Read(village.House, db => Task.FromResult(db.Photos.ToList())));
    }

    [Theory, EachDatabase]
    public async Task Only_a_jpeg_or_a_png_of_modest_size_is_taken_whatever_it_is_called(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        _ = await Agree(village, cadre, elder);
        async Task<string?> Code(byte[] file) => (await Put(village, cadre, elder, file)).Refusal?.Code;

        Assert.Equal("people.photo-unreadable", await Code([]));
        Assert.Equal("people.photo-unreadable", await Code("<svg onload='x'/>"u8.ToArray()));
        Assert.Equal("people.photo-unreadable", await Code("GIF89a"u8.ToArray()));
        Assert.Equal("people.photo-too-large", await Code([.. s_jpeg, .. new byte[300_000]]));
        Assert.Null(await Code([.. s_jpeg, .. new byte[300_000 - s_jpeg.Length]]));
    }

    [Theory, EachDatabase]
    public async Task Each_look_at_it_is_written_down_and_its_own_helper_need_not_say_why(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var helper = await village.With("赵助人", PersonRoles.Volunteer);
        _ = await Agree(village, cadre, elder);
        _ = (await Put(village, cadre, elder, s_jpeg)).Value;

        Assert.Equal("common.purpose-needed", (await Look(village, cadre, elder, RevealPurpose.Unstated)).Refusal?.Code);
        _ = (await Look(village, village.As(helper, Role.Volunteer, elder), elder, RevealPurpose.Unstated)).Value;
        Assert.Equal("people.not-found", (await Look(village, village.As(helper, Role.Volunteer), elder)).Refusal?.Code);
        Assert.Equal("common.forbidden", (await Look(village, cadre with { Role = Role.Auditor }, elder)).Refusal?.Code);

        var look = Assert.Single((await village.Get<WhoLooked>().Run(elder.Id, 1, cadre, default)).Value.Lines);
        Assert.Equal((SensitiveField.Photo, RevealPurpose.StandingDuty), (look.Field, look.Purpose));
    }

    [Theory, EachDatabase]
    public async Task It_is_erased_by_hand_and_when_the_consent_is_taken_back_and_is_in_the_persons_own_file(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var consent = await Agree(village, cadre, elder);
        _ = (await Put(village, cadre, elder, s_jpeg)).Value;
        var file = (await village.Get<PersonFile>().Run(NewId(village), elder.Id, cadre, default)).Value;
        Assert.StartsWith("data:image/jpeg;", file.Entry.Photo, StringComparison.Ordinal);

        _ = (await village.Get<RemovePhoto>().Run(new(NewId(village), elder.Id), cadre, default)).Value;
        Assert.Equal("people.nothing-there", (await Look(village, cadre, elder)).Refusal?.Code);
        Assert.Equal("people.nothing-there",
            (await village.Get<RemovePhoto>().Run(new(NewId(village), elder.Id), cadre, default)).Refusal?.Code);

        _ = (await Put(village, cadre, elder, s_jpeg)).Value;
        _ = (await village.Get<WithdrawConsent>().Run(new(NewId(village), consent), cadre, default)).Value;
        Assert.Equal("people.nothing-there", (await Look(village, cadre, elder)).Refusal?.Code);
        Assert.Equal("people.photo-not-agreed", (await Put(village, cadre, elder, s_jpeg)).Refusal?.Code);
    }

    [Theory, EachDatabase]
    public async Task What_is_stored_is_sealed_and_does_not_open_in_another_persons_place(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var (elder, cadre) = await Two(village);
        var other = await village.With("王秀英", PersonRoles.Elder);
        _ = await Agree(village, cadre, elder);
        var file = (byte[])[.. s_jpeg, .. "a face nobody else has"u8];
        _ = (await Put(village, cadre, elder, file)).Value;
        var stored = await village.Get<Workspace>().Read(village.House, db => Task.FromResult(db.Photos.Single()));
        Assert.Equal(-1, stored.Sealed.AsSpan().IndexOf(s_jpeg));

        await village.Add(new PersonPhoto(Id<PersonPhoto>.New(village.Clock), other, PhotoKind.Jpeg, stored.Sealed, stored.At));

        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => Look(village, cadre, other));
    }

    [Theory, EachDatabase]
    public async Task The_page_takes_a_photo_shows_it_on_purpose_and_no_browser_keeps_it(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        var elder = house.NewPerson(Village.X, PersonRoles.Elder);
        await house.Add(elder, Consent.Give(Id<Consent>.New(house.Clock), elder,
            new(ConsentPurpose.Photo, ConsentMethod.Signed, null), house.Clock.GetUtcNow()).Value);
        var before = await (await house.Send(HttpMethod.Get, $"/people/{elder.Id}", cookie)).Content.ReadAsStringAsync();
        Assert.DoesNotContain("value=\"Photo\"", before, StringComparison.Ordinal);
        var form = await PageForm.Open(house, $"/people/{elder.Id}/photo", "photo", cookie);
        using var refused = await form.Send(house, [], ("Input.File", "no photo"));
        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal(200, await house.StatusOf(HttpMethod.Put, $"/api/v1/people/{elder.Id}/photos/{house.NewId()}", cookie, s_jpeg));

        var reveal = await PageForm.Open(house, $"/people/{elder.Id}", "reveal", cookie);
        using var shown = await reveal.Send(house, new() { ["Input.Field"] = "Photo", ["Input.Purpose"] = "VisitTheHome" });

        var page = await shown.Content.ReadAsStringAsync();
        Assert.Contains("<img class=\"portrait\" src=\"data:image/jpeg;base64,", page, StringComparison.Ordinal);
        Assert.True(shown.Headers.CacheControl?.NoStore);
        using var answer = await house.Send(HttpMethod.Put, $"/api/v1/people/{elder.Id}/looks/{house.NewId()}", cookie,
            new { field = "Photo", purpose = "VisitTheHome" });
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    private static async Task<Id<Consent>> Agree(Village village, Actor cadre, Person person)
    {
        var id = Id<Consent>.New(village.Clock);
        var given = new ConsentGiven(ConsentPurpose.Photo, ConsentMethod.Signed, null);
        return (await village.Get<GiveConsent>().Run(new(id, person.Id, given), cadre, default)).Value.Id;
    }

    private static async Task<Result<PutPhoto.Receipt>> Put(Village village, Actor actor, Person person, byte[] file)
    {
        village.Clock.Advance(TimeSpan.FromSeconds(1));
        var command = await PutPhoto.Read(Id<PersonPhoto>.New(village.Clock), person.Id, new MemoryStream(file), default);
        return await village.Get<PutPhoto>().Run(command, actor, default);
    }

    private static Task<Result<RevealField.View>> Look(
        Village village, Actor actor, Person person, RevealPurpose purpose = RevealPurpose.VisitTheHome) =>
        village.Get<RevealField>().Run(new(NewId(village), person.Id, SensitiveField.Photo, purpose), actor, default);

    private static async Task<(Person Elder, Actor Cadre)> Two(Village village) =>
        (await village.With("王秀英", PersonRoles.Elder), village.As(await village.With("王主任", PersonRoles.Official), Role.VillageCadre));

    private static Guid NewId(Village village) => Id<Person>.New(village.Clock).Value;
}
