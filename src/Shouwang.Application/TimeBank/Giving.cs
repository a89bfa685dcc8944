using System.Data.Common;
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

        // Whether they are related is asked on the way, so that nobody waits for locked accounts longer than it takes to write.
        var (accounts, areRelated) = await unit.Books.TakeOf(Book.Hours, Kinship(unit, ways), ct, ways.From.Value, ways.To.Value);
        if (Own(accounts, ways.From, actor) is not { } from) return TimeBankRefusals.NoAccount.On("from");
        if (Own(accounts, ways.To, actor) is not { } to) return TimeBankRefusals.NoAccount.On("to");
        if (!actor.May(Permission.TransferHours, from.Key.Area)) return CommonRefusals.Forbidden;
        if (await MergedAccounts.GaveWay(unit, to, ct)) return TimeBankRefusals.NoAccount.On("to");
        return rulebook.At(from.Key.Area, Days.Of(unit.Now)).Choice<GiftTo>("timebank.gift-to") switch
        {
            GiftTo.Anyone => false,
            GiftTo.DirectRelatives => !(areRelated || await WereRelated(unit, ways, ct)),
            _ => true,
        } ? TimeBankRefusals.GiftNotAllowed : new Giving(from, to, hours);
    }

    /// <summary>Spouse, parent or child today. By prepared SQL: it is asked for every gift, while others wait for the writer. Whoever gives
    /// sees their own relations, so that only the area is left of the filters.</summary>
    private static DbCommand Kinship(UnitOfWork unit, (Id<Person> A, Id<Person> B) ways)
    {
        var scope = unit.Actor.Scope;
        return unit.Books.With(
            $"""
            SELECT 1 FROM people_relation WHERE (("Elder" = @a AND "Relative" = @b) OR ("Elder" = @b AND "Relative" = @a))
            AND "Kind" IN ({s_direct}) AND ("EndedOn" IS NULL OR "EndedOn" > @today) AND "Area" >= @first AND "Area" <= @last
            """,
            ("a", ways.A.Value), ("b", ways.B.Value), ("today", Days.Of(unit.Now)), ("first", scope.First.Value),
            ("last", scope.Last.Value));
    }

    /// <summary>Whether they are related by what was written in an area that ended and that the giver's area came from.</summary>
    private static async Task<bool> WereRelated(UnitOfWork unit, (Id<Person> A, Id<Person> B) ways, CancellationToken ct)
    {
        if (unit.Actor.Predecessors.Count == 0) return false;
        var (a, b) = ways;
        return await DirectRelatives(unit.Db, Days.Of(unit.Now))
            .AnyAsync(r => (r.Elder == a && r.Relative == b) || (r.Elder == b && r.Relative == a), ct);
    }

    /// <summary>The relations that the rule "direct relatives" means.</summary>
    internal static IQueryable<Relation> DirectRelatives(ShouwangDb db, DateOnly today) =>
        db.Relations.Where(r => Relation.Direct.Contains(r.Kind) && (r.EndedOn == null || r.EndedOn > today));

    private static readonly string s_direct = string.Join(", ", Relation.Direct.Select(k => $"'{k}'"));

    private static Account? Own(IReadOnlyList<Account> accounts, Id<Person> holder, Actor actor) =>
        accounts.FirstOrDefault(a => a.Key.Holder == holder.Value && actor.Scope.Contains(a.Key.Area));
}
