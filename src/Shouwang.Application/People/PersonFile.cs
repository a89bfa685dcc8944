using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Everything the house holds about one person, opened because the person asked for it: to be printed and handed over, or as a
/// file. The look is recorded. 本人资料</summary>
public sealed class PersonFile(Workspace work, PersonVault vault, PhotoVault photos, RemarkVault remarks)
{
    /// <summary>The register's own part, in plain text.</summary>
    public sealed record Entry(
        Id<Person> Person, string Name, Sex Sex, DateOnly? Born, string IdNumber, string Phone, HomeSpot? Home, PersonRoles Roles,
        AreaCode Area, string Household)
    {
        /// <summary>An address that holds the photo itself; null where there is none.</summary>
        public string? Photo { get; init; }
    }

    /// <param name="Entry">Who they are.</param>
    /// <param name="Register">What was learned of them, to what they agreed, who belongs to them.</param>
    /// <param name="Doings">What was done for them and by them.</param>
    /// <param name="Looks">Who looked, this look included.</param>
    public sealed record View(Entry Entry, PersonRecords Register, PersonDoings Doings, IReadOnlyList<LookLine> Looks);

    /// <summary>Opens it: for the person, for whoever keeps the register and hands it over, or for a relative with a mandate.</summary>
    /// <param name="commandId">The look's id; asked again with it, the same look shows the file again.</param>
    public async Task<Result<View>> Run(Guid commandId, Id<Person> person, Actor actor, CancellationToken ct)
    {
        var keeps = actor.May(Permission.RevealPeople, actor.Scope) && actor.May(Permission.KeepRegister, actor.Scope);
        if (person != actor.Person && !keeps && actor.Role != Role.Family) return PeopleRefusals.NotFound;
        person = await work.Read(actor, db => Successor.Of(db, person, ct));
        var command = new RevealCommand(commandId, person, SensitiveField.Everything, RevealPurpose.PersonAsked);
        var agent = person != actor.Person && !keeps;
        var opened = await work.Reveal(command, actor, db => agent ? OpenFor(db, command, ct) : Open(db, person, ct), ct);
        if (!opened.IsOk(out var file, out var refusal)) return refusal;
        return file with
        {
            Looks = await work.Read(actor, async db => await PersonTraces.Looks(db, await Successor.With(db, person, ct), ct)),
        };
    }

    /// <summary>Opens it for a relative who sees the person and holds their mandate for it; the use is written down.</summary>
    private async Task<Result<View>> OpenFor(ShouwangDb db, RevealCommand command, CancellationToken ct)
    {
        var pair = (command.Subject, db.Looking.Person);
        if (!await MandateBook.Knows(db, pair, ct)) return PeopleRefusals.NotFound;
        return await MandateBook.Use(db, pair, MandateMatters.OwnFile, (command.CommandId, work.Now), ct) is { } none
            ? none : await Open(db, command.Subject, ct);
    }

    private async Task<Result<View>> Open(ShouwangDb db, Id<Person> id, CancellationToken ct)
    {
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (person is null) return PeopleRefusals.NotFound;

        var plain = vault.Open(id, person.Secrets);
        var household = await db.Households.Where(h => h.Id == person.Household).Select(h => h.Number).FirstOrDefaultAsync(ct);
        var entry = new Entry(
            id, person.Name, person.Sex, person.BornIsKnown ? person.Born : null, plain.IdNumber?.Text ?? "", plain.Phone?.Text ?? "",
            plain.Home, person.Roles, person.Area, household ?? "")
        {
            Photo = await photos.Shown(db, id, ct),
        };
        var every = await Successor.With(db, id, ct);
        var entries = await db.People.AsNoTracking().Where(p => every.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var facts = entries.Values.SelectMany(p => p.Facts.OrderBy(f => f.Kind).ThenBy(f => f.Line)
            .Select(f => new FactRecord(f.Kind, Said(p, f), f.From, f.To, f.LearnedAt, f.ReplacedAt)));
        return new View(
            entry, await PersonTraces.Records(db, every, [.. facts], ct),
            await PersonTraces.Doings(db, every, v => v.Remarks is { } box ? remarks.Open(entries[v.Elder], v.Id, box) : "", ct), []);
    }

    private string Said(Person person, PersonFact fact)
    {
        if (fact.Sealed is null) return fact.Value;
        var text = vault.OpenFact(person, fact);
        if (fact.Kind != FactKind.Home) return text;
        var home = JsonSerializer.Deserialize<HomeSpot>(text)!;
        return string.Create(CultureInfo.InvariantCulture, $"{home.Landmark} {home.Latitude} {home.Longitude}").Trim();
    }
}
