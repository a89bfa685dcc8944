using System.Diagnostics;
using System.Globalization;

namespace Shouwang.Chaos.Harness;

/// <summary>The preloaded library between a server and its disk and clock (Native/nemesis.c), and the orders it reads.</summary>
internal sealed class Preload
{
    private readonly string _library;
    private readonly string _orders;
    private readonly string _files;

    private Preload(string folder, string files)
    {
        (_library, _orders, _files) = (Path.Combine(folder, "nemesis.so"), Path.Combine(folder, "nemesis.orders"), files);
    }

    /// <summary>Compiles the library.</summary>
    /// <param name="folder">Where it and its orders lie.</param>
    /// <param name="files">What the paths of the watched files begin with.</param>
    /// <exception cref="InvalidOperationException">There is no gcc, or it refused.</exception>
    public static async Task<Preload> Make(string folder, string files, CancellationToken ct)
    {
        var preload = new Preload(folder, files);
        var source = Path.Combine(AppContext.BaseDirectory, "Native", "nemesis.c");
        using var gcc = Process.Start(
            new ProcessStartInfo("gcc", ["-O2", "-shared", "-fPIC", "-o", preload._library, source, "-ldl", "-lpthread"]))!;
        await gcc.WaitForExitAsync(ct);
        return gcc.ExitCode == 0 ? preload : throw new InvalidOperationException("gcc could not compile the preloaded library.");
    }

    public void ApplyTo(ProcessStartInfo start)
    {
        Heal();
        start.Environment["LD_PRELOAD"] = _library;
        start.Environment["NEMESIS_ORDERS"] = _orders;
        start.Environment["NEMESIS_FILES"] = _files;
    }

    /// <summary>The power fails after so many more writes.</summary>
    public void CutPowerAfter(int writes) => Order($"power {writes.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>"eio" or "enospc", until healed.</summary>
    public void Fail(string how) => Order(how);

    /// <summary>The server's time of day jumps, and stays so far ahead or behind until healed.</summary>
    public void SetClock(TimeSpan ahead) => Order($"clock {ahead.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)}");

    /// <summary>Everything works again.</summary>
    public void Heal() => File.Delete(_orders);

    /// <summary>Put in place as a whole, so that half an order is never read.</summary>
    private void Order(string text)
    {
        File.WriteAllText(_orders + ".new", text);
        File.Move(_orders + ".new", _orders, overwrite: true);
    }
}
