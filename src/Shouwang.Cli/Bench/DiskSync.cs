using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Shouwang.Cli.Bench;

/// <summary>How often a second the disk makes 8 KB durable: the calibration every rate is read against.</summary>
internal static partial class DiskSync
{
    private const int Block = 8192;
    private const int Blocks = 2048;

    public static double PerSecond(string directory, TimeSpan time)
    {
        var path = Path.Combine(directory, "sync-probe");
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, preallocationSize: (long)Block * Blocks);
        var block = new byte[Block];
        for (var i = 0; i < Blocks; i++) RandomAccess.Write(file, block, (long)i * Block);
        Sync(file);

        var (watch, count) = (Stopwatch.StartNew(), 0);
        while (watch.Elapsed < time)
        {
            RandomAccess.Write(file, block, (long)(count++ % Blocks) * Block);
            Sync(file);
        }

        var rate = count / watch.Elapsed.TotalSeconds;
        file.Dispose();
        File.Delete(path);
        return rate;
    }

    private static void Sync(SafeFileHandle file)
    {
        if (fdatasync(file) != 0) throw new IOException("fdatasync failed.");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(SafeFileHandle file);
}
