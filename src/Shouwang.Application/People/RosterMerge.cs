using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.People;

/// <summary>One import at work: who brings what into which village, when. 导入上下文</summary>
/// <param name="Import">The command's id, from which the ids of new records follow.</param>
internal sealed record RosterIntake(Guid Import, AreaCode Village, DateOnly Today, DateTimeOffset Now, PersonVault Vault)
{
    /// <summary>The first day on which what the roster says holds.</summary>
    public DateOnly Since { get; init; }
}

/// <summary>Brings the rows of a roster into a village's register: finds who is meant, adds or changes them, and says what changed.
/// An empty cell says nothing and takes nothing away. 花名册合并</summary>
internal sealed class RosterMerge(VillageRegister register, RosterIntake intake)
{
    private readonly HashSet<Id<Person>> _taken = [];

    public RosterChange Take(RosterRow row)
    {
        var name = PersonNames.Of(row.Name);
        var known = Find(row, name);
        if (known?.MergedInto is not null) return new(row.At, PersonName.Mask(row.Name), RosterEffect.Unchanged, false, []);
        var person = known ?? Enter(row, name);
        var unlocated = row.Home?.Latitude is not null && register.IsUnlocated(person);
        if (unlocated) row = row with { Home = new(row.Home!.Landmark) };
        _taken.Add(person.Id);

        var changes = new List<FieldChange>();
        Identity(person, row, name, changes);
        Place(person, row, changes);
        Facts(person, row, changes);
        Sealed(person, row, changes);
        Point(person, row, changes);
        Relative(person, row, changes);
        register.Know(person);

        var effect = known is null ? RosterEffect.Added : changes.Count > 0 ? RosterEffect.Changed : RosterEffect.Unchanged;
        return new(row.At, PersonName.Mask(row.Name), effect, register.Suspects(person), known is null ? [] : changes)
        {
            Unlocated = unlocated,
        };
    }

    /// <summary>The ID number decides; without one, name, birthday and household do. One person takes one row of a sheet.</summary>
    private Person? Find(RosterRow row, PersonName name)
    {
        if (row.Id is { } id && register.WithId(intake.Vault.IdIndex(id)) is { } same) return same;
        return register.Named(name.Key, row.Born).FirstOrDefault(p =>
            !_taken.Contains(p.Id) && row.Household.Length > 0 && register.NumberOf(p) == row.Household
            && (row.Id is null || p.Secrets.IdIndex is null));
    }

    private Person Enter(RosterRow row, PersonName name)
    {
        var person = new Person(New<Person>(row, "person"), intake.Village, name, row.Sex, row.Born);
        register.Enter(person);
        return person;
    }

    private void Identity(Person person, RosterRow row, PersonName name, List<FieldChange> changes)
    {
        Note(changes, "name", PersonName.Mask(person.Name), PersonName.Mask(name.Text), person.Name != name.Text);
        Note(changes, "sex", person.Sex, row.Sex);
        Note(changes, "born", person.Born.ToString("O"), row.Born.ToString("O"));
        if (person.Name != name.Text || person.Sex != row.Sex || person.Born != row.Born)
            register.ToChange(person).Correct(name, row.Sex, row.Born);

        Note(changes, "roles", person.Roles, person.Roles | row.Roles);
        if (!person.Is(row.Roles) || (person.Roles | row.Roles) != person.Roles) register.ToChange(person).Play(row.Roles);
    }

    private void Place(Person person, RosterRow row, List<FieldChange> changes)
    {
        var (group, number) = (row.Group.Length > 0 ? row.Group : person.Group, row.Household.Length > 0 ? row.Household
            : register.NumberOf(person));
        if (group == person.Group && number == register.NumberOf(person)) return;

        Note(changes, "group", person.Group, group);
        Note(changes, "household", register.NumberOf(person), number);
        if (number.Length > 0 && register.Household(number) is null)
        {
            register.Enter(new Household(New<Household>(row, "household"), intake.Village, number));
        }

        register.ToChange(person);
        if (group != person.Group) person.LearnFrom(FactKind.Group, new(group), From(person, FactKind.Group), intake.Now);
        if (number != register.NumberOf(person))
            person.LearnFrom(FactKind.Household, new(number), From(person, FactKind.Household), intake.Now);
        person.LiveAt(group, number.Length > 0 ? register.Household(number)!.Id : null);
    }

    private void Facts(Person person, RosterRow row, List<FieldChange> changes)
    {
        Learn(person, FactKind.Living, row.Living, "living", changes);
        Learn(person, FactKind.Support, row.Support, "support", changes);
        Learn(person, FactKind.Ability, row.Ability, "ability", changes);
    }

    private void Learn<T>(Person person, FactKind kind, T? stated, string field, List<FieldChange> changes) where T : struct, Enum
    {
        if (stated is not { } value || person.FactOn(kind, intake.Today) == value.ToString()) return;
        Note(changes, field, person.FactOn(kind, intake.Today) ?? "", value.ToString());
        register.ToChange(person).Learn(kind, value, From(person, kind), intake.Now);
    }

    /// <summary>The day from which something new holds: never before what it takes the place of.</summary>
    private DateOnly From(Person person, FactKind kind) =>
        person.StandingOn(kind, intake.Today) is { } known && known.From > intake.Since ? known.From : intake.Since;

