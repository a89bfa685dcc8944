using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Opens a roster that was handed in: what is in it, what taking it in would do, and the same sheet with its errors marked.
/// 查看已上传花名册</summary>
public sealed class OpenRoster(Workspace work, RosterVault vault, ImportRoster import)
{
    /// <summary>Reads the file and readies the command that takes it in.</summary>
    public async Task<Result<ImportRoster.Command>> Run(Id<RosterUpload> id, Actor actor, CancellationToken ct)
    {
        if (!(await File(id, actor, ct)).IsOk(out var file, out var refusal)) return refusal;
        var read = import.Read(ImportOf(id).Value, file.Village, new MemoryStream(file.Bytes));
        return read.IsOk(out var command, out refusal) ? command with { Since = file.Since } : refusal;
    }

    /// <summary>The workbook as it came, with a column that says what is wrong.</summary>
    /// <param name="say">The sentence for an error.</param>
    public async Task<Result<byte[]>> Marked(
        Id<RosterUpload> id, string heading, Func<CellError, string> say, Actor actor, CancellationToken ct)
    {
        if (!(await File(id, actor, ct)).IsOk(out var file, out var refusal)) return refusal;
        using var from = new MemoryStream(file.Bytes);
        if (!import.Read(ImportOf(id).Value, file.Village, from).IsOk(out var command, out refusal)) return refusal;
        using var to = new MemoryStream();
        RosterErrorSheet.Write(from, command.Reading, heading, say, to);
        return to.ToArray();
    }

    /// <summary>What taking it in did; null while it is not taken in, or was taken back.</summary>
    public async Task<ImportRoster.Receipt?> Taken(Id<RosterUpload> id, Actor actor)
    {
        var of = ImportOf(id);
        var counts = await work.Read(actor, db =>
            db.RosterImports.Where(i => i.Id == of && i.UndoneAt == null).Select(i => i.Counts).SingleOrDefaultAsync());
        return counts is null ? null
            : new(counts.Read, counts.Added, counts.Changed, counts.Unchanged, counts.Refused, counts.Suspected);
    }

    /// <summary>The import that comes of a roster handed in, when it is taken in.</summary>
    public static Id<RosterImport> ImportOf(Id<RosterUpload> id) => new(DerivedId.Of(id.Value, "people.take-roster"));

    private async Task<Result<(AreaCode Village, DateOnly? Since, byte[] Bytes)>> File(
        Id<RosterUpload> id, Actor actor, CancellationToken ct)
    {
        var upload = await work.Read(actor, db => db.RosterUploads.SingleOrDefaultAsync(u => u.Id == id, ct));
        if (upload is null) return CommonRefusals.NotFound;
        if (!actor.May(Permission.ImportPeople, upload.Area)) return CommonRefusals.MayNot(actor, upload.Area);
        return vault.Open(upload) is { } file ? (upload.Area, upload.Since, file) : RosterImportRefusals.UploadGone;
    }
}
