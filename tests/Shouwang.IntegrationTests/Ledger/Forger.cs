using System.Data.Common;
using System.Globalization;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.IntegrationTests.Ledger;

/// <summary>Someone who has the database and the house's own keys: what they falsify carries true marks, true hashes and true signatures,
/// so that nothing but the check that is meant can see it. Each falsification is undone afterwards.</summary>
internal sealed class Forger(DbConnection connection, Village village) : IAsyncDisposable
{
    private readonly KeyRing _keys = village.Get<KeyRing>();
    private readonly SealKey _key = village.Get<SealKey>();
    private DbTransaction? _transaction;

    /// <summary>The books as they stand in the middle of it.</summary>
    public SealSql View => SealSql.On(connection, _transaction);

    public DateTimeOffset Now => village.Clock.GetUtcNow();

    /// <summary>What the verifications of ledger and audit log find as it stands.</summary>
    public async Task<List<Finding>> Findings() =>
    [
        .. (await village.Get<VerifyLedger>().Check(View, Now, CancellationToken.None)).First,
        .. (await village.Get<VerifyAudit>().Check(View, Now, CancellationToken.None)).First,
    ];

    /// <summary>Takes away what the database itself refuses.</summary>
    public async Task Unguard(DatabaseKind kind)
    {
        IEnumerable<string> statements = kind == DatabaseKind.Sqlite
            ? [
                "PRAGMA ignore_check_constraints = ON", "DROP TRIGGER ledger_hold_counts",
                .. AppendOnly.Tables.Select(t => $"DROP TRIGGER \"{t}_no_UPDATE\"; DROP TRIGGER \"{t}_no_DELETE\""),
            ]
            : [
                "ALTER TABLE ledger_account DROP CONSTRAINT ck_ledger_account_floor, DROP CONSTRAINT ck_ledger_account_ceiling",
                "ALTER TABLE ledger_posting DROP CONSTRAINT ck_ledger_posting_positive",
                .. AppendOnly.Tables.Select(t => $"ALTER TABLE {t} DISABLE TRIGGER ALL"),
            ];
        foreach (var statement in statements)
        {
            await using var command = Command(statement, []);
            await command.ExecuteNonQueryAsync();
        }
    }

    public async Task Begin() => _transaction = await connection.BeginTransactionAsync();

    public async Task Undo()
    {
        await _transaction!.RollbackAsync();
        await _transaction.DisposeAsync();
        _transaction = null;
    }

    /// <summary>Runs a statement that must change something; @p0, @p1 … are the values.</summary>
    public async Task Do(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        if (await command.ExecuteNonQueryAsync() == 0) throw new InvalidOperationException($"Nothing was falsified: {sql}");
    }

