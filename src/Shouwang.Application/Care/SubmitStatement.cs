using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Closes a month and hands its statement to the township: the bytes are stored as they are now. 上报月报</summary>
public sealed class SubmitStatement(Workspace work, Rulebook rulebook)
{
    /// <param name="Month">Any day of the month.</param>
    public sealed record Command(Guid CommandId, StatementSubject Subject, DateOnly Month) : ICommand;

    public sealed record Receipt(Id<MonthClose> Id, string Hash, int Visits, int Credited);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Submit(unit, command, ct), ct);

    private async Task<Result<Receipt>> Submit(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var scope = MonthStatement.ScopeOf(command.Subject, command.Month, unit.Now);
        if (await new StatementBook(unit.Db).Read(scope, ct) is not { } found) return StatementRefusals.NotFound;
        if (!unit.Actor.May(Permission.SubmitStatements, found.Area)) return StatementRefusals.NotFound;
        if (await HoursOnTheWay(unit.Db, found, ct)) return StatementRefusals.HoursOnTheWay;

        var close = await unit.Db.MonthCloses.SingleOrDefaultAsync(
            c => c.Area == found.Area && c.Point == command.Subject.Point && c.Month == scope.First, ct);
        if (close is null)
        {
            var id = DerivedId.Of(command.Subject.Point?.Value ?? Guid.Empty, $"statement/{found.Area}/{scope.Month}");
            close = MonthClose.Of(new(id), found.Area, command.Subject.Point, scope.First);
            unit.Db.Add(close);
        }

        var rules = MonthStatement.RulesOf(rulebook, found, null);
        var content = StatementSum.Of(found, rules);
        var bytes = content.ToBytes();
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return close.Submit(bytes, hash, rules.Stamp, unit.Actor.Person, unit.Now).IsOk(out _, out var refusal)
            ? new Receipt(close.Id, close.Hash, content.Visits, content.Credited)
            : refusal;
    }

    /// <summary>Whether confirmed visits still wait to be credited; a moment later they are.</summary>
    private async Task<bool> HoursOnTheWay(ShouwangDb db, StatementBook.Found found, CancellationToken ct)
    {
        var credited = found.Credits.Select(c => c.Visit).ToHashSet();
        var waiting = found.Visits.Where(v => v.VerifiedAt is not null && !credited.Contains(v.Id.Value)).ToList();
        var ids = waiting.Select(v => v.Volunteer).Distinct().ToArray();
        var helpers = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        return waiting.Exists(v =>
            helpers.TryGetValue(v.Volunteer, out var helper) && OnVisitVerified.Earns(helper, rulebook.At(found.Area, v.Day)));
    }
}
