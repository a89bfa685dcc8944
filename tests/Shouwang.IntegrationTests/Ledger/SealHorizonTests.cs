using System.Data.Common;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>Where many write at once the sealer looks back as far as a row may still appear, and no further. What happens between its two
/// questions, which transactions are open and which rows are sealed, happens here on purpose.</summary>
public sealed class SealHorizonTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task The_horizon_stays_below_a_row_that_commits_while_the_sealer_asks_and_moves_on_when_it_is_sealed(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var village = await Village.On(database);
        await using var eyes = new Eyes(await database.Open(Ct), village);
        await Report(village);
        var late = await Late.Begin(village);
        await Report(village);
        await village.Settle();

        for (var i = 0; i < 4; i++) await eyes.Look();
        Assert.True(eyes.After < 2, $"Row 2 is on its way, and what is up to {eyes.After} is not looked at.");
        await eyes.Look(late.Commit);
        Assert.True(eyes.After < 2, $"Row 2 committed meanwhile, and what is up to {eyes.After} is not looked at.");
        await eyes.Look();
        Assert.True(eyes.After < 2, $"Row 2 has no seal yet, and what is up to {eyes.After} is not looked at.");

        await village.Settle();
        Assert.Equal(3, await eyes.MovesTo(3));
    }

    [Theory, EachDatabase]
    public async Task The_horizon_stays_below_a_row_that_is_begun_while_the_sealer_asks(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var village = await Village.On(database);
        await using var eyes = new Eyes(await database.Open(Ct), village);
        await Report(village);
        await village.Settle();
        await eyes.Look();
        Late? late = null;
        await eyes.Look(async () =>
        {
            // Another house on the same database seals a row with a higher number meanwhile.
            late = await Late.Begin(village);
            await Report(village);
            await village.Settle();
        });

        Assert.Equal(1, await eyes.MovesTo(1));
        await late!.Commit();
        await eyes.Look();
        Assert.Equal(1, eyes.After);
        await village.Settle();
        Assert.Equal(3, await eyes.MovesTo(3));
    }

    [Theory, EachDatabase]
    public async Task A_row_that_was_on_its_way_when_the_sealer_was_started_is_sealed(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite) return;
        await using var village = await Village.On(database);
        var late = await Late.Begin(village);
        for (var i = 0; i < 3; i++) await Report(village);
        await village.Settle();

        await late.Commit();
        using var anew = new AuditSealer(village.Get<Store>(), village.Get<KeyRing>(), village.Get<SealKey>());
        Assert.Equal(1, await anew.Seal(Ct));
    }

    private static Task Report(Village village) => village.Get<Workspace>().Report("test.seen", "Test", village.House, Ct);

    /// <summary>A command that has written a row and is not committed yet.</summary>
    private sealed class Late
    {
        private readonly TaskCompletionSource _written = new(), _over = new();
        private Task _done = Task.CompletedTask;

        public static async Task<Late> Begin(Village village)
        {
            var late = new Late();
            var happened = new SecurityEvent
            {
                Id = Id<Person>.New(village.Clock).Value, Code = "test.late", Command = "Test", Role = nameof(Role.System),
                Area = Village.X, At = village.Clock.GetUtcNow(),
            };
            late._done = village.Get<Store>().Writer.Run<bool>(
                async unit =>
                {
                    await unit.Books.Report(happened, Ct);
                    late._written.SetResult();
                    await late._over.Task;
                    return new(true, true);
                },
                Ct);
            await late._written.Task;
            return late;
        }

        public async Task Commit()
        {
            _over.SetResult();
            await _done;
        }
    }

    /// <summary>A horizon of its own, that seals nothing.</summary>
    private sealed class Eyes(DbConnection connection, Village village) : IAsyncDisposable
    {
        private readonly SealHorizon _horizon = new(manyWriters: true);
        private readonly IReadOnlyList<RowSource> _sources = RowSource.All(village.Get<KeyRing>());

        /// <summary>Up to which security event nothing is looked at any more.</summary>
        public long After => _horizon.After(SealKind.SecurityEvent);

        /// <param name="meanwhile">What happens between the two questions.</param>
        public async Task Look(Func<Task>? meanwhile = null)
        {
            var asked = 0;
            var sql = new SealSql((text, values) =>
            {
                if (meanwhile is not null && ++asked == 2) Task.Run(meanwhile).GetAwaiter().GetResult();
                return Statement(text, values);
            });
            await _horizon.Look(sql, _sources, Ct);
            if (meanwhile is not null) Assert.Equal(2, asked);
        }

        /// <summary>Looks until the horizon is as far, or has had time enough: other tests have transactions open on the same server.
        /// </summary>
        public async Task<long> MovesTo(long far)
        {
            for (var i = 0; i < 200; i++)
            {
                await Look();
                if (After >= far) break;
                await Task.Delay(50, Ct);
            }

            return After;
        }

        [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "The house's own statements.")]
        private DbCommand Statement(string text, (string Name, object Value)[] values)
        {
            var command = connection.CreateCommand();
            command.CommandText = text;
            foreach (var (name, value) in values)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            return command;
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
