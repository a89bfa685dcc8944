using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Shouwang.EndToEndTests.Harness.Chromium))]

namespace Shouwang.EndToEndTests.Harness;

/// <summary>The system's Chromium without a window, started once for all browser tests: the whole browser draws a bar of its own beside
/// every page even where nobody sees it, and walks half as fast.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;

    /// <summary>The running browser; each test opens its own context in it.</summary>
    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("SHOUWANG_CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
