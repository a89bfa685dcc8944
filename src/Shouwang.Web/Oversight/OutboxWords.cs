using Shouwang.Application.Oversight;

namespace Shouwang.Web.Oversight;

/// <summary>How a delivery stands, in the words of its page and its workbook. 待发消息用语</summary>
internal static class OutboxWords
{
    /// <summary>The key of its state.</summary>
    public static string StateOf(OutboxState.Line line) =>
        line.GaveUpAt is not null ? "outbox.gave-up" : line.Attempts > 0 ? "outbox.failed" : "outbox.waiting";
}
