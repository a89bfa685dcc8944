using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common;

/// <summary>Lets the embedded database walk along an index that has the order asked for, where most rows fit and few are shown. It does not
/// know how many fit, and would sort all of them. A database server finds the way by itself.</summary>
internal sealed class AlongIndex : DbCommandInterceptor
{
    private const string Mark = "-- along ";
    private const string OwnOrder = "-";
    private static readonly ConcurrentDictionary<string, string> s_written = new();

    /// <summary>Marks a query to walk along an index of a table.</summary>
    public static string Of(string table, string index) => $"along {table} {index}";

    /// <summary>Marks a query to walk along a table as it was written.</summary>
    public static string Of(string table) => Of(table, OwnOrder);

    /// <summary>Lets whoever sees more than a village walk so: most of what is met fits then.</summary>
    public static IQueryable<T> Wide<T>(ShouwangDb db, IQueryable<T> rows, string mark) =>
        db.Looking.Scope.Level < AreaLevel.Village ? rows.TagWith(mark) : rows;

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Name(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Name(command);
        return ValueTask.FromResult(result);
    }

    private static void Name(DbCommand command)
    {
        if (command.CommandText.StartsWith(Mark, StringComparison.Ordinal))
            command.CommandText = s_written.GetOrAdd(command.CommandText, Named);
    }

    /// <summary>The index stands behind the first naming of the table.</summary>
    private static string Named(string sql)
    {
        var words = sql[Mark.Length..sql.IndexOf('\n', StringComparison.Ordinal)].Trim().Split(' ');
        var table = $"\"{words[0]}\" AS \"";
        var behind = sql.IndexOf('"', sql.IndexOf(table, StringComparison.Ordinal) + table.Length) + 1;
        return sql.Insert(behind, words[1] == OwnOrder ? " NOT INDEXED" : $" INDEXED BY \"{words[1]}\"");
    }
}
