using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Application.TimeBank;

/// <summary>Fillings of pools that wait for a second person: which pool, how much, and who asked. 待复核充入</summary>
public sealed class ListFillings(Workspace work)
{
    /// <param name="IsOwn">Nobody agrees to what they asked for themselves; they can take it back.</param>
    public sealed record Row(
        Id<Transaction> Id, AreaCode Pool, string Name, int Minutes, string AskedBy, DateTimeOffset AskedAt, bool IsOwn);

    /// <param name="part">The latest first; a page or a longer part.</param>
    public async Task<Result<Paged<Row>>> Run(Slice part, Actor actor, CancellationToken ct) =>
        actor.May(Permission.FillPools, actor.Scope)
            ? await work.Read(actor, db => List(db, part, actor, ct)) : CommonRefusals.Forbidden;

    private async Task<Paged<Row>> List(ShouwangDb db, Slice part, Actor actor, CancellationToken ct)
    {
        var waiting = SecondPerson.AwaitedFor<FillPool.Command>(db)
            .Where(a => !db.FillingEnds.Any(e => e.Filling == a.CommandId)).OrderByDescending(a => a.Seq);
        var asked = await waiting.PageAt(part, ct);
        var fillings = asked.Select(a => (Entry: a, Filling: JsonSerializer.Deserialize<FillPool.Receipt>(a.Answered, HouseJson.Options)!))
            .Where(f => actor.Covers(f.Filling.Pool)).ToList();
        var names = await KnownNames.Of(db, fillings.Select(f => new Id<Person>(f.Entry.Actor)), ct);
        var areas = await AreaNames.Of(db, fillings.Select(f => f.Filling.Pool), work.Today, ct);
        return asked.With(fillings.Select(f => new Row(
            f.Filling.Id, f.Filling.Pool, areas[f.Filling.Pool], f.Filling.Minutes, names[new(f.Entry.Actor)], f.Entry.At,
            f.Entry.Actor == actor.Person.Value)));
    }
}
