using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Shouwang.Application.Common;

namespace Shouwang.Application.Keeping;

/// <summary>What one command added, and how the rows it changed stood before: enough to take the whole of it back. 变更日记</summary>
internal sealed class RowJournal
{
    private readonly IReadOnlyList<StoredTable> _tables;
    private readonly Dictionary<string, HashSet<Guid>> _added = [];
    private readonly Dictionary<string, HashSet<Guid>> _changed = [];
    private readonly Dictionary<string, List<object?[]>> _before = [];

    private RowJournal(IReadOnlyList<StoredTable> tables) => _tables = tables;

    public bool IsEmpty => _added.Count == 0 && _changed.Count == 0;

    /// <summary>Writes down what a unit of work is about to store.</summary>
    public static async Task<RowJournal> Of(ShouwangDb db, CancellationToken ct)
    {
        var journal = new RowJournal(StoredTables.Of(db));
        db.ChangeTracker.DetectChanges();
        foreach (var entry in db.ChangeTracker.Entries().Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached)))
        {
            journal.Note(entry);
        }

        // A record counts as saved when only a row it owns changes; otherwise a later change of it could not be told from this one.
        foreach (var entry in db.ChangeTracker.Entries().Where(e => e.State == EntityState.Unchanged && journal.Changes(e)).ToList())
        {
            entry.State = EntityState.Modified;
        }

        var rows = TableRows.Within(db);
        foreach (var (table, ids) in journal._changed)
        {
            foreach (var (part, column) in journal.PartsOf(table))
            {
                journal._before[part.Name] = await List(rows.Of(part, column, [.. ids], ct), ct);
            }
        }

        return journal;
    }

    /// <summary>Writes down one more record that is about to be added.</summary>
    public void Note(string table, Guid id)
    {
        if (_tables.Any(t => t.Name == table)) Set(_added, table).Add(id);
    }

    /// <summary>What others have built on it since: tables, and how many of their rows; empty when it can be taken back.</summary>
    public async Task<IReadOnlyList<BuiltOn>> Since(ShouwangDb db, CancellationToken ct)
    {
        var rows = TableRows.Within(db);
        var found = new List<BuiltOn>();
        foreach (var table in _tables)
        {
            var count = await ChangedSince(rows, table, ct) + await NamedSince(rows, table, ct);
            if (count > 0) found.Add(new(table.Name, count));
        }

        return found;
    }

    /// <summary>Rows of others that name one of these records, by the table of the record they belong to; those this journal knows are left
    /// out.</summary>
    public async Task<IReadOnlyList<BuiltOn>> Beside(ShouwangDb db, string named, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = TableRows.Within(db);
        var found = new Dictionary<string, HashSet<Guid>>();
        foreach (var (table, column) in _tables.SelectMany(t => t.Columns.Select(c => (Table: t, Column: c)))
            .Where(c => c.Column.Refers == named && c.Column.Name != c.Table.Owner?.Column))
        {
            var own = table.Owner?.Table ?? table.Name;
            var at = table.IndexOf(table.Owner?.Column ?? table.Key[0]);
            await foreach (var row in rows.Of(table, column.Name, ids, ct))
            {
                if (row[at] is Guid id && !Ids(_added, own).Contains(id) && !Ids(_changed, own).Contains(id)) Set(found, own).Add(id);
            }
        }

        return [.. found.Select(f => new BuiltOn(f.Key, f.Value.Count))];
    }

    /// <summary>Removes what was added and puts the rest back as it stood.</summary>
    public async Task TakeBack(ShouwangDb db, CancellationToken ct)
    {
        var rows = TableRows.Within(db);
        foreach (var table in _tables.Reverse())
        {
            if (table.Owner is not { } owner) await rows.Delete(table, table.Key[0], [.. Ids(_added, table.Name)], ct);
            else await rows.Delete(table, owner.Column, [.. Ids(_added, owner.Table), .. Ids(_changed, owner.Table)], ct);
        }

        foreach (var table in _tables.Where(t => _before.ContainsKey(t.Name)))
        {
            if (table.Owner is not null) await rows.Insert(table, Stream(_before[table.Name]), ct);
            else foreach (var row in _before[table.Name]) await rows.Update(table, row, ct);
        }
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var to = new BinaryWriter(new DeflateStream(bytes, CompressionLevel.Fastest), Encoding.UTF8))
        {
            Write(to, _added);
            Write(to, _changed);
            to.Write(_before.Count);
            foreach (var (name, rows) in _before) Write(to, Table(name), rows);
        }

        return bytes.ToArray();
    }

    public static RowJournal Read(ShouwangDb db, byte[] bytes)
    {
        var journal = new RowJournal(StoredTables.Of(db));
        using var from = new BinaryReader(new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress), Encoding.UTF8);
        Read(from, journal._added);
        Read(from, journal._changed);
        for (var tables = from.ReadInt32(); tables > 0; tables--)
        {
            var table = journal.Table(from.ReadString());
            var rows = journal._before[table.Name] = [];
            for (var count = from.ReadInt32(); count > 0; count--) rows.Add(RowCodec.Read(from, table));
        }

        return journal;
    }

    /// <summary>A record that is new, or the record to which a changed row belongs.</summary>
    private void Note(EntityEntry entry)
    {
        var ownership = entry.Metadata.FindOwnership();
        var root = ownership?.PrincipalEntityType ?? entry.Metadata;
        var key = (ownership?.Properties ?? entry.Metadata.FindPrimaryKey()!.Properties)[0];
        if (root.GetTableName() is not { } table || _tables.All(t => t.Name != table) || Value(entry, key.Name) is not { } id) return;

        if (ownership is null && entry.State == EntityState.Added) Set(_added, table).Add(id);
        else if (!Ids(_added, table).Contains(id)) Set(_changed, table).Add(id);
        if (_added.TryGetValue(table, out var added) && added.Contains(id) && _changed.TryGetValue(table, out var changed))
        {
            changed.Remove(id);
            if (changed.Count == 0) _changed.Remove(table);
        }
    }

    private bool Changes(EntityEntry entry) =>
        entry.Metadata.FindOwnership() is null && entry.Metadata.GetTableName() is { } table && _changed.TryGetValue(table, out var ids)
        && Value(entry, entry.Metadata.FindPrimaryKey()!.Properties[0].Name) is { } id && ids.Contains(id);

    private static Guid? Value(EntityEntry entry, string property)
    {
        var at = entry.Property(property);
        return (at.Metadata.GetValueConverter() is { } converter ? converter.ConvertToProvider(at.CurrentValue) : at.CurrentValue) as Guid?;
    }

    /// <summary>Records of this journal whose version is no longer the one it left.</summary>
    private async Task<long> ChangedSince(TableRows rows, StoredTable table, CancellationToken ct)
    {
        if (table.Owner is not null || table.Columns.All(c => c.Name != nameof(Domain.Kernel.Entity.Version))) return 0;
        var (key, version) = (table.IndexOf(table.Key[0]), table.IndexOf(nameof(Domain.Kernel.Entity.Version)));
        var left = Ids(_added, table.Name).ToDictionary(id => id, _ => 0L);
        foreach (var row in _before.GetValueOrDefault(table.Name) ?? []) left[(Guid)row[key]!] = (long)row[version]! + 1;

        var unchanged = 0L;
        await foreach (var row in rows.Of(table, table.Key[0], [.. left.Keys], ct))
        {
            if (left[(Guid)row[key]!] == (long)row[version]!) unchanged++;
        }

        return left.Count - unchanged;
    }

    /// <summary>Rows of others that name a record which this journal added.</summary>
    private async Task<long> NamedSince(TableRows rows, StoredTable table, CancellationToken ct)
    {
        var own = table.Owner?.Table ?? table.Name;
        var at = table.IndexOf(table.Owner?.Column ?? table.Key[0]);
        var found = 0L;
        foreach (var column in table.Columns.Where(c => c.Refers is not null && c.Name != table.Owner?.Column))
        {
            await foreach (var row in rows.Of(table, column.Name, [.. Ids(_added, column.Refers!)], ct))
            {
                if (row[at] is not Guid id || (!Ids(_added, own).Contains(id) && !Ids(_changed, own).Contains(id))) found++;
            }
        }

        return found;
    }

    /// <summary>A table and those it owns, each with the column that names the record.</summary>
    private IEnumerable<(StoredTable Table, string Column)> PartsOf(string table) =>
        _tables.Where(t => t.Name == table).Select(t => (t, t.Key[0]))
            .Concat(_tables.Where(t => t.Owner?.Table == table).Select(t => (t, t.Owner!.Value.Column)));

    private StoredTable Table(string name) => _tables.First(t => t.Name == name);

    private static HashSet<Guid> Set(Dictionary<string, HashSet<Guid>> of, string table) =>
        of.TryGetValue(table, out var ids) ? ids : of[table] = [];

    private static IReadOnlySet<Guid> Ids(Dictionary<string, HashSet<Guid>> of, string table) => of.GetValueOrDefault(table) ?? [];

    private static async Task<List<object?[]>> List(IAsyncEnumerable<object?[]> rows, CancellationToken ct)
    {
        var list = new List<object?[]>();
        await foreach (var row in rows.WithCancellation(ct)) list.Add(row);
        return list;
    }

    private static async IAsyncEnumerable<object?[]> Stream(IEnumerable<object?[]> rows)
    {
        foreach (var row in rows) yield return await Task.FromResult(row);
    }

    private static void Write(BinaryWriter to, StoredTable table, List<object?[]> rows)
    {
        to.Write(table.Name);
        to.Write(rows.Count);
        foreach (var row in rows) RowCodec.Write(to, table, row);
    }

    private static void Write(BinaryWriter to, Dictionary<string, HashSet<Guid>> records)
    {
        to.Write(records.Count);
        foreach (var (table, ids) in records)
        {
            to.Write(table);
            to.Write(ids.Count);
            foreach (var id in ids) to.Write(id.ToByteArray(bigEndian: true));
        }
    }

    private static void Read(BinaryReader from, Dictionary<string, HashSet<Guid>> records)
    {
        for (var tables = from.ReadInt32(); tables > 0; tables--)
        {
            var ids = Set(records, from.ReadString());
            for (var count = from.ReadInt32(); count > 0; count--) ids.Add(new(from.ReadBytes(16), bigEndian: true));
        }
    }
}

/// <summary>Rows of a table that were built on an import since. 后续记录</summary>
public sealed record BuiltOn(string Table, long Rows);
