using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Hands a roster in, so that it can be looked at before it is taken in; nobody of it is in the register yet. 上传花名册</summary>
public sealed class StageRoster(Workspace work, RosterVault vault)
{
    /// <summary>Files handed in longer ago than this are forgotten when the next one comes.</summary>
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(1);

    /// <param name="Digest">SHA-256 of the file.</param>
    public sealed record Command(Id<RosterUpload> Id, AreaCode Village, string Digest, [property: JsonIgnore] byte[] File) : ICommand
    {
        public Guid CommandId => Id.Value;

        /// <summary>The day since which what the roster says holds; null for the day it is taken in.</summary>
        public DateOnly? Since { get; init; }
    }

    public sealed record Receipt(Id<RosterUpload> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Hold(unit, command, ct), ct);

    /// <summary>Reads a file that is handed in, up to the size that is taken.</summary>
    public static async Task<Result<Command>> Read(Id<RosterUpload> id, AreaCode village, Stream file, CancellationToken ct)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[81_920];
        while (await file.ReadAsync(buffer, ct) is > 0 and var read)
        {
            whole.Write(buffer, 0, read);
            if (whole.Length > RosterLimits.FileBytes) return RosterRefusals.TooLarge;
        }

        if (whole.Length == 0) return RosterRefusals.NoFile;
        return new Command(id, village, Convert.ToHexStringLower(SHA256.HashData(whole.ToArray())), whole.ToArray());
    }

    private async Task<Result<Receipt>> Hold(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (await ImportRoster.MayNot(unit.Db, command.Village, unit.Actor, ct) is { } refusal) return refusal;
        if (command.Since > Days.Of(unit.Now)) return RosterRefusals.SinceAhead;
        var stale = unit.Now - s_kept;
        foreach (var old in await unit.Db.RosterUploads.Where(u => u.At < stale && u.Sealed != null).ToListAsync(ct)) old.Forget();

        var upload = new RosterUpload(command.Id, command.Village, command.Digest, unit.Actor.Person, unit.Now)
        {
            Since = command.Since,
        };
        upload.Hold(vault.Seal(upload, command.File));
        unit.Db.Add(upload);
        return new Receipt(upload.Id);
    }
}
