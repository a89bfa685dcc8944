using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Puts a recorded call right by a new, linked one; the wrong one stays and counts no more. What it had earned is taken back,
/// and the new one waits for confirmation. 更正探访</summary>
public sealed class CorrectVisit(Workspace work, Rulebook rulebook, RemarkVault vault)
{
    /// <param name="Id">The new call's id.</param>
    /// <param name="Wrong">Any visit of the call to put right.</param>
    public sealed record Command(Id<Visit> Id, Id<Visit> Wrong, ToldCall Told) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    /// <param name="Incident">The emergency sheet that an urgent finding opened.</param>
    public sealed record Receipt(Id<Visit> Id, Id<Visit> Wrong, int Minutes, Id<Incident>? Incident = null);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Correct(unit, command, ct), ct);

    private async Task<Result<Receipt>> Correct(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (await unit.Db.Visits.SingleOrDefaultAsync(v => v.Id == command.Wrong, ct) is not { } named) return CareRefusals.NotFound;
        if (!unit.Actor.May(Permission.RecordVisits, named.Area)) return CommonRefusals.Forbidden;
        if (named.Volunteer != unit.Actor.Person && !unit.Actor.May(Permission.VerifyVisits, named.Area)) return CommonRefusals.Forbidden;

        var book = new CallBook(unit, rulebook, vault);
        if (await GiveWay(unit, book, named, command.Id, ct) is { } no) return no;
        var written = await book.Write(command.Id, command.Told, named.Call, ct);
        return written.IsOk(out var visits, out var refusal)
            ? new Receipt(command.Id, named.Call, visits.Sum(v => v.Minutes), book.Opened) : refusal;
    }

    /// <summary>The whole call gives way, and with it what had been credited for it.</summary>
    private async Task<Refusal?> GiveWay(UnitOfWork unit, CallBook book, Visit named, Id<Visit> to, CancellationToken ct)
    {
        var call = await unit.Db.Visits.Where(v => v.Call == named.Call).ToListAsync(ct);
        var verified = call.FindAll(v => v.State == VisitState.Verified);
        foreach (var wrong in call)
        {
            var (limits, confirms) = (book.LimitsOf(wrong.Area, Days.Of(unit.Now)), unit.Actor.May(Permission.VerifyVisits, wrong.Area));
            if (wrong.GiveWay(to, limits, unit.Now, confirms).Refusal is { } no) return no;
        }

        return await new CreditReturn(unit, rulebook).Of(verified, ct);
    }
}
