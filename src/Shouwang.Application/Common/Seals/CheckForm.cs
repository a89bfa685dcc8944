using Shouwang.Application.Ledger;

namespace Shouwang.Application.Common.Seals;

/// <summary>What was written down of a verification, as bytes: the audit log keeps their hash in what the command was answered.
/// 核对记录规范字节</summary>
internal static class CheckForm
{
    /// <summary>The hash of a record, in small hexadecimal letters.</summary>
    public static string DigestOf(CanonicalRow row, BookCheck check) => Convert.ToHexStringLower(row.Begin("shouwang-check-1")
        .Add(check.Id).Add(check.At.UtcDateTime).Add(check.Millis).Add(check.Transactions).Add(check.Sealed).Add(check.Findings)
        .Add(check.First).Sha256());
}
