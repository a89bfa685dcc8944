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

    /// <param name="Choosable">What lower areas may choose, as text; null when nothing.</param>
    public sealed record Row(
        string Id, RuleValue Value, RuleUnit Unit, AreaCode IssuedBy, DateOnly Since, RuleMark Mark, RuleSource Source, string Package,
        string? Choosable);

    /// <param name="Stamp">What a record decided under these rules keeps.</param>
    public sealed record View(AreaCode Area, DateOnly Day, string Stamp, IReadOnlyList<Row> Rules);

    public Task<Result<View>> Run(Query query, Actor actor) => Task.FromResult(Look(query, actor));

    private Result<View> Look(Query query, Actor actor)
    {
        var area = query.Area ?? actor.Scope;
        if (!actor.Scope.Contains(area) && !area.Contains(actor.Scope)) return CommonRefusals.NotFound;
        if (!actor.May(Permission.ViewRules, actor.Scope)) return CommonRefusals.Forbidden;

        var rules = book.At(area, query.Day ?? work.Today);
        return new View(rules.Area, rules.Day, rules.Stamp, [.. rules.All.Select(RowOf)]);
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
        rule.Choosable?.ToString());
}
