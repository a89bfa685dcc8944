using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>Confirms that a visit took place; the volunteer's hours follow. 核验探访</summary>
public sealed class VerifyVisit(Workspace work)
{
    /// <param name="CommandId">The verification's id.</param>
    /// <param name="How">Who says so: the elder, a relative, a second person, a signed list.</param>
    public sealed record Command(Guid CommandId, Id<Visit> Visit, VerificationWay How) : ICommand
    {
        /// <summary>The name of whoever said so, where another writes it down.</summary>
        public string? Witness { get; init; }
    }

    public sealed record Receipt(Id<Visit> Visit, int Minutes);

    private const int LongestName = 40;

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Verify(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Verify(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var visit = await unit.Db.Visits.SingleOrDefaultAsync(v => v.Id == command.Visit, ct);
        if (visit is null) return CareRefusals.NotFound;
        if (!unit.Actor.May(Permission.VerifyVisits, visit.Area)) return CommonRefusals.Forbidden;
        var witness = string.IsNullOrWhiteSpace(command.Witness) ? null : command.Witness.Trim();
        if (witness?.Length > LongestName || (witness is null && NeedsWitness(command.How, unit.Actor))) return CareRefusals.WitnessNeeded;
        if (witness is not null && await IsOfTheVisit(unit, visit, command.How, witness, ct)) return CareRefusals.OwnRecord;
        if (SpeaksForElder(command.How, unit.Actor) && await MandateBook.Use(
            unit, (visit.Elder, unit.Actor.Person), MandateMatters.Visits, command.CommandId, ct) is { } none) return none;

        if (!visit.Verify(unit.Actor.Person, command.How, witness, unit.Now).IsOk(out _, out var refusal)) return refusal;
        return new Receipt(visit.Id, visit.Minutes);
    }

    /// <summary>A relative may say what they saw themselves; for the elder they speak only with a mandate.</summary>
    private static bool SpeaksForElder(VerificationWay how, Actor actor) => how == VerificationWay.Elder && actor.Role == Role.Family;

    /// <summary>Whether whoever went, or whoever wrote the visit down, is named as the one who saw it.</summary>
    private static async Task<bool> IsOfTheVisit(UnitOfWork unit, Visit visit, VerificationWay how, string witness, CancellationToken ct)
    {
        if (unit.Actor.Person == visit.Volunteer || how is not (VerificationWay.SecondPerson or VerificationWay.Relative)) return false;
        var names = await KnownNames.Of(unit.Db, [visit.Volunteer, visit.RecordedBy], ct);
        return names.Values.Contains(PersonNames.Normalised(witness));
    }

    /// <summary>Whoever writes down another's word says whose; a relative speaks for themselves.</summary>
    private static bool NeedsWitness(VerificationWay how, Actor actor) =>
        how is VerificationWay.Elder or VerificationWay.Relative && actor.Role != Role.Family;
}
