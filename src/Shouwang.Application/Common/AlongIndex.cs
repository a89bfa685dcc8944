using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common;

/// <summary>Lets the embedded database walk along an index that has the order asked for, where most rows fit and few are shown, and along
/// the areas, where few fit. It does not know how many fit: it would sort all of them, or walk past all others. A database server finds the
/// way by itself.</summary>
internal sealed class AlongIndex : DbCommandInterceptor
{
    private const string Mark = "-- along ";
    private const string OwnOrder = "-";
    private static readonly ConcurrentDictionary<string, string> s_written = new();
    private static readonly ConcurrentDictionary<Type, string> s_areas = new();

    /// <summary>Marks a query to walk along an index of a table.</summary>
    public static string Of(string table, string index) => $"along {table} {index}";

    /// <summary>Marks a query to walk along a table as it was written.</summary>
    public static string Of(string table) => Of(table, OwnOrder);

    /// <summary>Lets whoever sees more than a village walk so: most of what is met fits then.</summary>
    public static IQueryable<T> Wide<T>(ShouwangDb db, IQueryable<T> rows, string mark) => IsNarrow(db) ? rows : rows.TagWith(mark);

    /// <summary>Lets whoever sees a village or less go by the areas, where all that is theirs is asked for. The embedded database does not
    /// know that a village is a small part of all: it would rather walk a whole county along an index that has the order asked for, or a
    /// state half of them are in, than sort one village. What is asked for by its id needs no mark.</summary>
    public static IQueryable<T> Narrow<T>(ShouwangDb db, IQueryable<T> rows) where T : class, IInArea =>
        IsNarrow(db) ? rows.TagWith(s_areas.GetOrAdd(typeof(T), type => ByArea(db.Model.FindEntityType(type)!))) : rows;

    /// <summary>Whether whoever looks sees a village or less.</summary>
    public static bool IsNarrow(ShouwangDb db) => db.Looking.Scope.Level >= AreaLevel.Village;

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

    /// <summary>The index that every table with areas has.</summary>
    private static string ByArea(IEntityType type) => Of(
        type.GetTableName()!, type.GetIndexes().Single(i => i.Properties is [{ Name: nameof(IInArea.Area) }]).GetDatabaseName()!);

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
