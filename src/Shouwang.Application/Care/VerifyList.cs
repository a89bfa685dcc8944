using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Care;

/// <summary>Confirms the visits on a signed paper list at once; what somebody confirmed before stays as it was. 录入签名表</summary>
public sealed class VerifyList(Workspace work)
{
    /// <param name="CommandId">The save's id: saving the list again confirms nothing twice.</param>
    /// <param name="Visits">Those with a signature.</param>
    public sealed record Command(Guid CommandId, IReadOnlyList<Id<Visit>> Visits) : ICommand;

    /// <param name="Verified">Confirmed by this list.</param>
    /// <param name="Before">Confirmed by somebody before.</param>
    public sealed record Receipt(int Verified, int Before);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Verify(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Verify(UnitOfWork unit, Command command, CancellationToken ct)
    {
        Patience.Lift();
        var wanted = command.Visits.Distinct().ToArray();
        var visits = await unit.Db.Visits.Where(v => wanted.Contains(v.Id)).OrderBy(v => v.StartedAt).ThenBy(v => v.Id).ToListAsync(ct);
        if (visits.Count < wanted.Length) return CareRefusals.NotFound;

        var (verified, before) = (0, 0);
        foreach (var visit in visits)
        {
            if (!unit.Actor.May(Permission.VerifyVisits, visit.Area)) return CommonRefusals.Forbidden;
            var answer = visit.Verify(unit.Actor.Person, VerificationWay.PaperList, null, unit.Now);
            if (answer.Refusal is null) verified++;
            else if (answer.Refusal == CareRefusals.AlreadyVerified) before++;
            else return answer.Refusal;
        }

        return new Receipt(verified, before);
    }
}
