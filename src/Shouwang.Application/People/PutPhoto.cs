using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.People;

/// <summary>Keeps a photo of a person who agreed to it; an earlier one gives way. 登记照片</summary>
public sealed class PutPhoto(Workspace work, PhotoVault vault, Rulebook rulebook)
{
    /// <summary>What is read of a file at most; how large a photo may be is a rule, and never more than this.</summary>
    private const int LongestRead = 1_000_000;

    /// <param name="Digest">SHA-256 of the file.</param>
    public sealed record Command(Id<PersonPhoto> Id, Id<Person> Person, string Digest, [property: JsonIgnore] byte[] File) : ICommand
    {
        public Guid CommandId => Id.Value;
    }

    public sealed record Receipt(Id<PersonPhoto> Id);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Put(unit, command, ct), ct);

    /// <summary>Reads a file that is handed in, up to the size that is taken.</summary>
    public static async Task<Command> Read(Id<PersonPhoto> id, Id<Person> person, Stream file, CancellationToken ct)
    {
        var buffer = new byte[LongestRead + 1];
        var read = await file.ReadAtLeastAsync(buffer, buffer.Length, false, ct);
        var whole = buffer[..read];
        return new(id, person, Convert.ToHexStringLower(SHA256.HashData(whole)), whole);
    }

    private async Task<Result<Receipt>> Put(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (!(await KeptPerson.Find(unit, command.Person, ct)).IsOk(out var person, out var refusal)) return refusal;
        var most = rulebook.At(person.Area, Days.Of(unit.Now)).Int("people.photo-most");
        if (!PersonPhoto.KindOf(command.File, most).IsOk(out var kind, out refusal)) return refusal;
        if (!await ConsentBook.Holds(unit.Db, person.Id, ConsentPurpose.Photo, ct)) return PhotoRefusals.NotAgreed;

        await RemovePhoto.Erase(unit.Db, person.Id, ct);
        unit.Db.Add(new PersonPhoto(command.Id, person, kind, vault.Seal(person, command.Id, command.File), unit.Now));
        return new Receipt(command.Id);
    }
}
