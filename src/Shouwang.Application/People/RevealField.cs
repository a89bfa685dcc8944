using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Shows one sensitive field of a person for a stated purpose, and writes down who looked. 查看敏感信息</summary>
public sealed class RevealField(Workspace work, PersonVault vault, PhotoVault photos)
{
    /// <summary>What the field says; never stored.</summary>
    /// <param name="Text">The number, the landmark, the remark, the words of the illnesses with commas between, or an
    /// address that holds the photo itself.</param>
    public sealed record View(SensitiveField Field, string Text, double? Latitude = null, double? Longitude = null);

    public async Task<Result<View>> Run(RevealCommand command, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.RevealPeople, actor.Scope)) return CommonRefusals.Forbidden;
        var stands = command.Purpose == RevealPurpose.Unstated && PersonSight.HasStandingPurpose(actor, command.Subject);
        var asked = stands ? command with { Purpose = RevealPurpose.StandingDuty } : command;
        return await work.Reveal(asked, actor, db => Open(db, asked, actor, ct), ct);
    }

    private async Task<Result<View>> Open(ShouwangDb db, RevealCommand command, Actor actor, CancellationToken ct)
    {
        var person = await db.People.SingleOrDefaultAsync(p => p.Id == command.Subject, ct);
        if (person is null) return PeopleRefusals.NotFound;
        if (!PersonSight.FieldsFor(actor).Contains(command.Field)) return CommonRefusals.Forbidden;
        if (await IsUnshared(db, command, actor, ct)) return ConsentRefusals.NotAgreed;
        if (command.Field == SensitiveField.Photo)
            return await photos.Shown(db, person.Id, ct) is { } photo ? new View(command.Field, photo) : PeopleRefusals.NothingThere;
        if (command.Field is SensitiveField.IdNumber or SensitiveField.Phone) return Beside(person, command.Field);
        if (command.Field == SensitiveField.Home)
        {
            return Beside(person, command.Field).IsOk(out var home, out var nothing)
                ? await ConsentBook.TakenBack(db, person.Id, ConsentPurpose.Location, ct)
                    ? home with { Latitude = null, Longitude = null } : home
                : nothing;
        }

        var fact = person.StandingOn(PersonSight.KindOf(command.Field)!.Value, work.Today);
        return fact is null ? PeopleRefusals.NothingThere : new View(command.Field, vault.OpenFact(person, fact));
    }

    /// <summary>Above the village, nobody looks at whoever took their consent to sharing back, except in an emergency.</summary>
    private static async Task<bool> IsUnshared(ShouwangDb db, RevealCommand command, Actor actor, CancellationToken ct) =>
        actor.Scope.Level < AreaLevel.Village && !actor.IsSystem && command.Purpose != RevealPurpose.Emergency
        && await ConsentBook.TakenBack(db, command.Subject, ConsentPurpose.Sharing, ct);

    private Result<View> Beside(Person person, SensitiveField field)
    {
        var plain = vault.Open(person.Id, person.Secrets);
        return field switch
        {
            SensitiveField.IdNumber when plain.IdNumber is { } number => new View(field, number.Text),
            SensitiveField.Phone when plain.Phone is { } phone => new View(field, phone.Text),
            SensitiveField.Home when plain.Home is { } home => new View(field, home.Landmark, home.Latitude, home.Longitude),
            _ => PeopleRefusals.NothingThere,
        };
    }
}
