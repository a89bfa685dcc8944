using System.Diagnostics;
using System.Globalization;

namespace Shouwang.Chaos.Harness;

/// <summary>Processes that stand still for a while (SIGSTOP, SIGCONT): neither dead nor alive to whoever waits for them.</summary>
internal static class Frozen
{
    public static async Task For(IReadOnlyList<int> processes, TimeSpan time, CancellationToken ct)
    {
        await Signal("STOP", processes);
        try
        {
            await Task.Delay(time, ct);
        }
        finally
        {
            await Signal("CONT", processes);
        }
    }

    /// <summary>A process and those it has started.</summary>
    public static IEnumerable<int> WithChildren(int parent) => Directory.GetDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id == parent || (id > 0 && ParentOf(id) == parent));

    /// <summary>Its fourth field; the second is the program's name in brackets, whatever stands in it. 0 for one that has ended.</summary>
    private static int ParentOf(int process)
    {
        try
        {
            var state = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(state[(state.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Those that have ended meanwhile are left alone.</summary>
    private static async Task Signal(string name, IReadOnlyList<int> processes)
    {
        var ids = processes.Select(p => p.ToString(CultureInfo.InvariantCulture));
        using var kill = Process.Start(new ProcessStartInfo(
            "bash", ["-c", $"kill -{name} {string.Join(' ', ids)}"]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
    }
}