    /// <summary>Whether something is another number is told by the indexes; only what changes is opened and sealed anew.</summary>
    private void Sealed(Person person, RosterRow row, List<FieldChange> changes)
    {
        var (was, vault) = (person.Secrets, intake.Vault);
        var otherId = row.Id is { } stated && vault.IdIndex(stated) != was.IdIndex;
        var otherPhone = row.Phone is { } called && vault.PhoneIndex(called) != was.PhoneIndex;
        var known = row.Home is null ? null : vault.OpenHome(person.Id, was);
        var home = HomeOf(known, row.Home);
        var otherHome = home != known;
        var isNew = was.DataKey.Length == 0;
        if (!isNew && !otherId && !otherPhone && !otherHome) return;

        using var key = isNew ? vault.NewKey(person.Id) : vault.KeyOf(person.Id, was);
        var plain = vault.Open(key, was);
        var now = new PlainSecrets(row.Id ?? plain.IdNumber, row.Phone ?? plain.Phone, otherHome ? home : plain.Home);
        register.ToChange(person).Seal(vault.Seal(key, now));
        var entry = new FactEntry(vault, intake.Now);
        if (otherPhone) entry.Learn(person, row.Phone!.Value, key);
        if (otherHome) entry.Learn(person, home!, key);
        Note(changes, "id", was.IdMask, person.Secrets.IdMask, otherId);
        Note(changes, "phone", was.PhoneMask, person.Secrets.PhoneMask, otherPhone);
        Note(changes, "home", was.Home is null ? "" : "***", "***", otherHome);
    }

    /// <summary>The home as it is known after a row: coordinates go with their landmark, and an empty cell takes nothing away.</summary>
    private static HomeSpot? HomeOf(HomeSpot? known, HomeSpot? stated)
    {
        var landmark = stated is { Landmark.Length: > 0 } ? stated.Landmark : known?.Landmark ?? "";
        if (stated?.Latitude is not null) return stated with { Landmark = landmark };
        return landmark.Length == 0 || landmark == known?.Landmark ? known : new(landmark);
    }

    private void Point(Person person, RosterRow row, List<FieldChange> changes)
    {
        if (row.Point.Length == 0) return;
        if (register.Point(row.Point) is not { } point) register.Enter(
            point = new Place(New<Place>(row, "point"), intake.Village, PlaceKind.Point, row.Point));

        foreach (var (part, plays) in new[]
        {
            (MemberPart.Elder, row.Roles.HasFlag(PersonRoles.Elder)), (MemberPart.Volunteer, row.Roles.HasFlag(PersonRoles.Volunteer)),
            (MemberPart.Leader, row.LeadsPoint),
        })
        {
            if (!plays || point.On(intake.Today, part).Contains(person.Id)) continue;
            var from = intake.Since;
            foreach (var left in register.PointsOf(person, part, intake.Today).ToList())
            {
                Note(changes, "point", left.Name, point.Name);
                if (left.Members.Last(m => m.Person == person.Id && m.Part == part).From is var came && came > from) from = came;
                register.ToChange(left).Leave(person.Id, part, from);
            }

            Note(changes, part == MemberPart.Leader ? "leader" : "point", "", point.Name, changes.TrueForAll(c => c.Field != "point"));
            register.ToChange(point).Join(person.Id, part, from);
            register.Joined(point, person.Id);
        }
    }

    private void Relative(Person person, RosterRow row, List<FieldChange> changes)
    {
        if (row.Relative is not { } stated) return;
        var name = PersonNames.Of(stated.Name);
        var index = stated.Phone is { } phone ? intake.Vault.PhoneIndex(phone) : null;
        var known = register.RelativesOf(person).Select(r => r.Relative).FirstOrDefault(r => r.NameKey == name.Key);
        if (known is not null && (index is null || known.Secrets.PhoneIndex == index)) return;

        if (known is not null)
        {
            var was = known.Secrets.PhoneMask;
            register.ToChange(known).Seal(intake.Vault.Reseal(
                known.Id, known.Secrets, intake.Vault.Open(known.Id, known.Secrets) with { Phone = stated.Phone }));
            new FactEntry(intake.Vault, intake.Now).Learn(known, stated.Phone!.Value);
            Note(changes, "relative-phone", was, known.Secrets.PhoneMask, true);
            register.Know(known);
            return;
        }

        var relative = register.Relative(index, name.Key) ?? EnterRelative(row, name, stated);
        if (!relative.Is(PersonRoles.Family)) register.ToChange(relative).Play(PersonRoles.Family);
        register.Enter(new(New<Relation>(row, "relation"), intake.Village, person.Id, relative.Id, stated.Relation), relative);
        Note(changes, "relative", "", PersonName.Mask(name.Text));
    }

    private Person EnterRelative(RosterRow row, PersonName name, RosterRelative stated)
    {
        var relative = new Person(New<Person>(row, "relative"), intake.Village, name, Sex.Unknown, default);
        relative.Seal(intake.Vault.Seal(relative.Id, new(null, stated.Phone, null)));
        register.Enter(relative);
        return relative;
    }

    private Id<T> New<T>(RosterRow row, string what) =>
        new(DerivedId.Of(intake.Import, $"people.import.{row.At.Sheet}.{row.At.Row}.{what}"));

    private static void Note(List<FieldChange> changes, string field, object before, object after, bool? changed = null)
    {
        var (was, now) = ($"{before}", $"{after}");
        if (changed ?? was != now) changes.Add(new(field, was, now));
    }
}
