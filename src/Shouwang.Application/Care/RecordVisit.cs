using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Writes down a call on an elder: when, how, what was done, how the elder was found. 记录探访</summary>
public sealed class RecordVisit(Workspace work, Rulebook rulebook)
{
    /// <param name="Id">The visit's id, made where it is recorded.</param>
    /// <param name="Volunteer">Who went; helpers can only record their own visits.</param>
    public sealed record Command(
        Id<Visit> Id, Id<Person> Elder, Id<Person> Volunteer, DateTimeOffset StartedAt, DateTimeOffset EndedAt, VisitReport Report)
            : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<Visit> Id, int Minutes);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Record(unit, command, ct), ct);

    private async Task<Result<Receipt>> Record(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var actor = unit.Actor;
        var elder = await unit.Db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == command.Elder, ct);
        if (elder is null || !elder.Is(PersonRoles.Elder)) return PeopleRefusals.NotFound.On("elder");
        if (!actor.May(Permission.RecordVisits, elder.Area)) return CommonRefusals.Forbidden;

        var volunteer = await unit.Db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == command.Volunteer, ct);
        if (volunteer is null) return PeopleRefusals.NotFound.On("volunteer");
        if (OnlyForThemselves(actor.Role) && command.Volunteer != actor.Person) return CommonRefusals.Forbidden;

        var day = Days.Of(command.StartedAt);
        var point = await unit.Db.Pairs.AsNoTracking().Where(p => p.Elder == command.Elder && p.State == PairState.Active)
            .Select(p => p.Point).FirstOrDefaultAsync(ct);
        var longest = rulebook.At(elder.Area, day).Minutes("visits.longest");
        var span = new VisitSpan(command.Elder, command.Volunteer, command.StartedAt, command.EndedAt);
        if (!Visit.Record(command.Id, elder.Area, point, span, command.Report, longest, unit.Now).IsOk(out var visit, out var refusal))
            return refusal;

        unit.Db.Add(visit);
        return new Receipt(visit.Id, visit.Minutes);
    }

    private static bool OnlyForThemselves(Role role) => role is Role.Volunteer or Role.CareWorker or Role.VillageDoctor;
}
