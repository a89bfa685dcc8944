using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Keeping;

/// <summary>What a column holds, the same on both databases. 列类型</summary>
internal enum CellKind { Text = 1, Whole = 2, Number = 3, YesNo = 4, Bytes = 5, Id = 6, Day = 7, Moment = 8, Time = 9 }

/// <summary>One column of a stored table. 列</summary>
/// <param name="Refers">The table whose row this column names by its id; null for a column that names none.</param>
/// <param name="IsCounted">Whether the database numbers it by itself.</param>
internal sealed record StoredColumn(string Name, CellKind Kind, bool IsCounted = false, string? Refers = null);

/// <summary>One table as both databases have it. 表</summary>
/// <param name="Key">Its key columns.</param>
/// <param name="Owner">The table whose rows own these, and the column that names the owner; null for a table that stands by itself.</param>
internal sealed record StoredTable(
    string Name, IReadOnlyList<StoredColumn> Columns, IReadOnlyList<string> Key, (string Table, string Column)? Owner)
{
    public int IndexOf(string column) => Columns.Select((c, i) => (c, i)).First(c => c.c.Name == column).i;
}

/// <summary>Every table of the house, read from the model, parents before children: what is backed up, restored, copied and taken back.
/// 全部数据表</summary>
internal static class StoredTables
{
    /// <summary>An account's holder is a bare id, since a place may hold one too.</summary>
    private const string Holder = nameof(AccountRow.Holder);

    /// <summary>What the database counts from other rows comes after them, as it stood: filling it first would count them twice.</summary>
    private const string Counted = "ledger_account";

    public static IReadOnlyList<StoredTable> Of(DbContext db)
    {
        var model = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        var byId = model.Tables.Where(t => t.PrimaryKey is { Columns.Count: 1 } && OwnerOf(t) is null)
            .Select(t => (Type: IdentityOf(t), t.Name)).Where(t => t.Type is not null).ToDictionary(t => t.Type!, t => t.Name);
        var left = model.Tables.OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        var sorted = new List<StoredTable>();
        while (left.Count > 0)
        {
            var free = left.Where(t => t.ForeignKeyConstraints.All(f => f.PrincipalTable == t || !left.Contains(f.PrincipalTable)))
                .ToList();
            if (free.Count == 0) throw new NotSupportedException("Tables that refer to each other in a circle cannot be copied.");
            sorted.AddRange(free.Select(t => TableOf(t, byId)));
            left.RemoveAll(free.Contains);
        }

        return [.. sorted.OrderBy(t => t.Name == Counted)];
    }

    private static StoredTable TableOf(ITable table, Dictionary<Type, string> byId) => new(
        table.Name,
        [.. table.Columns.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => ColumnOf(c, byId))],
        [.. table.PrimaryKey!.Columns.Select(c => c.Name)],
        OwnerOf(table));

    private static StoredColumn ColumnOf(IColumn column, Dictionary<Type, string> byId)
    {
        var property = column.PropertyMappings[0].Property;
        var refers = column.Name == Holder ? byId[typeof(Id<Person>)] : byId.GetValueOrDefault(Bare(property.ClrType));
        if (refers == column.Table.Name && column.Table.PrimaryKey!.Columns.Contains(column)) refers = null;
        var isCounted = property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(long);
        return new(column.Name, KindOf(column), isCounted, refers);
    }

    private static CellKind KindOf(IColumn column)
    {
        var mapping = column.PropertyMappings[0].TypeMapping;
        var type = Bare(mapping.Converter?.ProviderClrType ?? mapping.ClrType);
        return type switch
        {
            _ when type == typeof(string) => CellKind.Text,
            _ when type == typeof(int) || type == typeof(long) || type == typeof(short) => CellKind.Whole,
            _ when type == typeof(double) => CellKind.Number,
            _ when type == typeof(bool) => CellKind.YesNo,
            _ when type == typeof(byte[]) => CellKind.Bytes,
            _ when type == typeof(Guid) => CellKind.Id,
            _ when type == typeof(DateOnly) => CellKind.Day,
            _ when type == typeof(DateTime) => CellKind.Moment,
            _ when type == typeof(TimeOnly) => CellKind.Time,
            _ => throw new NotSupportedException(
                $"{column.Table.Name}.{column.Name} holds {type.Name}, which the two databases store differently."),
        };
    }

    /// <summary>The type of a table's own id: Id&lt;Person&gt; for the persons; null where another's id is the key.</summary>
    private static Type? IdentityOf(ITable table)
    {
        var type = table.PrimaryKey!.Columns[0].PropertyMappings[0].Property.ClrType;
        return table.PrimaryKey.Columns[0].Name == "Id" && type.IsGenericType ? type : null;
    }

    private static (string Table, string Column)? OwnerOf(ITable table)
    {
        var owner = table.EntityTypeMappings.Select(m => (IEntityType)m.TypeBase).All(e => e.IsOwned())
            ? table.ForeignKeyConstraints.FirstOrDefault() : null;
        return owner is null ? null : (owner.PrincipalTable.Name, owner.Columns[0].Name);
    }

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
