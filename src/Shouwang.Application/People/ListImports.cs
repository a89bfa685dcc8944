using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>The imports of an area, the latest first. 导入记录</summary>
public sealed class ListImports(Workspace work)
{
    public sealed record Row(Id<RosterImport> Id, AreaCode Village, DateTimeOffset At, RosterCounts Counts, DateTimeOffset? UndoneAt);

    /// <param name="page">Counted from 1.</param>
    public async Task<Result<Paged<Row>>> Run(Slice page, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ImportPeople, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => db.RosterImports.OrderByDescending(i => i.At).ThenByDescending(i => i.Id)
            .Select(i => new Row(i.Id, i.Area, i.At, i.Counts, i.UndoneAt)).PageAt(page, ct));
    }
}
