using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;

namespace Shouwang.Application.Common;

/// <summary>Makes audit entries and their hashes. 操作日志条目</summary>
public static class AuditRows
{
    /// <summary>The use case's name as the audit log keeps it: "Care.RecordVisit".</summary>
    public static string NameOf(ICommand command) => NameOf(command.GetType());

    /// <summary>The same of a kind of command.</summary>
    public static string NameOf<TCommand>() where TCommand : ICommand => NameOf(typeof(TCommand));

    internal static string NameOf(Type type)
    {
        var useCase = type.DeclaringType ?? type;
        var module = useCase.Namespace?.Split('.')[^1];
        return $"{module}.{useCase.Name}";
    }

    /// <summary>The entry of a command that was done, with its keyed hash.</summary>
    internal static AuditEntry Entry(AuditEntry written, KeyRing keys) => new()
    {
        CommandId = written.CommandId, Command = written.Command, Asked = written.Asked, Answered = written.Answered,
        Actor = written.Actor, Role = written.Role, Area = written.Area, At = written.At,
        Announced = written.Announced,
        RowHash = Convert.ToHexStringLower(Digest(new(), written, keys)),
    };

    /// <summary>What the row's hash must be, from its other columns but for the sequence. Keyed: who can write the database but has not
    /// the keys cannot make a row that passes.</summary>
    internal static byte[] Digest(CanonicalRow row, AuditEntry entry, KeyRing keys) => row.Begin("shouwang-audit-3")
        .Add(entry.CommandId).Add(entry.Command).Add(entry.Asked).Add(entry.Answered).Add(entry.Actor).Add(entry.Role)
        .Add(entry.Area.Value).Add(entry.At.UtcDateTime).Add(entry.Announced).Keyed(keys, "audit.row");
}
