using System.Globalization;
using System.Security.Cryptography;
using System.Text;

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

    internal static AuditEntry Entry(ICommand command, string asked, string answered, Actor actor, DateTimeOffset at) =>
        Hashed(command.CommandId, NameOf(command), asked, answered, actor, at);

    /// <summary>What the row's hash must be, from its other columns.</summary>
    public static string HashOf(AuditEntry entry)
    {
        var text = string.Join('\n',
            "shouwang-audit-1", entry.CommandId.ToString("D"), entry.Command, entry.Asked, entry.Answered, entry.Actor.ToString("D"),
            entry.Role,
            entry.Area.ToString(), entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The hash of everything up to and including a row.</summary>
    public static string Chain(string before, string rowHash) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{before}\n{rowHash}")));

    private static AuditEntry Hashed(Guid id, string name, string asked, string answered, Actor actor, DateTimeOffset at)
    {
        var entry = new AuditEntry
        {
            CommandId = id, Command = name, Asked = asked, Answered = answered, Actor = actor.Person.Value, Role = actor.Role.ToString(),
            Area = actor.Scope, At = Whole(at),
        };
        return new()
        {
            CommandId = id, Command = name, Asked = asked, Answered = answered, Actor = entry.Actor, Role = entry.Role, Area = entry.Area,
            At = entry.At, RowHash = HashOf(entry),
        };
    }

    /// <summary>Microseconds: what both databases keep.</summary>
    private static DateTimeOffset Whole(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
