using System.Globalization;
using Shouwang.Application.Ledger;
using Shouwang.Domain.Ledger;
using Shouwang.Web.Common;

namespace Shouwang.Web.Ledger;

/// <summary>Entries of the books in the reader's words. 账簿用语</summary>
internal static class LedgerWords
{
    /// <summary>From whom to whom.</summary>
    public static string Way(Words words, ShowTransaction.Line line) =>
        words["ledger.entry.way", ("from", Side(words, line.From, line.FromKind)), ("to", Side(words, line.To, line.ToKind))];

    /// <summary>How much: minutes, or yuan.</summary>
    public static string Amount(Words words, Book book, ShowTransaction.Line line) => words[
        $"ledger.entry.{book}",
        ("amount", book == Book.Hours ? line.Amount : (line.Amount / 100m).ToString("0.00", CultureInfo.InvariantCulture))];

    /// <summary>Each move of an entry and of those that are linked with it: from whom to whom, and how much.</summary>
    public static IEnumerable<(string Way, string Amount)> Moves(Words words, ShowTransaction.View entry) =>
        entry.Linked.Prepend(entry).SelectMany(one => one.Lines.Select(l => (Way(words, l), Amount(words, one.Book, l))));

    private static string Side(Words words, string? name, AccountKind kind) => name ?? words[$"ledger.account.{kind}"];
}
