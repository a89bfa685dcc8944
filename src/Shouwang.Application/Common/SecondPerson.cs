using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common;

/// <summary>Requests above a limit: the audit log has them, and until a second person agrees no transaction carries them out.
/// 待复核申请</summary>
internal static class SecondPerson
{
    /// <summary>What one kind of command asked for and nobody has agreed to yet, the latest first.</summary>
    public static IOrderedQueryable<AuditEntry> AwaitedFor<TCommand>(ShouwangDb db) where TCommand : ICommand
    {
        var name = AuditRows.NameOf<TCommand>();
        return db.Audit.Where(a => a.Command == name && !db.Transactions.Any(t => t.Id == a.CommandId)).OrderByDescending(a => a.Seq);
    }
}
