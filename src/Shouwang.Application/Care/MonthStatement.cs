using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>What happened at a mutual-aid point or in a village in a month: a draft while the month is open, afterwards as it was
/// closed and as it would be now. 月报</summary>
public sealed class MonthStatement(Workspace work, Rulebook rulebook)
{
    /// <param name="Month">Any day of the month.</param>
    public sealed record Query(StatementSubject Subject, DateOnly Month);

    public async Task<Result<StatementSheet>> Run(Query query, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewStatements, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => Show(db, query, ct));
    }

    private async Task<Result<StatementSheet>> Show(ShouwangDb db, Query query, CancellationToken ct)
    {
        var scope = ScopeOf(query.Subject, query.Month, work.Now);
        if (scope.First > work.Today) return StatementRefusals.MonthAhead;
        if (await new StatementBook(db).Read(scope, ct) is not { } found) return StatementRefusals.NotFound;

        var close = await db.MonthCloses.SingleOrDefaultAsync(
            c => c.Area == found.Area && c.Point == query.Subject.Point && c.Month == scope.First, ct);
        if (close is not { Stands: true })
        {
            return new StatementSheet(
                close?.Id, close?.State ?? StatementState.Draft, null, null, null, null, null, Sum(found, null), null);
        }

        var (shown, now) = (StatementContent.Of(close.Content), Sum(found, close.Rules));
        var names = await KnownNames.Of(db, new[] { close.SubmittedBy, close.DecidedBy ?? close.SubmittedBy }, ct);
        return new StatementSheet(
            close.Id, close.State, close.SubmittedAt, names.GetValueOrDefault(close.SubmittedBy), close.DecidedAt,
            close.DecidedBy is { } by ? names.GetValueOrDefault(by) : null, close.Hash, shown,
            now.ToBytes().AsSpan().SequenceEqual(close.Content) ? null : now);
    }

    private StatementContent Sum(StatementBook.Found found, string? rules) => StatementSum.Of(found, RulesOf(rulebook, found, rules));

    /// <summary>The rules of the month's last day; for a closed month those it was closed under.</summary>
    internal static RulesInForce RulesOf(Rulebook rulebook, StatementBook.Found found, string? rules) => rules is not null
        ? rulebook.Under(rules, found.Area, found.Scope.Last)
        : rulebook.At(found.Area, found.Scope.Last);

    internal static StatementScope ScopeOf(StatementSubject subject, DateOnly month, DateTimeOffset knownAt) =>
        new(subject, new(month.Year, month.Month, 1), knownAt);
}
