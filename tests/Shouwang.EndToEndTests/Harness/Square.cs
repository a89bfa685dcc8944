using System.Diagnostics;

namespace Shouwang.EndToEndTests.Harness;

/// <summary>Reads a square code as a telephone does: from a picture of it.</summary>
internal static class Square
{
    /// <exception cref="InvalidOperationException">There is none in the picture.</exception>
    public static async Task<string> Read(byte[] picture)
    {
        var file = Path.Combine(Path.GetTempPath(), $"shouwang-square-{Guid.NewGuid()}.png");
        await File.WriteAllBytesAsync(file, picture);
        try
        {
            using var reader = Process.Start(
                new ProcessStartInfo("zbarimg", ["--quiet", "--raw", "--nodbus", file]) { RedirectStandardOutput = true })!;
            var said = (await reader.StandardOutput.ReadToEndAsync()).Trim();
            await reader.WaitForExitAsync();
            return reader.ExitCode == 0 ? said : throw new InvalidOperationException("There is no square code in the picture.");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
