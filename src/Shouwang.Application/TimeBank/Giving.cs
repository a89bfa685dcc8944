using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.TimeBank;

/// <summary>What one person gives another of their own hours, at once or set aside: both accounts taken, and the rules asked.
/// 时间给付</summary>
internal sealed record Giving(Account From, Account To, Hours Hours)
{
    /// <summary>To whom the rules let hours be given. 可转赠对象</summary>
    internal enum GiftTo { Nobody, DirectRelatives, Anyone }

    /// <param name="ways">From whom to whom.</param>
    public static async Task<Result<Giving>> Of(
        UnitOfWork unit, Rulebook rulebook, (Id<Person> From, Id<Person> To) ways, int minutes, CancellationToken ct)
    {
        var actor = unit.Actor;
        if (!Hours.From(minutes, "minutes").IsOk(out var hours, out var refusal)) return refusal;
        if (!actor.IsSystem && ways.From != actor.Person) return CommonRefusals.Forbidden;

        var accounts = await unit.Books.TakeOf(Book.Hours, ct, ways.From.Value, ways.To.Value);
        if (Own(accounts, ways.From, actor) is not { } from) return TimeBankRefusals.NoAccount.On("from");
        if (Own(accounts, ways.To, actor) is not { } to) return TimeBankRefusals.NoAccount.On("to");
        if (!actor.May(Permission.TransferHours, from.Key.Area)) return CommonRefusals.Forbidden;
        if (await MergedAccounts.GaveWay(unit, to, ct)) return TimeBankRefusals.NoAccount.On("to");
        return await Barred(unit, rulebook.At(from.Key.Area, Days.Of(unit.Now)), ways, ct)
            ? TimeBankRefusals.GiftNotAllowed : new Giving(from, to, hours);
    }

    private static async Task<bool> Barred(
        UnitOfWork unit, RulesInForce rules, (Id<Person> From, Id<Person> To) ways, CancellationToken ct) =>
        rules.Choice<GiftTo>("timebank.gift-to") switch
        {
            GiftTo.Anyone => false,
            GiftTo.DirectRelatives => !await AreRelated(unit, ways.From, ways.To, ct),
            _ => true,
        };

    /// <summary>Spouse, parent or child today. By prepared SQL: it is asked for every gift, while others wait for the writer. Whoever gives
    /// sees their own relations, so that only the area is left of the filters.</summary>
    private static async Task<bool> AreRelated(UnitOfWork unit, Id<Person> a, Id<Person> b, CancellationToken ct)
    {
        var (scope, today) = (unit.Actor.Scope, Days.Of(unit.Now));
        if (unit.Actor.Predecessors.Count > 0)
        {
            return await DirectRelatives(unit.Db, today)
                .AnyAsync(r => (r.Elder == a && r.Relative == b) || (r.Elder == b && r.Relative == a), ct);
        }

        return await unit.Books.With(
            $"""
            SELECT 1 FROM people_relation WHERE (("Elder" = @a AND "Relative" = @b) OR ("Elder" = @b AND "Relative" = @a))
            AND "Kind" IN ({s_direct}) AND ("EndedOn" IS NULL OR "EndedOn" > @today) AND "Area" >= @first AND "Area" <= @last
            """,
            ("a", a.Value), ("b", b.Value), ("today", today), ("first", scope.First.Value), ("last", scope.Last.Value))
            .ExecuteScalarAsync(ct) is not null;
    }

    /// <summary>The relations that the rule "direct relatives" means.</summary>
    internal static IQueryable<Relation> DirectRelatives(ShouwangDb db, DateOnly today) =>
        db.Relations.Where(r => Relation.Direct.Contains(r.Kind) && (r.EndedOn == null || r.EndedOn > today));

    private static readonly string s_direct = string.Join(", ", Relation.Direct.Select(k => $"'{k}'"));

    private static Account? Own(IReadOnlyList<Account> accounts, Id<Person> holder, Actor actor) =>
        accounts.FirstOrDefault(a => a.Key.Holder == holder.Value && actor.Scope.Contains(a.Key.Area));
}
