using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>The elders for whom the actor may call for help, from memory: this page opens while the database cannot be read.
/// 可报警的老人</summary>
public sealed class WhomToCallFor(AlarmRoll roll)
{
    /// <summary>Elders shown at once.</summary>
    public const int Most = 30;

    public sealed record Row(Id<Person> Id, string Name, string PlaceName);

    /// <param name="All">How many there are in all; more than are shown, where a name is to be written.</param>
    public sealed record View(IReadOnlyList<Row> Rows, int All);

    /// <param name="name">A part of the name or its initials; nothing for all.</param>
    public async Task<Result<View>> Run(string? name, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.AnswerIncidents, actor.Scope)) return CommonRefusals.Forbidden;
        await roll.ReadOnce(ct);
        var sought = name?.Trim() ?? "";
        var found = roll.EldersOf(actor)
            .Where(e => e.Name.Contains(sought, StringComparison.Ordinal)
                || e.Initials.StartsWith(sought, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return new View([.. found.Take(Most).Select(RowOf)], found.Count);
    }

    /// <summary>One of them.</summary>
    public async Task<Row?> Find(Id<Person> elder, Actor actor, CancellationToken ct)
    {
        await roll.ReadOnce(ct);
        return roll.Of(elder) is { } known && AlarmRoll.MayCall(actor, known) ? RowOf(known) : null;
    }

    private Row RowOf(AlarmRoll.Entry elder) => new(elder.Id, elder.Name, roll.PlaceOf(elder.Area) ?? $"{elder.Area}");
}
