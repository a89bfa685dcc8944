using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Shouwang.Domain.Care;
using Shouwang.Domain.Health;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Domain.TimeBank;

namespace Shouwang.Application.Common;

/// <summary>Goes up whenever something is stored that may decide who may do what and whom they see; whoever remembers such a decision
/// looks here whether it still stands. 权限变动标记</summary>
internal sealed class AccessMark
{
    /// <summary>What is stored all day long and decides nothing about access. Whatever is not named here is taken to decide.</summary>
    private static readonly HashSet<Type> s_decideNothing =
    [
        typeof(Visit), typeof(Domain.Health.Reading), typeof(VisitCredit), typeof(HoursDispute), typeof(FillingEnd),
        typeof(SensitiveLook),
    ];

    private long _changes;

    /// <summary>Stands for everything stored so far.</summary>
    public long Current => Interlocked.Read(ref _changes);

    /// <summary>Called after the commit and before the acknowledgement, so that nobody is told of a change that does not hold
    /// yet.</summary>
    public void Change() => Interlocked.Increment(ref _changes);

    /// <summary>Whether a change of such a record may change who may do what; an owned record decides as its owner does.</summary>
    public static bool Decides(IReadOnlyEntityType type)
    {
        while (type.FindOwnership() is { } owned) type = owned.PrincipalEntityType;
        return !s_decideNothing.Contains(type.ClrType);
    }
}

/// <summary>Notices changes that go past the change tracker. </summary>
internal sealed class AccessWatch : DbCommandInterceptor
{
    public static AccessWatch Over { get; } = new();

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        var passesTheTracker = eventData.CommandSource is CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete;
        if (passesTheTracker && eventData.Context is ShouwangDb db) db.TouchAccess();
        return ValueTask.FromResult(result);
    }
}
