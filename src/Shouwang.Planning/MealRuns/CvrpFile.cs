using System.Globalization;

namespace Shouwang.Planning.MealRuns;

/// <summary>Reads the CVRPLIB (TSPLIB) format with EUC_2D coordinates: the X instances of Uchoa et al. 2017. 容量算例</summary>
public sealed class CvrpFile
{
    private readonly string[] _lines;
    private readonly Dictionary<int, (double X, double Y)> _points = [];
    private readonly Dictionary<int, (int Line, int Demand)> _demands = [];
    private string _name = "";
    private int _dimension;
    private int _capacity;
    private int _depot = -1;
    private int _vehicles;

    private CvrpFile(string text) => _lines = text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>Reads the text of a file; throws <see cref="RoutingFileException"/> naming the line that is wrong.</summary>
    public static RoutingInstance Read(string text)
    {
        var file = new CvrpFile(text);
        file.ReadSections();
        return file.Build();
    }

    private void ReadSections()
    {
        var section = "";
        for (var i = 0; i < _lines.Length; i++)
        {
            var line = _lines[i].Trim();
            if (line.Length == 0)
            {
                continue;
            }

            if (line == "EOF")
            {
                return;
            }

            if (char.IsLetter(line[0]))
            {
                section = line.Contains(':', StringComparison.Ordinal) ? ReadHeader(line, i + 1) : line.TrimEnd(':');
                if (section.Length > 0 && section is not ("NODE_COORD_SECTION" or "DEMAND_SECTION" or "DEPOT_SECTION"))
                {
                    throw new RoutingFileException(i + 1, $"section {section} is not understood");
                }
            }
            else
            {
                ReadRow(section, line, i + 1);
            }
        }
    }

    private string ReadHeader(string line, int number)
    {
        var at = line.IndexOf(':', StringComparison.Ordinal);
        var (key, value) = (line[..at].Trim(), line[(at + 1)..].Trim());
        switch (key)
        {
            case "NAME":
                _name = value;
                break;
            case "DIMENSION":
                _dimension = Whole(value, number);
                break;
            case "CAPACITY":
                _capacity = Whole(value, number);
                break;
            case "VEHICLES":
                _vehicles = Whole(value, number);
                break;
            case "TYPE" when value != "CVRP":
                throw new RoutingFileException(number, $"TYPE {value} is not CVRP");
            case "EDGE_WEIGHT_TYPE" when value != "EUC_2D":
                throw new RoutingFileException(number, $"EDGE_WEIGHT_TYPE {value} is not EUC_2D");
            default:
                break;
        }

        return "";
    }

    private void ReadRow(string section, string line, int number)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        switch (section)
        {
            case "NODE_COORD_SECTION":
                Expect(words, 3, number);
                Once(_points.TryAdd(Whole(words[0], number), (Real(words[1], number), Real(words[2], number))), words[0], number);
                break;
            case "DEMAND_SECTION":
                Expect(words, 2, number);
                Once(_demands.TryAdd(Whole(words[0], number), (number, Whole(words[1], number))), words[0], number);
                break;
            case "DEPOT_SECTION":
                ReadDepot(Whole(words[0], number), number);
                break;
            default:
                throw new RoutingFileException(number, "numbers outside a section");
        }
    }

    private void ReadDepot(int depot, int number)
    {
        if (depot == -1)
        {
            return;
        }

        if (_depot >= 0)
        {
            throw new RoutingFileException(number, "more than one depot");
        }

        _depot = depot;
    }

    private RoutingInstance Build()
    {
        if (_dimension < 2 || _capacity <= 0)
        {
            throw new RoutingFileException(0, "DIMENSION (at least 2) and CAPACITY (at least 1) are needed");
        }

        if (_depot != 1) throw new RoutingFileException(0, "the depot must be node 1");

        var (x, y, demand, lines) = (new double[_dimension], new double[_dimension], new int[_dimension], new int[_dimension]);
        for (var i = 0; i < _dimension; i++)
        {
            if (!_points.TryGetValue(i + 1, out var point) || !_demands.TryGetValue(i + 1, out var wanted))
            {
                throw new RoutingFileException(0, $"node {i + 1} has no coordinates or no demand");
            }

            CheckDemand(i, wanted.Demand, wanted.Line);
            (x[i], y[i], demand[i], lines[i]) = (point.X, point.Y, wanted.Demand, wanted.Line);
        }

        if (_points.Count != _dimension || _demands.Count != _dimension)
        {
            throw new RoutingFileException(0, $"DIMENSION says {_dimension}, the sections hold {_points.Count} and {_demands.Count}");
        }

        return new RoutingInstance
        {
            Name = _name,
            Rounding = DistanceRounding.Nearest,
            X = x,
            Y = y,
            Demand = demand,
            Lines = lines,
            Capacity = _capacity,
            Carts = _vehicles > 0 ? _vehicles : _dimension - 1,
        };
    }

    private void CheckDemand(int node, int demand, int line)
    {
        var fault = demand < 0 ? "demand is negative"
            : node == 0 && demand != 0 ? "the depot has a demand"
            : demand > _capacity ? $"capacity: demand {demand} is more than a vehicle carries ({_capacity})"
            : null;
        if (fault is not null)
        {
            throw new RoutingFileException(line, fault);
        }
    }

    private static void Expect(string[] words, int count, int line)
    {
        if (words.Length != count)
        {
            throw new RoutingFileException(line, $"{count} numbers expected, {words.Length} found");
        }
    }

    private static void Once(bool added, string node, int line)
    {
        if (!added)
        {
            throw new RoutingFileException(line, $"node {node} stands twice");
        }
    }

    private static int Whole(string word, int line) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new RoutingFileException(line, $"'{word}' is not a whole number");

    private static double Real(string word, int line) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= 1_000_000
            ? value
            : throw new RoutingFileException(line, $"'{word}' is not a coordinate up to a million");
}
