using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Oversight;

/// <summary>Tries once more what was given up or waits for its next try. 重新投递</summary>
public sealed class RetryDelivery(Workspace work, OutboxSignal signal)
{
    public sealed record Command(Guid CommandId, Guid Message, string Reader) : ICommand;

    public sealed record Receipt(Guid Message, string Reader);

    public async Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct)
    {
        var retried = await work.Write<Receipt>(command, actor, unit => Retry(unit, command, ct), ct);
        signal.Wake();
        return retried;
    }

    private static async Task<Result<Receipt>> Retry(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var delivery = await unit.Db.Deliveries.AsNoTracking()
            .SingleOrDefaultAsync(d => d.MessageId == command.Message && d.Reader == command.Reader && d.DeliveredAt == null, ct);
        if (delivery is null) return CommonRefusals.NotFound;
        if (!unit.Actor.May(Permission.RetryOutbox, delivery.Area)) return CommonRefusals.Forbidden;

        await unit.Books.Mark(
            new() { MessageId = delivery.MessageId, Reader = delivery.Reader, Attempts = 0, LastError = delivery.LastError,
                NextTry = unit.Now }, ct);
        return new Receipt(delivery.MessageId, delivery.Reader);
    }
}
