namespace Shouwang.Application.Common.Seals;

/// <summary>A security event as bytes: what its mark and its seal are made of. 安全事件规范字节</summary>
internal static class EventForm
{
    /// <summary>What the marks of security events are derived for.</summary>
    public const string EventMark = "audit.security-event";

    public static CanonicalRow Of(CanonicalRow row, SecurityEvent happened) => row.Begin("shouwang-event-2")
        .Add(happened.Id).Add(happened.Code).Add(happened.Command).Add(happened.Actor).Add(happened.Role).Add(happened.Area.Value)
        .Add(happened.At.UtcDateTime);
}
