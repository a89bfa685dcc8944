using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>One taking-in of a roster: what it brought, by whom, and how to take it back. 花名册导入</summary>
public sealed class RosterImport : Entity
{
    private RosterImport() { }

    public RosterImport(Id<RosterImport> id, AreaCode village, RosterCounts counts, Id<Person> by, DateTimeOffset at) =>
        (Id, Area, Counts, By, At) = (id, village, counts, by, at);

    public Id<RosterImport> Id { get; private init; }

    public RosterCounts Counts { get; private init; } = new(0, 0, 0, 0, 0, 0);

    public Id<Person> By { get; private init; }

    public DateTimeOffset At { get; private init; }

    public DateTimeOffset? UndoneAt { get; private set; }

    /// <summary>What it added and how the rest stood before, sealed; none once it is undone.</summary>
    public byte[]? Journal { get; private set; }

    /// <summary>Keeps what is needed to take it back.</summary>
    public void Remember(byte[] journal) => Journal = journal;

    /// <summary>Takes it back: once.</summary>
    public Result<RosterImport> Undo(DateTimeOffset now)
    {
        if (UndoneAt is not null) return RosterImportRefusals.Undone;

        // From here on it succeeds.
        (UndoneAt, Journal) = (now, null);
        return this;
    }
}

/// <summary>Counts of one import: no name, no number. 导入计数</summary>
/// <param name="Read">Rows that held a person.</param>
/// <param name="Refused">Rows with errors, left out.</param>
/// <param name="Suspected">Rows whose name and birthday someone else of the village has too.</param>
public sealed record RosterCounts(int Read, int Added, int Changed, int Unchanged, int Refused, int Suspected);

/// <summary>A roster as it was handed in, sealed, until it is taken in or forgotten. 待导入花名册</summary>
public sealed class RosterUpload : Entity
{
    private RosterUpload() { }

    public RosterUpload(Id<RosterUpload> id, AreaCode village, string digest, Id<Person> by, DateTimeOffset at) =>
        (Id, Area, Digest, By, At) = (id, village, digest, by, at);

    public Id<RosterUpload> Id { get; private init; }

    /// <summary>SHA-256 of the file.</summary>
    public string Digest { get; private init; } = "";

    public Id<Person> By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>The day since which what it says holds; null for the day it is taken in.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The file, sealed; none once it is forgotten.</summary>
    public byte[]? Sealed { get; private set; }

    public void Hold(byte[] file) => Sealed = file;

    /// <summary>Forgets the file; that it was handed in stays known.</summary>
    public void Forget() => Sealed = null;
}

/// <summary>What imports say no with.</summary>
public static class RosterImportRefusals
{
    public static readonly Refusal Undone = new("people.import-undone", RefusalKind.Conflict);

    /// <summary>Others have built on it; carries how many records.</summary>
    public static readonly Refusal BuiltOn = new("people.import-built-on", RefusalKind.Rule);

    public static readonly Refusal UploadGone = new("people.upload-gone", RefusalKind.Conflict);
}
