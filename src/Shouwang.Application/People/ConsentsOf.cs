using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>What a person agreed to and took back, and who may act for them. 同意与代办</summary>
public sealed class ConsentsOf(Workspace work)
{
    public sealed record ConsentLine(
        Id<Consent> Id, ConsentPurpose Purpose, int TextVersion, ConsentMethod Method, string Witness, string OnBehalf,
        DateTimeOffset GivenAt, DateTimeOffset? WithdrawnAt);

    /// <param name="Until">The first day it no longer holds.</param>
    public sealed record MandateLine(
        Id<Mandate> Id, string Agent, MandateMatters Matters, DateOnly From, DateOnly Until, IReadOnlyList<UseLine> Uses);

    public sealed record UseLine(MandateMatters Matter, DateTimeOffset At);

    public sealed record View(
        Id<Person> Person, string Name, IReadOnlyList<ConsentLine> Consents, IReadOnlyList<MandateLine> Mandates, bool MayKeep)
    {
        /// <summary>Who may take a consent back in the person's place today.</summary>
        public IReadOnlyList<AgentLine> Agents { get; init; } = [];
    }

    public sealed record AgentLine(Id<Person> Person, string Name);

    public async Task<Result<View>> Run(Id<Person> id, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPeople, actor.Scope) ? await work.Read(actor, db => Show(db, id, actor, ct)) : CommonRefusals.Forbidden;

    private async Task<Result<View>> Show(ShouwangDb db, Id<Person> id, Actor actor, CancellationToken ct)
    {
        id = await Successor.Of(db, id, ct);
        var every = await Successor.With(db, id, ct);
        var person = await db.People.Where(p => p.Id == id).Select(p => new { p.Name, p.Area }).SingleOrDefaultAsync(ct);
        if (person is null) return PeopleRefusals.NotFound;
        var consents = await db.Consents.Where(c => every.Contains(c.Person)).OrderByDescending(c => c.GivenAt).ToListAsync(ct);
        var mandates = await db.Mandates.Where(m => every.Contains(m.Person)).OrderByDescending(m => m.From).ToListAsync(ct);
        var others = consents.SelectMany(c => new[] { c.Witness, c.OnBehalf }).OfType<Id<Person>>().Concat(mandates.Select(m => m.Agent));
        var agents = await MandateBook.Agents(db, id, MandateMatters.Consents, work.Today, ct);
        var names = await KnownNames.Of(db, others.Concat(agents), ct);
        var kin = await KinView.Of(db, ct);
        string NameOf(Id<Person>? other) => other is { } known ? PersonSight.NameFor(actor, names.GetValueOrDefault(known, "")) : "";

        string WitnessOf(Consent c) => c.Witness is { } there ? kin.NameOf(id, there, NameOf(there)) : "";

        return new View(
            id, PersonSight.NameFor(actor, person.Name),
            [.. consents.Select(c => new ConsentLine(
                c.Id, c.Purpose, c.TextVersion, c.Method, WitnessOf(c), NameOf(c.OnBehalf), c.GivenAt, c.WithdrawnAt))],
            [.. mandates.Select(m => new MandateLine(
                m.Id, NameOf(m.Agent), m.Matters, m.From, m.Until, [.. m.Uses.Select(u => new UseLine(u.Matter, u.At))]))],
            actor.May(Permission.KeepRegister, person.Area))
        {
            Agents = [.. agents.Select(a => new AgentLine(a, NameOf(a)))],
        };
    }
}
