using System.Net;
using System.Net.Sockets;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.Chaos.Harness;

/// <summary>What the proxy does to a request whose answer is on its way.</summary>
internal enum Cut
{
    /// <summary>The server has committed and answers; the caller never hears it.</summary>
    Reply,

    /// <summary>Only the first bytes of the answer arrive.</summary>
    MidReply,

    /// <summary>The request reaches the server twice, at the same time.</summary>
    Twice,

    /// <summary>The caller hears nothing, and the request reaches the server a little later, when it has been asked again.</summary>
    Late,
}

/// <summary>A TCP proxy that spoils the answer of every connection. It knows nothing of HTTP: the first byte back from the server shows
/// that the change is committed.</summary>
internal sealed class CuttingProxy(int server, Cut how) : LoopbackProxy
{
    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>One request for each connection: what the guest sends first is the whole of it.</summary>
    protected override async Task Serve(TcpClient guest)
    {
        using var _ = guest;
        try
        {
            var from = guest.GetStream();
            var request = await Request(from);
            if (how == Cut.Late)
            {
                await ArriveLate(guest, request);
                return;
            }

            using var host = new TcpClient();
            await host.ConnectAsync(IPAddress.Loopback, server, Stop);
            var to = host.GetStream();
            var second = how == Cut.Twice ? Send(request) : Task.CompletedTask;
            await to.WriteAsync(request, Stop);

            var answer = new byte[64 * 1024];
            var length = await to.ReadAsync(answer, Stop);
            if (how == Cut.MidReply) await from.WriteAsync(answer.AsMemory(0, Math.Min(length, 20)), Stop);
            if (how == Cut.Twice) await from.WriteAsync(answer.AsMemory(0, length), Stop);
            await second;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The server was killed under us; the guest hears nothing, which is the point.
        }

        if (how != Cut.Twice && guest.Connected) guest.LingerState = new(true, 0);
    }

    /// <summary>How late the request itself decides, so that a seed decides it again.</summary>
    private async Task ArriveLate(TcpClient guest, byte[] request)
    {
        (guest.LingerState, var late) = (new(true, 0), 5 + (request.Sum(b => b) % 250));
        guest.Close();
        await Task.Delay(late, Stop);
        await Send(request);
    }

    private async Task Send(byte[] request)
    {
        using var host = new TcpClient();
        await host.ConnectAsync(IPAddress.Loopback, server, Stop);
        await host.GetStream().WriteAsync(request, Stop);
        _ = await host.GetStream().ReadAsync(new byte[64 * 1024], Stop);
    }

    /// <summary>Reads until headers and body are whole; a small JSON body ends with its closing brace.</summary>
    private async Task<byte[]> Request(NetworkStream from)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (length == 0 || !IsWhole(buffer.AsSpan(0, length)))
        {
            var read = await from.ReadAsync(buffer.AsMemory(length), Stop);
            if (read == 0) throw new IOException("The guest left.");
            length += read;
        }

        return buffer[..length];
    }

    private static bool IsWhole(ReadOnlySpan<byte> request)
    {
        var body = request.IndexOf("\r\n\r\n"u8);
        return body >= 0 && request[(body + 4)..].IndexOf((byte)'}') >= 0 && (!IsChunked(request) || request.EndsWith("0\r\n\r\n"u8));
    }

    private static bool IsChunked(ReadOnlySpan<byte> request) => request.IndexOf("chunked"u8) >= 0;
}
