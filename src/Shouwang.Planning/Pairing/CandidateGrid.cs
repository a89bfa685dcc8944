namespace Shouwang.Planning.Pairing;

/// <summary>Finds each elder's nearest volunteers through a grid over the map, so that a county needs no distance table. 候选人网格</summary>
public static class CandidateGrid
{
    /// <summary>
    /// The nearest <paramref name="candidates"/> volunteers of each elder within <paramref name="limitMetres"/>, nearest first,
    /// straight-line metres rounded. Coordinates are metres in any local projection. Returns arcs as <see cref="PairingProblem"/> wants
    /// them.
    /// </summary>
    public static (int[] FirstArc, int[] ArcVolunteer, long[] ArcCost) Nearest(
        ReadOnlySpan<MapPoint> elders, ReadOnlySpan<MapPoint> volunteers, int candidates, int limitMetres = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(candidates);
        var width = Math.Min(candidates, volunteers.Length);
        var firstArc = new int[elders.Length + 1];
        if (width == 0) return (firstArc, [], []);
        var to = new int[elders.Length * width];
        var cost = new long[elders.Length * width];
        var cells = new Cells(volunteers, Math.Max(1, width / 4));
        var near = new NearList(width);
        var squareLimit = (long)limitMetres * limitMetres;
        var arc = 0;
        for (var i = 0; i < elders.Length; i++)
        {
            near.Clear(squareLimit);
            cells.Search(elders[i], near);
            for (var k = 0; k < near.Count; k++, arc++)
            {
                to[arc] = near.Node(k);
                cost[arc] = (long)Math.Round(Math.Sqrt(near.Square(k)));
            }

            firstArc[i + 1] = arc;
        }

        if (arc == to.Length) return (firstArc, to, cost);
        return (firstArc, to.AsSpan(0, arc).ToArray(), cost.AsSpan(0, arc).ToArray());
    }

    /// <summary>The nearest found so far, sorted by squared distance; small, so insertion is fastest.</summary>
    private sealed class NearList(int width)
    {
        private readonly long[] _square = new long[width];
        private readonly int[] _node = new int[width];

        public int Count { get; private set; }

        public long Worst { get; private set; }

        public int Node(int at) => _node[at];

        public long Square(int at) => _square[at];

        public void Clear(long squareLimit)
        {
            Count = 0;
            Worst = squareLimit == long.MaxValue ? squareLimit : squareLimit + 1;
        }

        public void Offer(long square, int node)
        {
            if (square >= Worst) return;
            if (Count < width) Count++;
            var at = Count - 1;
            for (; at > 0 && _square[at - 1] > square; at--)
            {
                _square[at] = _square[at - 1];
                _node[at] = _node[at - 1];
            }

            _square[at] = square;
            _node[at] = node;
            if (Count == width) Worst = Math.Min(Worst, _square[width - 1]);
        }
    }

    /// <summary>Volunteers sorted into square cells.</summary>
    private sealed class Cells
    {
        private readonly int _side;
        private readonly int _left;
        private readonly int _top;
        private readonly int _columns;
        private readonly int _rows;
        private readonly int[] _start;
        private readonly int[] _node;
        private readonly MapPoint[] _at;

        public Cells(ReadOnlySpan<MapPoint> points, int perCell)
        {
            int right = int.MinValue, bottom = int.MinValue;
            (_left, _top) = (int.MaxValue, int.MaxValue);
            foreach (var p in points)
            {
                (_left, right) = (Math.Min(_left, p.X), Math.Max(right, p.X));
                (_top, bottom) = (Math.Min(_top, p.Y), Math.Max(bottom, p.Y));
            }

            double area = ((double)right - _left + 1) * ((double)bottom - _top + 1);
            _side = Math.Max(1, (int)Math.Sqrt(area * perCell / points.Length / 4));
            _columns = (int)Math.Min(4096, (((long)right - _left) / _side) + 1);
            _rows = (int)Math.Min(4096, (((long)bottom - _top) / _side) + 1);
            _side = (int)Math.Max(_side, Math.Max((((long)right - _left) / _columns) + 1, (((long)bottom - _top) / _rows) + 1));
            _start = new int[(_columns * _rows) + 1];
            foreach (var p in points) _start[CellOf(p) + 1]++;
            for (var c = 0; c < _columns * _rows; c++) _start[c + 1] += _start[c];
            var next = _start.AsSpan(0, _columns * _rows).ToArray();
            _node = new int[points.Length];
            _at = new MapPoint[points.Length];
            for (var j = 0; j < points.Length; j++)
            {
                var at = next[CellOf(points[j])]++;
                (_node[at], _at[at]) = (j, points[j]);
            }
        }

        public void Search(MapPoint from, NearList near)
        {
            var column = (int)Math.Clamp(((long)from.X - _left) / _side, 0, _columns - 1);
            var row = (int)Math.Clamp(((long)from.Y - _top) / _side, 0, _rows - 1);
            for (var ring = 0; ring < Math.Max(_columns, _rows); ring++)
            {
                if (ring > 0 && Squared(Outside(from, column, row, ring)) >= near.Worst) return;
                for (var y = Math.Max(0, row - ring); y <= Math.Min(_rows - 1, row + ring); y++)
                {
                    var whole = y == row - ring || y == row + ring;
                    var step = whole ? 1 : Math.Max(1, 2 * ring);
                    for (var x = column - ring; x <= column + ring; x += step)
                    {
                        if ((uint)x < (uint)_columns) Scan((y * _columns) + x, from, near);
                    }
                }
            }
        }

        /// <summary>Distance from the point to the nearest cell of the ring that is still unsearched, never negative.</summary>
        private long Outside(MapPoint from, int column, int row, int ring)
        {
            long west = from.X - (_left + ((long)(column - ring + 1) * _side));
            long east = _left + ((long)(column + ring) * _side) - from.X;
            long north = from.Y - (_top + ((long)(row - ring + 1) * _side));
            long south = _top + ((long)(row + ring) * _side) - from.Y;
            return Math.Max(0, Math.Min(Math.Min(west, east), Math.Min(north, south)));
        }

        private void Scan(int cell, MapPoint from, NearList near)
        {
            for (var k = _start[cell]; k < _start[cell + 1]; k++)
            {
                near.Offer(Squared((long)_at[k].X - from.X) + Squared((long)_at[k].Y - from.Y), _node[k]);
            }
        }

        private int CellOf(MapPoint p) => ((p.Y - _top) / _side * _columns) + ((p.X - _left) / _side);

        private static long Squared(long value) => value * value;
    }
}

/// <summary>A place on the map in metres of a local projection. 坐标</summary>
public readonly record struct MapPoint(int X, int Y);
