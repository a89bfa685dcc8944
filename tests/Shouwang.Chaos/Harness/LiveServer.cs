using System.Diagnostics;

namespace Shouwang.Chaos.Harness;

/// <summary>What is started: a program, its arguments, and what is preloaded into it.</summary>
internal sealed record ServerStart(string Program, IReadOnlyList<string> Arguments, Uri Address, Preload? Preload)
{
    /// <summary>The program under test: the published one behind ./shouwang, or the one built beside the tests.</summary>
    public static string Product => Environment.GetEnvironmentVariable("SHOUWANG_PROGRAM") is { Length: > 0 } named
        ? named
        : Path.Combine(AppContext.BaseDirectory, "shouwang");
}

/// <summary>A real server in a process of its own, to be killed.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly Queue<string> _said = new();

    private LiveServer(Process process) => _process = process;

    /// <summary>From its start to its first "ready".</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <exception cref="InvalidOperationException">It ended, or was not ready within three minutes.</exception>
    public static async Task<LiveServer> Start(ServerStart what, CancellationToken ct)
    {
        var start = new ProcessStartInfo(what.Program, what.Arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };

        // It is started often and lives for seconds: counting what is worth compiling better takes a fifth of its start.
        start.Environment["DOTNET_TieredPGO"] = "0";
        what.Preload?.ApplyTo(start);
        var watch = Stopwatch.StartNew();
        var server = new LiveServer(Process.Start(start) ?? throw new InvalidOperationException("The server did not start."));
        server.Listen();
        try
        {
            await server.Ready(what.Address, watch, ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it without a word, as SIGKILL does.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public int ProcessId => _process.Id;

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<bool> Ended(TimeSpan atMost)
    {
        using var patience = new CancellationTokenSource(atMost);
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _process.HasExited;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }

    private void Listen()
    {
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > 40) _said.Dequeue();
        }
    }

    private async Task Ready(Uri address, Stopwatch watch, CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        while (watch.Elapsed < s_patience)
        {
            if (_process.HasExited) break;
            if (await IsReady(client, ct))
            {
                ReadyAfter = watch.Elapsed;
                return;
            }

            await Task.Delay(10, ct);
        }

        throw new InvalidOperationException($"The server was not ready:\n{Said()}");
    }

    private static async Task<bool> IsReady(HttpClient client, CancellationToken ct)
    {
        try
        {
            using var answer = await client.GetAsync("/healthz/ready", ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (NoAnswer.Is(e) && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private string Said()
    {
        lock (_said) return string.Join('\n', _said);
    }
}