    public async Task<long> Number(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>A transaction with a true mark and a seal, whose accounts agree with it.</summary>
    public async Task<Guid> Transaction(params (Id<Account> From, Id<Account> To, long Amount)[] moves)
    {
        var (id, at) = (Guid.CreateVersion7(), Now.UtcDateTime);
        var row = LedgerForm.Begin(new(), new(id, nameof(Book.Hours), Village.X.Value, "test.forged", at, null, null));
        foreach (var (move, i) in moves.Select((m, i) => (m, i))) LedgerForm.Add(row, i + 1, move.From.Value, move.To.Value, move.Amount);
        await Do(
            """
            INSERT INTO ledger_transaction ("Id", "Book", "Area", "Reason", "At", "Mark") VALUES (@p0, 'Hours', @p1, 'test.forged', @p2, @p3)
            """,
            id, Village.X.Value, at, row.Marked(_keys, LedgerForm.TransactionMark));
        foreach (var (move, i) in moves.Select((m, i) => (m, i)))
        {
            await Do(
                """INSERT INTO ledger_posting ("TransactionId", "Line", "From", "To", "Amount") VALUES (@p0, @p1, @p2, @p3, @p4)""",
                id, i + 1, move.From.Value, move.To.Value, move.Amount);
            await Move(move.From, unchecked(-move.Amount));
            await Move(move.To, move.Amount);
        }

        foreach (var account in moves.SelectMany(m => new[] { m.From, m.To }).Distinct())
            await Do("""UPDATE ledger_account SET "Version" = "Version" + 1 WHERE "Id" = @p0""", account.Value);
        await Seal(new TransactionSource(_keys), id);
        return id;
    }

    /// <summary>Something set aside, with a true mark and a seal, that the account agrees with.</summary>
    public async Task<Guid> Hold(Id<Account> from, Id<Account> to, long amount)
    {
        var row = new HoldRow
        {
            Id = Guid.CreateVersion7(), Book = Book.Hours, Area = Village.X, Reason = "test.forged", From = from.Value, To = to.Value,
            Amount = amount, At = Now, Until = Now.AddDays(1),
        };
        await Do(
            """
            INSERT INTO ledger_hold ("Id", "Book", "Area", "Reason", "From", "To", "Amount", "At", "Until", "Mark")
            VALUES (@p0, 'Hours', @p1, 'test.forged', @p2, @p3, @p4, @p5, @p6, @p7)
            """,
            row.Id, row.Area.Value, row.From, row.To, amount, row.At.UtcDateTime, row.Until.UtcDateTime,
            LedgerForm.Of(new(), row).Marked(_keys, LedgerForm.HoldMark));
        await Do("""UPDATE ledger_account SET "Held" = "Held" + @p1 WHERE "Id" = @p0""", from.Value, amount);
        await Seal(new HoldSource(_keys), row.Id);
        return row.Id;
    }

    /// <summary>A security event with a true mark and without a seal.</summary>
    public async Task<Guid> Event(long seq, DateTimeOffset at)
    {
        var happened = new SecurityEvent
        {
            Id = Guid.CreateVersion7(), Code = "test.forged", Command = "Test", Actor = village.House.Person.Value,
            Role = nameof(Role.Volunteer), Area = Village.X, At = at,
        };
        await Do(
            """
            INSERT INTO audit_security_event ("Seq", "Id", "Code", "Command", "Actor", "Role", "Area", "At", "Mark")
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)
            """,
            seq, happened.Id, happened.Code, happened.Command, happened.Actor, happened.Role, happened.Area.Value, at.UtcDateTime,
            EventForm.Of(new(), happened).Marked(_keys, EventForm.EventMark));
        return happened.Id;
    }

    /// <summary>Hashes every chain anew as the links stand now, and signs every checkpoint over it.</summary>
    public async Task Rehash()
    {
        var (canonical, tree, chains) = (new CanonicalRow(), new MerkleFrontier(), new Dictionary<AreaCode, byte[]>());
        var roots = new Dictionary<long, byte[]>();
        foreach (var link in await View.Links(default).ToListAsync())
        {
            var hash = LinkHash.Of(canonical, link, chains.GetValueOrDefault(link.County, LinkHash.Beginning));
            chains[link.County] = hash;
            tree.Append(MerkleTree.Leaf(hash), _ => throw new InvalidOperationException("This log is too long for the forger."));
            roots[tree.Size] = tree.Root();
            await Do("""UPDATE seal_link SET "Chain" = @p1 WHERE "Position" = @p0""", link.Position, hash);
        }

        for (var number = await Number("SELECT count(*) FROM seal_checkpoint"); number > 0; number--)
        {
            var size = await Number("""SELECT "Size" FROM seal_checkpoint WHERE "Number" = @p0""", number);
            await Do("""UPDATE seal_checkpoint SET "Root" = @p1 WHERE "Number" = @p0""", number, roots[size]);
            await Sign(number);
        }
    }

    /// <summary>Signs a checkpoint anew, whatever it says now.</summary>
    public async Task Sign(long number)
    {
        var stored = (await View.Checkpoint("\"Number\" = @number", default, ("number", number)))!;
        await Do(
            """UPDATE seal_checkpoint SET "Signature" = @p1 WHERE "Number" = @p0""", number,
            _key.Sign(CheckpointText.Of(stored).ToString()));
    }

    public ValueTask DisposeAsync() => _transaction?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>As the verification adds up: beyond what a balance can say it begins again from below.</summary>
    private async Task Move(Id<Account> account, long change)
    {
        var balance = await Number("""SELECT "Balance" FROM ledger_account WHERE "Id" = @p0""", account.Value);
        await Do("""UPDATE ledger_account SET "Balance" = @p1 WHERE "Id" = @p0""", account.Value, unchecked(balance + change));
    }

    /// <summary>Puts a row at the end of its county's chain.</summary>
    private async Task Seal(RowSource source, Guid subject)
    {
        var row = (await View.RowsAfter(source, long.MinValue, default)).Single(r => r.Subject == subject);
        var size = await View.Size(default);
        var link = new SealLink
        {
            Position = size, Kind = source.Kind, Seq = row.Seq, Subject = subject, County = row.County, At = Now,
            Algorithm = SealLink.Sha256, RowHash = row.Hash,
        };
        await Do(
            """
            INSERT INTO seal_link ("Position", "Kind", "Seq", "Subject", "County", "At", "Algorithm", "RowHash", "Chain")
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)
            """,
            size, $"{source.Kind}", row.Seq, subject, row.County.Value, Now.UtcDateTime, SealLink.Sha256, row.Hash,
            LinkHash.Of(new(), link, (await View.Before(row.County, size, default))!.Chain));
    }

    private DbCommand Command(string sql, object[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand in the tests.
        (command.CommandText, command.Transaction) = (sql, _transaction);
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"p{i}", values[i]);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
