using System.Globalization;

namespace Shouwang.Planning.MealRuns;

/// <summary>
/// Reads the Solomon and Gehring–Homberger text format: a name, VEHICLE with number and capacity, CUSTOMER with seven columns.
/// 时间窗算例
/// </summary>
public static class SolomonFile
{
    private const int Columns = 7;

    /// <summary>Reads the text of a file; throws <see cref="RoutingFileException"/> naming the line that is wrong.</summary>
    public static RoutingInstance Read(string text, DistanceRounding rounding)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var name = lines.FirstOrDefault(l => l.Trim().Length > 0)?.Trim() ?? throw new RoutingFileException(1, "the file is empty");
        var vehicle = Find(lines, "VEHICLE");
        var customer = Find(lines, "CUSTOMER");
        var fleetLine = NextNumbers(lines, vehicle, customer);
        var fleet = Numbers(lines, fleetLine, 2);
        if (fleet[0] <= 0 || fleet[1] <= 0)
        {
            throw new RoutingFileException(fleetLine + 1, "number of vehicles and capacity must be positive");
        }

        var rows = ReadRows(lines, customer);
        Check(rows, fleet[1]);
        var data = rows.Select(r => r.Values).ToArray();
        return new RoutingInstance
        {
            Name = name,
            Rounding = rounding,
            X = [.. data.Select(r => (double)r[1])],
            Y = [.. data.Select(r => (double)r[2])],
            Demand = [.. data.Select(r => r[3])],
            Earliest = [.. data.Select(r => r[4])],
            Latest = [.. data.Select(r => r[5])],
            Service = [.. data.Select(r => r[6])],
            Lines = [.. rows.Select(r => r.Line)],
            Carts = fleet[0],
            Capacity = fleet[1],
        };
    }

    private static int Find(string[] lines, string word)
    {
        var at = Array.FindIndex(lines, l => l.Trim().Equals(word, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? at : throw new RoutingFileException(lines.Length, $"section {word} is missing");
    }

    private static int NextNumbers(string[] lines, int from, int to)
    {
        for (var i = from + 1; i < to; i++)
        {
            var t = lines[i].Trim();
            if (t.Length > 0 && (char.IsDigit(t[0]) || t[0] == '-'))
            {
                return i;
            }
        }

        throw new RoutingFileException(from + 1, "number of vehicles and capacity are missing");
    }

    private static List<(int Line, int[] Values)> ReadRows(string[] lines, int customer)
    {
        var rows = new List<(int Line, int[] Values)>();
        for (var i = customer + 1; i < lines.Length; i++)
        {
            var t = lines[i].Trim();
            var isHeader = rows.Count == 0 && t.Length > 0 && char.IsLetter(t[0]);
            if (t.Length > 0 && !isHeader)
            {
                rows.Add((i + 1, Numbers(lines, i, Columns)));
            }
        }

        return rows.Count >= 2 ? rows : throw new RoutingFileException(customer + 1, "a depot and at least one customer are needed");
    }

    private static int[] Numbers(string[] lines, int line, int count)
    {
        var words = lines[line].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != count)
        {
            throw new RoutingFileException(line + 1, $"{count} numbers expected, {words.Length} found");
        }

        var numbers = new int[count];
        for (var k = 0; k < count; k++)
        {
            if (!int.TryParse(words[k], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[k])
                || Math.Abs((long)numbers[k]) > 1_000_000)
            {
                throw new RoutingFileException(line + 1, $"'{words[k]}' is not a whole number up to a million");
            }
        }

        return numbers;
    }

    private static void Check(List<(int Line, int[] Values)> rows, int capacity)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var (line, v) = rows[i];
            var fault = v[0] != i ? $"customer number {v[0]} where {i} should stand"
                : v[3] < 0 ? "demand is negative"
                : i == 0 && v[3] != 0 ? "the depot has a demand"
                : v[3] > capacity ? $"capacity: demand {v[3]} is more than a vehicle carries ({capacity})"
                : v[4] < 0 || v[6] < 0 ? "ready time or service time is negative"
                : v[4] > v[5] ? $"window: ready time {v[4]} is after due date {v[5]}"
                : null;
            if (fault is not null)
            {
                throw new RoutingFileException(line, fault);
            }
        }
    }
}
