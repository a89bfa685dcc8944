using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Keeping;

/// <summary>What backing up, restoring and copying say no with.</summary>
public static class KeepingRefusals
{
    public static readonly Refusal NotABackup = new("keeping.not-a-backup", RefusalKind.Invalid);

    /// <summary>The passphrase is another one, or the file was changed: not told apart, since the cipher cannot.</summary>
    public static readonly Refusal WrongPassphrase = new("keeping.wrong-passphrase", RefusalKind.Invalid);

    public static readonly Refusal Damaged = new("keeping.damaged", RefusalKind.Invalid);
    public static readonly Refusal PassphraseShort = new("keeping.passphrase-short", RefusalKind.Invalid);
    public static readonly Refusal OtherVersion = new("keeping.other-version", RefusalKind.Conflict);
    public static readonly Refusal NotEmpty = new("keeping.not-empty", RefusalKind.Conflict);
    public static readonly Refusal OtherKeys = new("keeping.other-keys", RefusalKind.Conflict);

    /// <summary>What was written is not what was read; carries the first table that differs.</summary>
    public static readonly Refusal Differs = new("keeping.differs", RefusalKind.Conflict);
}
