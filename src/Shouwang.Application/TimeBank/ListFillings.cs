using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Application.TimeBank;

/// <summary>Fillings of pools that wait for a second person: which pool, how much, and who asked. 待复核充入</summary>
public sealed class ListFillings(Workspace work)
{
    /// <summary>How far back requests are looked through.</summary>
    private const int Most = 500;

    /// <param name="MayAgree">Nobody agrees to what they asked for themselves.</param>
    public sealed record Row(
        Id<Transaction> Id, AreaCode Pool, string Name, int Minutes, string AskedBy, DateTimeOffset AskedAt, bool MayAgree);

    public async Task<Result<List<Row>>> Run(Actor actor, CancellationToken ct) => actor.May(Permission.FillPools, actor.Scope)
        ? await work.Read(actor, db => List(db, actor, ct)) : CommonRefusals.Forbidden;

    private async Task<List<Row>> List(ShouwangDb db, Actor actor, CancellationToken ct)
    {
        var asked = await SecondPerson.AwaitedFor<FillPool.Command>(db).Take(Most).ToListAsync(ct);
        var fillings = asked.Select(a => (Entry: a, Filling: JsonSerializer.Deserialize<FillPool.Receipt>(a.Answered, HouseJson.Options)!))
            .Where(f => actor.Covers(f.Filling.Pool)).OrderBy(f => f.Entry.Seq).ToList();
        var names = await KnownNames.Of(db, fillings.Select(f => new Id<Person>(f.Entry.Actor)), ct);
        var areas = await AreaNames.Of(db, fillings.Select(f => f.Filling.Pool), work.Today, ct);
        return
        [
            .. fillings.Select(f => new Row(
                f.Filling.Id, f.Filling.Pool, areas[f.Filling.Pool], f.Filling.Minutes, names[new(f.Entry.Actor)], f.Entry.At,
                f.Entry.Actor != actor.Person.Value)),
        ];
    }
}
