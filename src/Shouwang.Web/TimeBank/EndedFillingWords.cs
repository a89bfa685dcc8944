using Shouwang.Application.TimeBank;
using Shouwang.Web.Common;

namespace Shouwang.Web.TimeBank;

/// <summary>What became of a request that came to nothing, in the reader's words. 未充入用语</summary>
internal static class EndedFillingWords
{
    public static string Said(Words words, ListEndedFillings.Row row) => row.Reason is { } reason
        ? words["timebank.fillings.declined", ("who", row.By), ("reason", words[$"timebank.DeclineReason.{reason}"])]
        : words["timebank.fillings.withdrawn"];
}
