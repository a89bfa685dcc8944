using System.Globalization;
using System.Text;

namespace Shouwang.Planning.MealRuns;

/// <summary>A solution in CVRPLIB's format: one `Route #k: …` line per route, then `Cost …`. 解文件</summary>
/// <param name="Routes">The stops of each route with the line it stands on.</param>
/// <param name="Cost">The cost the file states.</param>
/// <param name="CostLine">The line it stands on.</param>
public sealed record RoutingSolution(IReadOnlyList<(int Line, int[] Stops)> Routes, double Cost, int CostLine)
{
    private const string RouteWord = "Route #";

    /// <summary>Reads the text of a file; throws <see cref="RoutingFileException"/> naming the line that is wrong.</summary>
    public static RoutingSolution Read(string text)
    {
        var routes = new List<(int, int[])>();
        var (cost, costLine) = (double.NaN, 0);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0)
            {
                continue;
            }

            if (costLine > 0)
            {
                throw new RoutingFileException(i + 1, "nothing may follow the Cost line");
            }

            if (line.StartsWith(RouteWord, StringComparison.OrdinalIgnoreCase))
            {
                routes.Add((i + 1, ReadRoute(line, routes.Count + 1, i + 1)));
            }
            else
            {
                (cost, costLine) = (ReadCost(line, i + 1), i + 1);
            }
        }

        return costLine > 0
            ? new RoutingSolution(routes, cost, costLine)
            : throw new RoutingFileException(lines.Length, "the Cost line is missing");
    }

    /// <summary>The text of a solution; the cost is written as it is, with as many decimals as it needs (at most four).</summary>
    public static string Write(IEnumerable<int[]> routes, double cost)
    {
        var text = new StringBuilder();
        var k = 0;
        foreach (var route in routes)
        {
            text.Append(RouteWord).Append(++k).Append(": ").AppendJoin(' ', route).Append('\n');
        }

        return text.Append("Cost ").Append(cost.ToString("0.####", CultureInfo.InvariantCulture)).Append('\n').ToString();
    }

    private static int[] ReadRoute(string line, int expected, int number)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !int.TryParse(line[RouteWord.Length..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var k)
            || k != expected)
        {
            throw new RoutingFileException(number, $"'{RouteWord}{expected}:' expected");
        }

        var words = line[(colon + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var stops = new int[words.Length];
        for (var w = 0; w < words.Length; w++)
        {
            if (!int.TryParse(words[w], NumberStyles.None, CultureInfo.InvariantCulture, out stops[w]))
            {
                throw new RoutingFileException(number, $"'{words[w]}' is not the number of a stop");
            }
        }

        return stops;
    }

    private static double ReadCost(string line, int number)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 2 && words[0].Equals("Cost", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var cost)
            ? cost
            : throw new RoutingFileException(number, "'Route #k: …' or 'Cost c' expected");
    }
}
