using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Everything ever learned of one kind about a person, the replaced lessons included. 事实沿革</summary>
public sealed class FactHistory(Workspace work)
{
    public sealed record Line(
        int Number, string Value, DateOnly From, DateOnly? To, DateTimeOffset LearnedAt, DateTimeOffset? ReplacedAt, bool IsSealed);

    public sealed record View(Id<Person> Person, string Name, FactKind Kind, IReadOnlyList<Line> Lines, bool MayKeep);

    public async Task<Result<View>> Run(Id<Person> id, FactKind kind, Actor actor, CancellationToken ct) =>
        actor.May(Permission.ViewPeople, actor.Scope)
            ? await work.Read(actor, db => Show(db, (id, kind), actor, ct)) : CommonRefusals.Forbidden;

    private static async Task<Result<View>> Show(
        ShouwangDb db, (Id<Person> Person, FactKind Kind) asked, Actor actor, CancellationToken ct)
    {
        asked.Person = await Successor.Of(db, asked.Person, ct);
        var person = await db.People.SingleOrDefaultAsync(p => p.Id == asked.Person, ct);
        if (person is null || !PersonSight.KindsFor(actor, asked.Person).Contains(asked.Kind)) return PeopleRefusals.NotFound;
        var lines = person.Facts.Where(f => f.Kind == asked.Kind)
            .OrderBy(f => f.Stands ? 0 : 1).ThenByDescending(f => f.From).ThenByDescending(f => f.LearnedAt)
            .Select(f => new Line(f.Line, f.Value, f.From, f.To, f.LearnedAt, f.ReplacedAt, f.Sealed is not null));
        return new View(
            person.Id, PersonSight.NameFor(actor, person.Name), asked.Kind, [.. lines], actor.May(Permission.KeepRegister, person.Area));
    }
}
