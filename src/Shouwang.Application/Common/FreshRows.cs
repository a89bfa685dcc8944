using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common;

/// <summary>Stores new entities and what they own as plain rows: by one prepared statement a table, on PostgreSQL by its bulk copy. The
/// columns and conversions are those of the model, so the rows are the same as saved one by one. 批量写入</summary>
internal sealed class FreshRows(ShouwangDb db)
{
    private readonly Dictionary<Type, Shape> _shapes = [];

    /// <summary>The table and the id of a record.</summary>
    public (string Table, Guid Id) Identity(Entity entity)
    {
        var shape = ShapeOf(entity);
        return (shape.Own.Name, (Guid)shape.Key(entity)!);
    }

    /// <summary>Stores the records, each table at once: owners before what they own.</summary>
    public async Task Insert(IReadOnlyList<Entity> fresh, CancellationToken ct)
    {
        foreach (var kind in fresh.GroupBy(e => e.GetType()))
        {
            var (shape, all) = (ShapeOf(kind.First()), kind.ToList());
            if (shape.DecidesAccess) db.TouchAccess();
            await Insert(shape.Own, all.Select(e => shape.Own.Row(e, e)), ct);
            foreach (var (table, children) in shape.Owned)
            {
                await Insert(table, all.SelectMany(owner => children(owner).Select(child => table.Row(owner, child))), ct);
            }
        }
    }

    private Task Insert(Table table, IEnumerable<object?[]> rows, CancellationToken ct) =>
        db.Database.GetDbConnection() is NpgsqlConnection server
            ? Copy(server, table, rows, ct) : Insert(db.Database.GetDbConnection(), table, rows, ct);

    private static async Task Insert(DbConnection connection, Table table, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        var marks = string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"));
        command.CommandText = $"INSERT INTO \"{table.Name}\" ({table.Names}) VALUES ({marks})";
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) command.Parameters[i].Value = row[i] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static async Task Copy(NpgsqlConnection connection, Table table, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        var sql = $"COPY \"{table.Name}\" ({table.Names}) FROM STDIN (FORMAT BINARY)";
        await using var import = await connection.BeginBinaryImportAsync(sql, ct);
        foreach (var row in rows)
        {
            await import.StartRowAsync(ct);
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] is { } value) await import.WriteAsync(value, table.Columns[i].StoreType, ct);
                else await import.WriteNullAsync(ct);
            }
        }

        await import.CompleteAsync(ct);
    }

    private Shape ShapeOf(Entity entity)
    {
        if (_shapes.TryGetValue(entity.GetType(), out var shape)) return shape;
        var type = db.Model.FindEntityType(entity.GetType())
            ?? throw new InvalidOperationException($"{entity.GetType().Name} is not stored.");
        return _shapes[entity.GetType()] = Shape.Of(type);
    }

    /// <summary>One column: its name, its type there, and what stands in it for an owner and the row itself.</summary>
    private sealed record Column(string Name, string StoreType, Func<object, object, object?> Read)
    {
        /// <summary>The name in the table, which differs from the bare one where a record and what it owns share a row.</summary>
        public static string NameOf(IProperty property)
        {
            var type = (IEntityType)property.DeclaringType;
            return property.GetColumnName(StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema()))!;
        }

        public static Column Of(IProperty property, Func<object, object, object?> holder)
        {
            var (getter, converter) = (property.GetGetter(), property.GetTypeMapping().Converter);
            return new(NameOf(property), property.GetColumnType(), (owner, row) =>
            {
                var value = holder(owner, row) is { } at ? getter.GetClrValue(at) : null;
                return value is not null && converter is not null ? converter.ConvertToProvider(value) : value;
            });
        }
    }

    private sealed record Table(string Name, IReadOnlyList<Column> Columns)
    {
        public string Names { get; } = string.Join(", ", Columns.Select(c => $"\"{c.Name}\""));

        public object?[] Row(object owner, object row) => [.. Columns.Select(c => c.Read(owner, row))];
    }

    /// <param name="Owned">The tables of what a record owns many of, and how to find these.</param>
    private sealed record Shape(
        Table Own, Func<object, object?> Key, IReadOnlyList<(Table Table, Func<object, IEnumerable<object>> Children)> Owned,
        bool DecidesAccess)
    {
        public static Shape Of(IEntityType type)
        {
            var columns = type.GetProperties().Select(p => Column.Of(p, (_, row) => row)).ToList();
            var owned = new List<(Table, Func<object, IEnumerable<object>>)>();
            foreach (var navigation in type.GetNavigations().Where(n => n.TargetEntityType.IsOwned() && !n.IsOnDependent))
            {
                var getter = navigation.GetGetter();
                if (navigation.TargetEntityType.GetNavigations().Any(n => !n.IsOnDependent))
                    throw new NotSupportedException($"{navigation.TargetEntityType.DisplayName()} owns something itself.");
                if (navigation.IsCollection)
                    owned.Add((Children(navigation), owner => ((IEnumerable<object>?)getter.GetClrValue(owner)) ?? []));
                else columns.AddRange(OwnColumns(navigation).Select(p => Column.Of(p, (_, row) => getter.GetClrValue(row))));
            }

            var key = type.FindPrimaryKey()!.Properties[0];
            var identity = Column.Of(key, (_, row) => row);
            return new(new(type.GetTableName()!, columns), row => identity.Read(row, row), owned, AccessMark.Decides(type));
        }

        /// <summary>What is owned once stands in the owner's own row; its key is the owner's.</summary>
        private static IEnumerable<IProperty> OwnColumns(INavigation navigation) =>
            navigation.TargetEntityType.GetProperties().Where(p => !p.IsPrimaryKey());

        private static Table Children(INavigation navigation)
        {
            var (type, link) = (navigation.TargetEntityType, navigation.ForeignKey);
            var columns = type.GetProperties().Select(p =>
            {
                var at = link.Properties.ToList().IndexOf(p);
                return at < 0 ? Column.Of(p, (_, row) => row)
                    : Column.Of(link.PrincipalKey.Properties[at], (owner, _) => owner) with { Name = Column.NameOf(p) };
            });
            return new(type.GetTableName()!, [.. columns]);
        }
    }
}
