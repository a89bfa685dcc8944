using System.Linq.Expressions;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Which facts stand on a day, for the database; in memory <see cref="Person.FactOn"/> says it. 生效事实</summary>
internal static class FactInForce
{
    /// <summary>Not replaced by a better lesson, begun, and not ended.</summary>
    public static Expression<Func<PersonFact, bool>> On(DateOnly day) =>
        f => f.ReplacedAt == null && f.From <= day && (f.To == null || day < f.To);
}
