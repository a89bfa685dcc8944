using Shouwang.Application.Common;
using Shouwang.Application.Oversight;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

/// <summary>The open messages of a house: those that were given up before those that wait, each in the order of their writing. On the
/// embedded database the list is bound to its index, and is refused where the index does not serve it.</summary>
public sealed class OutboxPagesTests
{
    private const int GivenUp = Paging.Size + 3;
    private const int Waiting = Paging.Size + 11;

    [Theory, EachDatabase]
    public async Task Pages_lead_over_from_what_was_given_up_to_what_waits_and_leave_nothing_out(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await Fill(village);
        var (seen, page) = (new List<OutboxState.Line>(), 1);
        OutboxState.View view;
        do
        {
            view = (await village.Get<OutboxState>().Run(page++, village.House, default)).Value;
            seen.AddRange(view.Lines);
        }
        while (view.Lines.HasMore);

        Assert.Equal((GivenUp, 1, Waiting - 1), (view.GaveUp, view.Failed, view.Waiting));
        Assert.Equal(GivenUp + Waiting, seen.DistinctBy(l => (l.Message, l.Reader)).Count());
        Assert.Equal(GivenUp, seen.TakeWhile(l => l.GaveUpAt is not null).Count());
        Assert.Equal(3, view.Lines.Number);
        Assert.Empty((await village.Get<OutboxState>().Run(1, Actor.System(Village.Beside), default)).Value.Lines);
        Assert.Empty((await village.Get<OutboxState>().Run(9, village.House, default)).Value.Lines);
    }

    /// <summary>Given up and waiting in turns, and as many delivered ones between them.</summary>
    private static Task Fill(Village village) => village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(village.House);
            unit.Answer(Guid.NewGuid());
            var now = village.Clock.GetUtcNow();
            for (var i = 0; i < 2 * Waiting; i++)
            {
                var id = Id<OutboxMessage>.New(village.Clock).Value;
                unit.Db.Add(new OutboxMessage
                {
                    Id = id, Stream = id, Event = VisitVerified.Name, Body = "{}", Area = Village.X, At = now,
                });
                unit.Db.Add(new OutboxDelivery
                {
                    MessageId = id, Reader = "timebank.on-visit-verified", Seq = i, Stream = id, Area = Village.X, NextTry = now,
                    Attempts = i == 1 ? 2 : i % 2 == 0 && i / 2 < GivenUp ? 10 : 0,
                    GaveUpAt = i % 2 == 0 && i / 2 < GivenUp ? now : null,
                    DeliveredAt = i % 2 == 0 && i / 2 >= GivenUp ? now : null,
                });
            }

            await unit.Save(default);
            return new(true, true);
        },
        default);
}
