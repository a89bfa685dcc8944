using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;

namespace Shouwang.Domain.TimeBank;

/// <summary>Which row of the coefficient table each service item earns by. 服务系数</summary>
public static class Coefficients
{
    private static readonly (ServiceItems Item, string Row)[] s_rows =
    [
        (ServiceItems.Visit, "chat-company"), (ServiceItems.Meals, "meal-help"), (ServiceItems.Cleaning, "cleaning"),
        (ServiceItems.Escort, "escort"), (ServiceItems.Emergency, "emergency"), (ServiceItems.Medical, "medical"),
        (ServiceItems.Farming, "farm-help"), (ServiceItems.Errands, "errands"),
    ];

    /// <summary>The coefficients of the items done, in hundredths; those of a plain visit where nothing else was done.</summary>
    public static IReadOnlyList<int> Of(ServiceItems items, RuleTable table) => [.. ByItem(items, table).Select(c => c.Hundredths)];

    /// <summary>The same with each item named.</summary>
    public static IReadOnlyList<(ServiceItems Item, int Hundredths)> ByItem(ServiceItems items, RuleTable table)
    {
        var done = s_rows.Where(r => (items & r.Item) != 0).Select(r => (r.Item, (int)table[r.Row])).ToList();
        return done.Count > 0 ? done : [(ServiceItems.Visit, (int)table["chat-company"])];
    }
}
