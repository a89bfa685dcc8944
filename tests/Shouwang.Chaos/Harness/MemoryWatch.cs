using System.Globalization;

namespace Shouwang.Chaos.Harness;

/// <summary>How much memory a process takes, looked at every half second: what only grows shows in the last quarter of the time.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private const double PageMb = 4096 / 1024.0 / 1024.0;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<double> _seen = [];
    private readonly Task _watching;

    public MemoryWatch(int process) => _watching = Watch($"/proc/{process}/statm");

    /// <summary>What was looked at until now, in MB: the most of the first quarter, of the last quarter, and of all; nothing before there
    /// is one look for each quarter.</summary>
    public (long First, long Last, long Most)? Mb
    {
        get
        {
            lock (_seen)
            {
                var quarter = _seen.Count / 4;
                return quarter == 0 ? null : ((long)_seen.Take(quarter).Max(), (long)_seen.TakeLast(quarter).Max(), (long)_seen.Max());
            }
        }
    }

    private async Task Watch(string file)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            while (await clock.WaitForNextTickAsync(_stop.Token))
            {
                var resident = (await File.ReadAllTextAsync(file, _stop.Token)).Split(' ')[1];
                lock (_seen) _seen.Add(long.Parse(resident, CultureInfo.InvariantCulture) * PageMb);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or IndexOutOfRangeException)
        {
            // The watch was stopped, or the process has ended: there is nothing more to see.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }
}
