using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Common;

/// <summary>A request to change something. Its id is made by whoever asks, so asking twice does it once. 命令</summary>
public interface ICommand
{
    Guid CommandId { get; }
}

/// <summary>The one way to change or read anything: look at one area, answer repeats, run, record, commit. 工作区</summary>
public sealed class Workspace(Store store, KeyRing keys, OutboxSignal signal, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    internal TimeProvider Clock => clock;

    /// <summary>Today in Shanghai.</summary>
    public DateOnly Today => Days.Of(Now);

    /// <summary>Changes something, once for each command id, and answers after it is durable.</summary>
    /// <param name="command">What is asked; the same id with the same content is answered as before, with other content it is
    /// refused.</param>
    /// <param name="work">Runs inside the transaction; a refusal undoes everything.</param>
    public async Task<Result<T>> Write<T>(ICommand command, Actor actor, Func<UnitOfWork, Task<Result<T>>> work, CancellationToken ct)
    {
        // A form whose id could not be read.
        if (command.CommandId == Guid.Empty) return CommonRefusals.IdNotFresh;
        var (name, asked) = (AuditRows.NameOf(command), AskedOf(command));
        var announced = false;
        var answer = await Watched<T>(
            async unit =>
            {
                unit.Look(actor);
                unit.Answer(command.CommandId);
                if (await unit.Books.Meet(command.CommandId, ct) is { } earlier)
                    return new(unit.Books.Reassure(), AnswerAgain<T>(earlier, (name, asked), actor));

                var result = await work(unit);
                if (!result.IsOk(out var receipt, out _)) return new(false, result);

                await unit.Save(ct);
                await unit.Books.Record(EntryOf(command, asked, JsonSerializer.Serialize(receipt, HouseJson.Options), unit), ct);
                announced = unit.Announced > 0;
                return new(true, result);
            },
            ct);

        if (announced) signal.Wake();
        if (answer.Refusal is { Kind: RefusalKind.Forbidden } refused) await Report(refused.Code, name, actor, ct);
        return answer;
    }

    /// <summary>Runs it, and keeps in mind whether it could be stored.</summary>
    private async Task<Result<T>> Watched<T>(Func<UnitOfWork, Task<Verdict<Result<T>>>> work, CancellationToken ct)
    {
        var began = Now;
        try
        {
            var answer = await store.Writer.Run(work, ct);
            if (answer.IsOk(out _, out _)) store.Pulse.Done(Now);
            return answer;
        }
        catch (StorageUnavailable)
        {
            store.Pulse.InVain(began);
            throw;
        }
    }

    /// <summary>Since when nothing could be stored, if that has been long enough to be told.</summary>
    internal DateTimeOffset? StuckSince => store.Pulse.StuckSince(Now);

    /// <summary>The moment in which whoever runs now reads; none where each reading has its own.</summary>
    private readonly AsyncLocal<Moment?> _moment = new();

    /// <summary>Holds this moment, for a list that is read in parts; whoever asks closes it.</summary>
    /// <exception cref="StorageUnavailable">The database cannot be read now.</exception>
    public async Task<Moment> Hold(CancellationToken ct)
    {
        Patience.Lift();
        try
        {
            return await Moment.Of(store, ct);
        }
        catch (Exception gone) when (store.IsUnavailable(gone))
        {
            throw new StorageUnavailable("The database cannot be read now.", gone);
        }
    }

    /// <summary>Runs a use case that reads, in a moment that is held.</summary>
    public async Task<T> At<T>(Moment moment, Func<Task<T>> useCase)
    {
        _moment.Value = moment;
        return await useCase();
    }

    /// <summary>Reads what the actor may see. For lists and pages; sensitive fields come from <see cref="Reveal"/>.</summary>
    /// <exception cref="StorageUnavailable">The database cannot be read now.</exception>
    public async Task<T> Read<T>(Actor actor, Func<ShouwangDb, Task<T>> read)
    {
        try
        {
            if (_moment.Value is { } held) return await read(Look(held.Db, actor));
            await using var db = store.Read();
            return await read(Look(db, actor));
        }
        catch (Exception gone) when (store.IsUnavailable(gone))
        {
            throw new StorageUnavailable("The database cannot be read now.", gone);
        }
    }

    /// <summary>Reads as <see cref="Read"/> does, everything as it stood at one moment.</summary>
    public Task<T> ReadWhole<T>(Actor actor, Func<ShouwangDb, Task<T>> read, CancellationToken ct) => Read(actor, async db =>
    {
        if (_moment.Value is null) await store.Freeze(db, ct);
        return await read(db);
    });

    private static ShouwangDb Look(ShouwangDb db, Actor actor)
    {
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        db.Look(actor);
        return db;
    }

    /// <summary>Reads a sensitive field of one person and records who looked and why; what was read is not recorded. 查看敏感信息</summary>
    public async Task<Result<T>> Reveal<T>(RevealCommand command, Actor actor, Func<ShouwangDb, Task<Result<T>>> read, CancellationToken ct)
    {
        if (command.Purpose == RevealPurpose.Unstated) return CommonRefusals.PurposeNeeded;
        var seen = default(Result<T>);
        var recorded = await Write<RevealReceipt>(
            command,
            actor,
            async unit =>
            {
                seen = await read(unit.Db);
                if (!seen.IsOk(out _, out var refusal)) return refusal;
                unit.Db.Add(await LookOf(command, unit, ct));
                return new RevealReceipt(command.Subject, command.Field, command.Purpose);
            },
            ct);
        if (!recorded.IsOk(out _, out var refused)) return refused;
        return seen ?? await Read(actor, read);
    }

    /// <summary>Appends a security event: a refused, forbidden or failed attempt.</summary>
    public Task Report(string code, string command, Actor actor, CancellationToken ct) => store.Writer.Run<bool>(
        async unit =>
        {
            await unit.Books.Report(
                new()
                {
                    Id = Id<SecurityEvent>.New(clock).Value, Code = code, Command = command,
                    Actor = actor.Person.Value, Role = actor.Role.ToString(), Area = actor.Scope,
                    At = unit.Now,
                },
                ct);
            return new(true, true);
        },
        ct);

    private static async Task<SensitiveLook> LookOf(RevealCommand command, UnitOfWork unit, CancellationToken ct)
    {
        // Whose field a use case shows may lie beyond the reach, such as the phone of a relative in an emergency.
        var area = await unit.Db.People.Where(p => p.Id == command.Subject).Select(p => (AreaCode?)p.Area).SingleOrDefaultAsync(ct);
        return new(new(command.CommandId), area ?? unit.Actor.Scope, command.Subject, unit.Actor.Person, unit.Now)
        {
            Field = command.Field, Purpose = command.Purpose, Role = unit.Actor.Role.ToString(),
        };
    }

    private AuditEntry EntryOf(ICommand command, string asked, string answered, UnitOfWork unit) => AuditRows.Entry(
        new()
        {
            CommandId = command.CommandId, Command = AuditRows.NameOf(command), Asked = asked, Answered = answered,
            Actor = unit.Actor.Person.Value, Role = unit.Actor.Role.ToString(), Area = unit.Actor.Scope, At = unit.Now,
            Announced = unit.Announced,
        },
        keys);

    private string AskedOf(ICommand command) =>
        keys.Index("audit.asked", JsonSerializer.Serialize(command, command.GetType(), HouseJson.Options));

    private static Result<T> AnswerAgain<T>(Repeat earlier, (string Name, string Asked) now, Actor actor) =>
        (earlier.Command, earlier.Asked) == now && earlier.Actor == actor.Person.Value
            ? JsonSerializer.Deserialize<T>(earlier.Answered, HouseJson.Options)!
            : CommonRefusals.IdReused;
}

/// <summary>A look at a sensitive field. </summary>
public sealed record RevealCommand(Guid CommandId, Id<Person> Subject, SensitiveField Field, RevealPurpose Purpose) : ICommand;

/// <summary>That someone looked: whose field, which and why, never what it said. </summary>
public sealed record RevealReceipt(Id<Person> Subject, SensitiveField Field, RevealPurpose Purpose);
