using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;

namespace Shouwang.Application.Pairing;

/// <summary>The ground of a proposal with the names a cadre reads out. 结对理由(读)</summary>
/// <param name="Code">Which sentence.</param>
/// <param name="Bonds">What speaks for the two.</param>
/// <param name="Way">Metres between the two homes; null where the place of one is not known.</param>
public sealed record PairReason(string Code, PairBonds Bonds, long? Way)
{
    /// <summary>Who would suit better; nobody where this one suits best.</summary>
    public string? Better { get; init; }

    /// <summary>What speaks for that one only.</summary>
    public PairBonds BetterBonds { get; init; }

    /// <summary>How many metres nearer that one lives.</summary>
    public long Nearer { get; init; }

    /// <summary>How many elders that one has.</summary>
    public int BetterHas { get; init; }

    /// <summary>Who would have to give up their place there.</summary>
    public string? Displaced { get; init; }

    /// <summary>What that elder would lose besides.</summary>
    public PairBonds Lost { get; init; }

    /// <summary>How many metres farther that elder's next helper would have to come; null where there would be nobody.</summary>
    public long? Farther { get; init; }

    /// <summary>How much worse off the whole village would be, weighed in metres.</summary>
    public long PlanLoss { get; init; }

    /// <summary>Whether the way was estimated by group, since one of the two does not agree to coordinates.</summary>
    public bool ByGroup { get; init; }

    internal static PairReason? Of(PairGround? ground, IReadOnlyDictionary<Id<Person>, string> names) => ground is not { } g ? null
        : new(g.Reason, g.Bonds, g.Way)
        {
            Better = g.Better is { } better ? names.GetValueOrDefault(better) : null, BetterBonds = g.BetterBonds, Nearer = g.Nearer,
            BetterHas = g.BetterHas, Displaced = g.Displaced is { } displaced ? names.GetValueOrDefault(displaced) : null, Lost = g.Lost,
            Farther = g.Farther, PlanLoss = g.PlanLoss, ByGroup = g.ByGroup,
        };

    /// <summary>Whose names it needs.</summary>
    internal static IEnumerable<Id<Person>?> Named(PairGround? ground) => [ground?.Better, ground?.Displaced];
}
