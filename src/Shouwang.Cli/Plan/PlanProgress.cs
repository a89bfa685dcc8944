using System.Globalization;

namespace Shouwang.Cli.Plan;

/// <summary>Says how far a search has come: the seconds and the best cost so far, one line at most every two seconds. 求解进度</summary>
/// <param name="voice">Where the lines go; standard error, so that standard output keeps the answer alone.</param>
/// <param name="seconds">Seconds since the search began.</param>
internal sealed class PlanProgress(TextWriter voice, Func<double> seconds)
{
    private const double Every = 2;

    private readonly Lock _door = new();
    private double _next = Every;

    /// <summary>Hears the best cost; searches side by side may tell it at once.</summary>
    public void Hear(double cost)
    {
        lock (_door)
        {
            var now = seconds();
            if (now < _next) return;
            _next = now + Every;
            voice.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{now:F0} s: cost {cost:0.###} so far"));
        }
    }
}
