using System.Net.Sockets;

namespace Shouwang.Chaos.Harness;

/// <summary>How a request ends when the server dies under it.</summary>
internal static class NoAnswer
{
    /// <summary>Whether the request was never answered. A bare socket exception belongs here too: the client's connection pool asks a fresh
    /// connection for its far end, and lets that failure through unwrapped when the server is gone by then.</summary>
    public static bool Is(Exception e) => e is HttpRequestException or IOException or SocketException or OperationCanceledException;
}
