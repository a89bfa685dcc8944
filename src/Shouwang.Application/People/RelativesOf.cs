using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Who belongs to a person, those to call first in their order; and to whom the person belongs. 亲属与联系人</summary>
public sealed class RelativesOf(Workspace work)
{
    public sealed record Line(Id<Relation> Relation, Id<Person> Person, string Name, RelationKind Kind, int Contact, string PhoneMask);

    /// <param name="Belongs">The other side: of whom this person is the relative.</param>
    public sealed record View(Id<Person> Person, string Name, IReadOnlyList<Line> Relatives, IReadOnlyList<Line> Belongs, bool MayKeep);

    public async Task<Result<View>> Run(Id<Person> id, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPeople, actor.Scope) ? await work.Read(actor, db => Show(db, id, actor, ct)) : CommonRefusals.Forbidden;

    private static async Task<Result<View>> Show(ShouwangDb db, Id<Person> id, Actor actor, CancellationToken ct)
    {
        id = await Successor.Of(db, id, ct);
        var person = await db.People.Where(p => p.Id == id).Select(p => new { p.Name, p.Area }).SingleOrDefaultAsync(ct);
        if (person is null) return PeopleRefusals.NotFound;

        var relations = await db.Relations.Where(r => (r.Elder == id || r.Relative == id) && r.EndedOn == null).ToListAsync(ct);
        var others = relations.Select(r => r.Elder == id ? r.Relative : r.Elder).Distinct().ToArray();
        var known = await KnownNames.WithPhones(db, others, ct);

        Line LineOf(Relation r, Id<Person> other)
        {
            var (name, phone) = known.GetValueOrDefault(other, ("", ""));
            return new(r.Id, other, PersonSight.NameFor(actor, name), r.Kind, r.Contact, phone);
        }

        return new View(
            id, PersonSight.NameFor(actor, person.Name),
            [.. relations.Where(r => r.Elder == id).OrderBy(r => r.Contact == 0).ThenBy(r => r.Contact).Select(r => LineOf(r, r.Relative))],
            [.. relations.Where(r => r.Relative == id).Select(r => LineOf(r, r.Elder))], actor.May(Permission.KeepRegister, person.Area));
    }
}
