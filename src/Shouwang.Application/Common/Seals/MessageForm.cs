namespace Shouwang.Application.Common.Seals;

/// <summary>A message of the outbox as bytes: what its mark is made of. 待发消息规范字节</summary>
internal static class MessageForm
{
    /// <summary>What the marks of messages are derived for.</summary>
    public const string MessageMark = "outbox.message";

    public static CanonicalRow Of(CanonicalRow row, OutboxMessage message) => row.Begin("shouwang-message-1")
        .Add(message.Id).Add(message.Stream).Add(message.Event).Add(message.Body).Add(message.Area.Value).Add(message.At.UtcDateTime)
        .Add(message.CommandId);
}
