using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>Reads the remarks of a visit, for a stated purpose; that look is recorded. 查看备注</summary>
public sealed class ReadRemarks(Workspace work, RemarkVault vault)
{
    /// <param name="CommandId">The look's id.</param>
    public sealed record Command(Guid CommandId, Id<Visit> Visit, RevealPurpose Purpose);

    public async Task<Result<string>> Run(Command command, Actor actor, CancellationToken ct)
    {
        var found = await work.Read(actor, db => AllVisits.In(db).SingleOrDefaultAsync(v => v.Id == command.Visit, ct));
        if (found is null) return CareRefusals.NotFound;
        if (found.Volunteer != actor.Person && !actor.May(Permission.AssignDuties, found.Area)) return CommonRefusals.Forbidden;
        var look = new RevealCommand(command.CommandId, found.Elder, SensitiveField.Remarks, command.Purpose);
        return await work.Reveal(look, actor, db => Open(db, found, ct), ct);
    }

    private async Task<Result<string>> Open(ShouwangDb db, Visit visit, CancellationToken ct)
    {
        if (visit.Remarks is not { } remarks) return CareRefusals.NoRemarks;
        return await db.People.SingleOrDefaultAsync(p => p.Id == visit.Elder, ct) is { } elder
            ? vault.Open(elder, visit.Id, remarks) : CareRefusals.NotFound;
    }
}
