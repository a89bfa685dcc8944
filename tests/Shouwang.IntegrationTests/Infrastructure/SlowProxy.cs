using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>A TCP proxy before a database server. What the server answers can be made to arrive late: a line that has become slow, not
/// narrow.</summary>
public sealed class SlowProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _server;
    private readonly Task _loop;
    private long _lateMs;

    public SlowProxy(int server)
    {
        _server = server;
        _listener.Start(512);
        _loop = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    private static long Now => (long)TimeProvider.System.GetElapsedTime(0).TotalMilliseconds;

    /// <summary>How late every answer comes from now on; what is on its way already comes as late as it would have.</summary>
    public void DelayAnswers(TimeSpan by) => Interlocked.Exchange(ref _lateMs, (long)by.TotalMilliseconds);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = Serve(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Serve(TcpClient guest)
    {
        using var _ = guest;
        using var server = new TcpClient { NoDelay = true };
        try
        {
            guest.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
            var (late, from, to) = (Channel.CreateUnbounded<(byte[] Bytes, long DueMs)>(), server.GetStream(), guest.GetStream());

            // Whichever side leaves first, the other is let go.
            await Task.WhenAny(guest.GetStream().CopyToAsync(from, _stop.Token), Read(from, late.Writer), Write(late.Reader, to));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One of the two is gone, and the other will hear of it.
        }
    }

    private async Task Read(NetworkStream server, ChannelWriter<(byte[] Bytes, long DueMs)> late)
    {
        var buffer = new byte[64 * 1024];
        while (await server.ReadAsync(buffer, _stop.Token) is var length && length > 0)
            await late.WriteAsync((buffer[..length], Now + Interlocked.Read(ref _lateMs)), _stop.Token);
    }

    private async Task Write(ChannelReader<(byte[] Bytes, long DueMs)> late, NetworkStream guest)
    {
        await foreach (var (bytes, due) in late.ReadAllAsync(_stop.Token))
        {
            if (due - Now is var wait and > 0) await Task.Delay(TimeSpan.FromMilliseconds(wait), _stop.Token);
            await guest.WriteAsync(bytes, _stop.Token);
        }
    }
}
