using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Duties;

/// <summary>Gives a duty to another helper of the village, who sees to it from now on. 移交值守</summary>
public sealed class HandOverDuty(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Duty> Duty, Id<Person> To) : ICommand;

    public sealed record Receipt(Id<Duty> Duty, Id<Person> Holder);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => HandOver(unit, command, ct), ct);

    private static async Task<Result<Receipt>> HandOver(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await DutyBook.Held(unit, command.Duty, ct)).IsOk(out var duty, out var refusal)) return refusal;
        if (!(await KnownNames.Helpers(unit.Db, duty.Area, ct)).Any(h => h.Id == command.To)) return PeopleRefusals.NotFound.On("to");
        return duty.HandOver(command.To, unit.Actor.Person, unit.Now).IsOk(out _, out refusal)
            ? new Receipt(duty.Id, duty.Holder) : refusal;
    }
}
