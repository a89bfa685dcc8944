using System.Text.Json;

namespace Shouwang.Planning.Rounds;

/// <summary>A file that cannot be read as what it claims to be; the message names the place.</summary>
public sealed class RoundsFormatException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Reading JSON so that every error names the element it is about.</summary>
internal static class RoundsJson
{
    public static JsonDocument Parse(string text, string what)
    {
        try
        {
            var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new RoundsFormatException(
                $"{what}: the file holds no JSON object");
            return document;
        }
        catch (JsonException broken)
        {
            throw new RoundsFormatException($"{what}: line {broken.LineNumber + 1}: not valid JSON", broken);
        }
    }

    public static JsonElement Need(this JsonElement element, string name, string where)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new RoundsFormatException($"{where}: an object is expected");
        if (!element.TryGetProperty(name, out var value)) throw new RoundsFormatException($"{where}: \"{name}\" is missing");
        return value;
    }

    public static JsonElement? May(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.Null ? null : value;
    }

    public static JsonElement[] List(this JsonElement element, string where)
    {
        if (element.ValueKind != JsonValueKind.Array) throw new RoundsFormatException($"{where}: a list is expected");
        return [.. element.EnumerateArray()];
    }

    public static double Number(this JsonElement element, string where)
    {
        if (element.ValueKind != JsonValueKind.Number) throw new RoundsFormatException($"{where}: a number is expected");
        var value = element.GetDouble();
        if (!double.IsFinite(value) || Math.Abs(value) > 1e9) throw new RoundsFormatException($"{where}: {value} is out of range");
        return value;
    }

    public static string Text(this JsonElement element, string where)
    {
        if (element.ValueKind != JsonValueKind.String) throw new RoundsFormatException($"{where}: a text is expected");
        return element.GetString()!;
    }

    /// <summary>What is wrong with the cost a solution file states of itself ("cost" as a number, or with its "objective"); null when it
    /// states none, or the right one.</summary>
    public static string? FalseCost(JsonElement solution, double cost)
    {
        if (solution.May("cost") is not { } stated) return null;
        var says = (stated.May("objective") ?? stated).Number("cost");
        return Math.Abs(says - cost) <= 2e-3 ? null : FormattableString.Invariant($"the file says it costs {says}, it costs {cost:0.###}");
    }

    /// <summary>Whole units of a source value; what does not fall on a unit is rounded up, so that a plan stays possible.</summary>
    public static int Units(double value, int scale)
    {
        var scaled = value * scale;
        var nearest = Math.Round(scaled);
        var units = Math.Abs(scaled - nearest) < 1e-4 ? nearest : Math.Ceiling(scaled);
        if (Math.Abs(units) > 500_000_000) throw new RoundsFormatException($"time {value} is out of range");
        return (int)units;
    }

    public static int[][] Matrix(JsonElement element, int scale)
    {
        var rows = element.List("distances");
        var matrix = new int[rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i].List($"distances, row {i}");
            if (row.Length != rows.Length) throw new RoundsFormatException(
                $"distances, row {i}: {row.Length} numbers where {rows.Length} rows are");
            matrix[i] = new int[row.Length];
            for (var j = 0; j < row.Length; j++) matrix[i][j] = Travel(row[j].Number($"distances, row {i}, column {j}"), scale, i, j);
        }
        return matrix;
    }

    private static int Travel(double value, int scale, int i, int j)
    {
        if (value < 0) throw new RoundsFormatException($"distances, row {i}, column {j}: {value} is negative");
        return Units(value, scale);
    }

    public static RoundsProblem Checked(RoundsProblem problem) =>
        problem.Fault() is { } fault ? throw new RoundsFormatException(fault) : problem;
}
