using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Rules;

/// <summary>Every rule in force in an area on a day, where it comes from, and what lower areas may choose. 现行规则查询</summary>
public sealed class ListRules(Workspace work, Rulebook book)
{
    /// <param name="Area">The area, the scope by default; areas above the scope may be asked for too: their rules hold in it.</param>
    /// <param name="Day">The day; today by default.</param>
    public sealed record Query(AreaCode? Area = null, DateOnly? Day = null);

    /// <param name="Choosable">What lower areas may choose; null when nothing.</param>
    public sealed record Row(
        string Id, RuleValue Value, RuleUnit Unit, AreaCode IssuedBy, DateOnly Since, RuleMark Mark, RuleSource Source, string Package,
        Bounds? Choosable);

    /// <param name="Stamp">What a record decided under these rules keeps.</param>
    /// <param name="Names">What the area and those that issued its rules are called; those not registered are left out.</param>
    public sealed record View(
        AreaCode Area, DateOnly Day, string Stamp, IReadOnlyList<Row> Rules, IReadOnlyDictionary<AreaCode, string> Names);

    public async Task<Result<View>> Run(Query query, Actor actor, CancellationToken ct)
    {
        if (!Look(query, actor).IsOk(out var view, out var refusal)) return refusal;
        AreaCode[] codes = [view.Area, .. view.Rules.Select(r => r.IssuedBy).Distinct()];
        var known = await work.Read(actor, db => db.Areas.AsNoTracking().Where(a => codes.Contains(a.Area)).ToListAsync(ct));
        var names = known.GroupBy(a => a.Area).ToDictionary(g => g.Key, g => g.MaxBy(a => a.ValidFrom)!.Name);
        return view with { Names = names };
    }

    private Result<View> Look(Query query, Actor actor)
    {
        var area = query.Area ?? actor.Scope;
        if (!actor.Scope.Contains(area) && !area.Contains(actor.Scope)) return CommonRefusals.NotFound;
        if (!actor.May(Permission.ViewRules, actor.Scope)) return CommonRefusals.Forbidden;

        var rules = book.At(area, query.Day ?? work.Today);
        return new View(rules.Area, rules.Day, rules.Stamp, [.. rules.All.Select(RowOf)], new Dictionary<AreaCode, string>());
    }

    private Row RowOf(RuleInForce rule) => new(
        rule.Id,
        rule.Parameter.Value,
        rule.Parameter.Unit,
        rule.IssuedBy,
        rule.Since,
        rule.Parameter.Mark,
        book.Source(rule.Parameter.Source),
        rule.Package.Stamp,
        rule.Choosable);
}
