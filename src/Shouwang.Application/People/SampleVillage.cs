using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>The ground of a made-up village: its groups, plots, landmarks and mutual-aid points. 示例村庄</summary>
internal sealed class SampleVillage
{
    private const int EldersPerPoint = 24;
    private const int EldersPerVolunteer = 3;
    private const string Numerals = "一二三四五六七八九十";

    private static readonly string[] s_landmarks =
        ["老槐树", "村口石桥", "磨坊", "大水塘", "村委会", "小卖部", "旧学校", "打谷场", "水井", "庙前空地", "柿子林", "河堤"];

    private static readonly string[] s_sides = ["东侧", "西侧", "南边", "北边", "对面", "后面"];

    private static readonly string[] s_points = ["村东", "河沿", "老槐树", "后街", "前街", "南坡", "北坡", "村西"];

    private readonly Random _random;
    private readonly (double Latitude, double Longitude)[] _centres;
    private readonly int[] _plots;

    public SampleVillage(Random random, int elders)
    {
        _random = random;
        var groups = elders <= 400 ? Math.Clamp(elders / 14, 6, 8) : elders / 50;
        _plots = new int[groups];
        _centres = [.. Enumerable.Range(0, groups).Select(g => (40.52 + (g / 3 * 0.004), 117.05 + (g % 3 * 0.006)))];
    }

    /// <summary>The next free plot: villagers' group, household number, home.</summary>
    public (string Group, string Number, HomeSpot Home) Plot()
    {
        var g = _random.Next(_plots.Length);
        var number = ++_plots[g];
        var (latitude, longitude) = _centres[g];
        var landmark = $"{s_landmarks[g % s_landmarks.Length]}{s_sides[_random.Next(s_sides.Length)]}第{number}户";
        var home = new HomeSpot(landmark, Near(latitude, 0.0015), Near(longitude, 0.002));
        return (GroupName(g), $"{((g + 1) * 1000) + number}", home);
    }

    public int GroupNumber(string group) => Enumerable.Range(0, _plots.Length).First(g => GroupName(g) == group);

    /// <summary>Gives every household to a point, so that the points serve about the same number.</summary>
    public List<RosterRow> ServeByPoints(IEnumerable<RosterRow[]> households, int elders)
    {
        var points = Math.Max(1, elders / EldersPerPoint);
        var served = new List<RosterRow>();
        foreach (var household in households)
        {
            var point = PointName(Math.Min(points - 1, served.Count * points / elders));
            served.AddRange(household.Select(p => p with { Point = point }));
        }

        return served;
    }

    /// <summary>Makes a team for each point: first as many as its elders need, then the others in turn; the first of each leads.</summary>
    public static List<RosterRow> Teams(List<RosterRow> elders, List<RosterRow> volunteers)
    {
        var points = elders.GroupBy(e => e.Point)
            .Select(g => (Name: g.Key, Needed: (g.Count() + EldersPerVolunteer - 1) / EldersPerVolunteer)).ToList();
        var spare = Math.Max(0, volunteers.Count - points.Sum(p => p.Needed));
        var places =
            points.SelectMany((p, i) => Enumerable.Repeat(p.Name, p.Needed + (spare / points.Count) + (i < spare % points.Count ? 1 : 0)));
        var led = new HashSet<string>();
        return [.. volunteers.Zip(places, (v, point) => v with { Point = point, LeadsPoint = led.Add(point) })];
    }

    private static string GroupName(int index) => index < Numerals.Length ? $"第{Numerals[index]}村民组" : $"第{index + 1}村民组";

    private static string PointName(int index) =>
        $"{s_points[index % s_points.Length]}{(index < s_points.Length ? "" : (index / s_points.Length) + 1)}互助点";

    private double Near(double centre, double spread) => Math.Round(centre + (((_random.NextDouble() * 2) - 1) * spread), 5);
}
