using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.People;

/// <summary>One person's entry as the reader may see it: masked, with what holds today and since when. 人员页</summary>
public sealed class ShowPerson(Workspace work, Rulebook rulebook)
{
    /// <summary>A fact that holds today.</summary>
    public sealed record FactLine(int Line, FactKind Kind, string Value, DateOnly From, DateOnly? To, DateTimeOffset LearnedAt);

    /// <summary>That the person died or moved away.</summary>
    public sealed record DepartureLine(Id<Departure> Id, DepartureKind Kind, DateOnly Day);

    /// <summary>That another entry was found to be the same person.</summary>
    public sealed record MergeLine(Id<PersonMerge> Id, DateTimeOffset At);

    /// <param name="Age">Completed years; null where the birthday is not known.</param>
    /// <param name="HouseholdNumber">The number the village knows the household by; empty where there is none.</param>
    /// <param name="Fields">The sensitive fields the reader may look at.</param>
    /// <param name="NeedsPurpose">Whether a look must say why.</param>
    /// <param name="MayKeep">Whether the reader may change the entry.</param>
    public sealed record View(
        Id<Person> Id, string Name, Sex Sex, DateOnly? Born, int? Age, PersonRoles Roles, AreaCode Area, string Group,
        Id<Household>? Household, string HouseholdNumber, string IdMask, string PhoneMask, Risk? Risk, IReadOnlyList<FactLine> Facts,
        IReadOnlyList<SensitiveField> Fields, bool NeedsPurpose, bool MayKeep)
    {
        /// <summary>The death or move that stands; null for who still lives here.</summary>
        public DepartureLine? Departure { get; init; }

        /// <summary>Whether the reader may open the person's own file in their place today.</summary>
        public bool HoldsFileMandate { get; init; }

        /// <summary>Whether the reader may see what was measured of the person.</summary>
        public bool MaySeeReadings { get; init; }

        /// <summary>Whether the reader may report an emergency of the person: of an elder, and not of oneself.</summary>
        public bool MayReport { get; init; }

        /// <summary>Whether a photo is kept; it is shown only on purpose.</summary>
        public bool HasPhoto { get; init; }

        /// <summary>How large a photo may be, in thousands of bytes.</summary>
        public int PhotoMost { get; init; }

        /// <summary>Entries that were merged into this one, for those who keep the register.</summary>
        public IReadOnlyList<MergeLine> Merges { get; init; } = [];
    }

    public async Task<Result<View>> Run(Id<Person> id, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPeople, actor.Scope) ? await work.Read(actor, db => Show(db, id, actor, ct)) : CommonRefusals.Forbidden;

    private async Task<Result<View>> Show(ShouwangDb db, Id<Person> id, Actor actor, CancellationToken ct)
    {
        id = await Successor.Of(db, id, ct);
        var person = await db.People.SingleOrDefaultAsync(p => p.Id == id, ct);
        if (person is null) return PeopleRefusals.NotFound;

        var (today, kinds) = (work.Today, PersonSight.KindsFor(actor, id).ToHashSet());
        var number = await db.Households.Where(h => h.Id == person.Household).Select(h => h.Number).FirstOrDefaultAsync(ct);
        var facts = person.Facts.Where(f => f.Stands && f.Period.Holds(today) && kinds.Contains(f.Kind)).OrderBy(f => f.Kind)
            .Select(f => new FactLine(f.Line, f.Kind, f.Value, f.From, f.To, f.LearnedAt));
        var alarmed = await RecentAlarms.WhoHad(db, [person], rulebook, today, ct);
        var mayKeep = actor.May(Permission.KeepRegister, person.Area);
        var merges = db.PersonMerges.Where(m => mayKeep && m.Kept == id && m.UndoneAt == null).OrderBy(m => m.At);
        return new View(
            person.Id, PersonSight.NameFor(actor, person.Name), person.Sex, person.BornIsKnown ? person.Born : null,
            person.BornIsKnown ? person.AgeOn(today) : null, person.Roles, person.Area, person.Group, person.Household, number ?? "",
            person.Secrets.IdMask, person.Secrets.PhoneMask,
            person.RiskOn(today, RiskRules.Of(rulebook.At(person.Area, today)), alarmed.Count > 0),
            [.. facts], PersonSight.FieldsFor(actor), !PersonSight.HasStandingPurpose(actor, id),
            mayKeep)
        {
            HoldsFileMandate = (await MandateBook.Agents(db, id, MandateMatters.OwnFile, today, ct)).Contains(actor.Person),
            MaySeeReadings = actor.May(Permission.ViewReadings, person.Area) && (await KinView.Of(db, ct)).IsOpen(id),
            MayReport = person.Is(PersonRoles.Elder) && id != actor.Person && actor.May(Permission.AnswerIncidents, person.Area),
            PhotoMost = rulebook.At(person.Area, today).Int("people.photo-most"),
            HasPhoto = await db.Photos.AnyAsync(p => p.Person == id || db.People.Any(m => m.Id == p.Person && m.MergedInto == id), ct),
            Merges = await merges.Select(m => new MergeLine(m.Id, m.At)).ToListAsync(ct),
            Departure = await db.Departures.Where(d => d.Person == id && d.UndoneAt == null)
                .Select(d => new DepartureLine(d.Id, d.Kind, d.Day)).FirstOrDefaultAsync(ct),
        };
    }
}
