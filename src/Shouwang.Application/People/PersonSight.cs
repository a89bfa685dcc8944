using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>What of a person an actor sees: an office the whole entry, a helper or a relative what they need at the door, an auditor no
/// name. 可见内容</summary>
internal static class PersonSight
{
    private static readonly FactKind[] s_atTheDoor =
        [FactKind.Living, FactKind.Absence, FactKind.Group, FactKind.Dialect, FactKind.Reading, FactKind.PhoneOwner, FactKind.Phone,
            FactKind.SecondPhone, FactKind.Home, FactKind.BedRidden, FactKind.Skills, FactKind.Availability];

    private static readonly SensitiveField[] s_helperFields =
        [SensitiveField.Phone, SensitiveField.SecondPhone, SensitiveField.Home, SensitiveField.Photo];

    private static readonly SensitiveField[] s_officeFields =
        [SensitiveField.IdNumber, .. s_helperFields, SensitiveField.Illnesses, SensitiveField.Remarks];

    private static readonly SensitiveField[] s_doctorFields = [.. s_helperFields, SensitiveField.Illnesses, SensitiveField.Remarks];

    /// <summary>The kinds of facts an actor sees of this person.</summary>
    public static IEnumerable<FactKind> KindsFor(Actor actor, Id<Person> person) =>
        actor.Reach.Kind == ReachKind.Area || actor.Person == person ? Enum.GetValues<FactKind>() : s_atTheDoor;

    /// <summary>The sensitive fields an actor may look at.</summary>
    public static IReadOnlyList<SensitiveField> FieldsFor(Actor actor) =>
        !Roles.Allows(actor.Role, Permission.RevealPeople) ? []
        : actor.Role == Role.VillageDoctor ? s_doctorFields
        : actor.Reach.Kind == ReachKind.Area ? s_officeFields : s_helperFields;

    /// <summary>Whether the purpose stands without being stated: a helper's own elders.</summary>
    public static bool HasStandingPurpose(Actor actor, Id<Person> person) => actor.Reach.Kind != ReachKind.Area && actor.Sees(person);

    /// <summary>A name as the actor may see it.</summary>
    public static string NameFor(Actor actor, string name) => actor.Role == Role.Auditor ? PersonName.Mask(name) : name;

    /// <summary>The kind of fact a field is written in; the ID number stands beside the facts.</summary>
    public static FactKind? KindOf(SensitiveField field) => field switch
    {
        SensitiveField.Phone => FactKind.Phone,
        SensitiveField.SecondPhone => FactKind.SecondPhone,
        SensitiveField.Home => FactKind.Home,
        SensitiveField.Illnesses => FactKind.Illnesses,
        SensitiveField.Remarks => FactKind.Remarks,
        _ => null,
    };
}
