using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Duties;

/// <summary>One duty with everything that happened to it, and to whom it could be handed. 值守详情</summary>
public sealed class DutySheet(Workspace work)
{
    /// <param name="By">Who did it; nobody where the house itself acted.</param>
    public sealed record Step(DutyEvent What, DutyRung Rung, string HolderName, string? ByName, DateTimeOffset At);

    public sealed record Candidate(Id<Person> Person, string Name);

    public sealed record View(
        Id<Duty> Id, DutyKind Kind, DutyState State, Id<Person> About, string AboutName, DutyRung Rung, string HolderName,
        DateTimeOffset DueAt, bool MayAct, IReadOnlyList<Step> Steps, IReadOnlyList<Candidate> Candidates, Guid? Record);

    public async Task<Result<View>> Run(Id<Duty> duty, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.HoldDuties, actor.Scope)) return CommonRefusals.Forbidden;
        return await work.Read(actor, db => Show(db, duty, actor, ct));
    }

    private static async Task<Result<View>> Show(ShouwangDb db, Id<Duty> id, Actor actor, CancellationToken ct)
    {
        if (await db.Duties.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } d) return DutyRefusals.NotFound;
        var people = d.Steps.Select(s => s.Holder).Concat(d.Steps.Select(s => s.By).OfType<Id<Person>>()).Append(d.About).Append(d.Holder);
        var names = await KnownNames.Of(db, people, ct);
        var helpers = d.State == DutyState.Open ? await KnownNames.Helpers(db, d.Area, ct) : [];
        return new View(
            d.Id, d.Kind, d.State, d.About, names.GetValueOrDefault(d.About, ""), d.Rung, names.GetValueOrDefault(d.Holder, ""), d.DueAt,
            d.IsHeldBy(actor.Person) || actor.May(Permission.AssignDuties, d.Area),
            [.. d.Steps.Select(s => new Step(
                s.What, s.Rung, names.GetValueOrDefault(s.Holder, ""), s.By is { } by ? names.GetValueOrDefault(by, "") : null, s.At))],
            [.. helpers.Where(h => h.Id != d.Holder).Select(h => new Candidate(h.Id, h.Name))], d.Record);
    }
}
