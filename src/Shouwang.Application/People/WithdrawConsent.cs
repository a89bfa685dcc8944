using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Takes a consent back: the person themselves, whoever keeps the register, or an agent with a mandate. What rested on it hears of
/// it. 撤回同意</summary>
public sealed class WithdrawConsent(Workspace work)
{
    public sealed record Command(Guid CommandId, Id<Consent> Consent) : ICommand
    {
        /// <summary>Who takes it back in the person's place; null for the person.</summary>
        public Id<Person>? OnBehalf { get; init; }
    }

    public sealed record Receipt(Id<Consent> Consent);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Withdraw(unit, command, ct), ct);

    private static async Task<Result<Receipt>> Withdraw(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var consent = await unit.Db.Consents.SingleOrDefaultAsync(c => c.Id == command.Consent, ct);
        if (consent is null) return ConsentRefusals.NotFound;
        var keeps = unit.Actor.May(Permission.KeepRegister, consent.Area);
        var self = consent.Person == unit.Actor.Person || command.OnBehalf == unit.Actor.Person;
        if (!keeps && !self) return ConsentRefusals.NotFound;
        if (command.OnBehalf is { } agent && await MandateBook.Use(
            unit, (consent.Person, agent), MandateMatters.Consents, command.CommandId, ct) is { } none) return none;

        if (!consent.Withdraw(unit.Now).IsOk(out _, out var refusal)) return refusal;
        if (consent.Purpose == ConsentPurpose.Photo) await RemovePhoto.Erase(unit.Db, consent.Person, ct);
        return new Receipt(consent.Id);
    }
}
