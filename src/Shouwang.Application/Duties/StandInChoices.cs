using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Duties;

/// <summary>Who could act for the asker while they are away. 代班人选</summary>
public sealed class StandInChoices(Workspace work)
{
    public sealed record Row(Id<Person> Person, string Name);

    public async Task<Result<List<Row>>> Run(Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.HoldDuties, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, async db =>
            (await KnownNames.Helpers(db, actor.Scope, ct)).Where(h => h.Id != actor.Person).Select(h => new Row(h.Id, h.Name)).ToList());
    }
}
