using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>A TCP proxy before a database server. What the server answers can be made to arrive late: a line that has become slow, not
/// narrow.</summary>
public sealed class SlowProxy(int server) : LoopbackProxy
{
    private long _lateMs;

    private static long Now => (long)TimeProvider.System.GetElapsedTime(0).TotalMilliseconds;

    /// <summary>How late every answer comes from now on; what is on its way already comes as late as it would have.</summary>
    public void DelayAnswers(TimeSpan by) => Interlocked.Exchange(ref _lateMs, (long)by.TotalMilliseconds);

    protected override async Task Serve(TcpClient guest)
    {
        using var _ = guest;
        using var host = new TcpClient { NoDelay = true };
        try
        {
            guest.NoDelay = true;
            await host.ConnectAsync(IPAddress.Loopback, server, Stop);
            var (late, from, to) = (Channel.CreateUnbounded<(byte[] Bytes, long DueMs)>(), host.GetStream(), guest.GetStream());

            // Whichever side leaves first, the other is let go.
            await Task.WhenAny(guest.GetStream().CopyToAsync(from, Stop), Read(from, late.Writer), Write(late.Reader, to));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One of the two is gone, and the other will hear of it.
        }
    }

    private async Task Read(NetworkStream answers, ChannelWriter<(byte[] Bytes, long DueMs)> late)
    {
        var buffer = new byte[64 * 1024];
        while (await answers.ReadAsync(buffer, Stop) is var length && length > 0)
            await late.WriteAsync((buffer[..length], Now + Interlocked.Read(ref _lateMs)), Stop);
    }

    private async Task Write(ChannelReader<(byte[] Bytes, long DueMs)> late, NetworkStream guest)
    {
        await foreach (var (bytes, due) in late.ReadAllAsync(Stop))
        {
            if (due - Now is var wait and > 0) await Task.Delay(TimeSpan.FromMilliseconds(wait), Stop);
            await guest.WriteAsync(bytes, Stop);
        }
    }
}
