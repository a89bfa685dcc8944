using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Domain.Pairing;

/// <summary>What speaks for a pair besides the way between the two homes. 结对依据</summary>
[Flags]
public enum PairBonds
{
    None = 0,

    /// <summary>They are related. 亲属</summary>
    Kin = 1,

    /// <summary>They know each other as neighbours. 邻居</summary>
    Neighbour = 2,

    /// <summary>The same helper comes to the elder under the same roof. 同户同一人</summary>
    Household = 4,

    /// <summary>This one comes today. 现有结对</summary>
    Present = 8,

    /// <summary>The elder asks for somebody special, and this one is as asked. 合要求</summary>
    Wished = 16,

    /// <summary>Both belong to the same mutual-aid point. 同一互助点</summary>
    Point = 32,

    /// <summary>Both belong to the same villagers' group, where the place of a home is not known. 同组</summary>
    Group = 64,
}

/// <summary>Why the computation proposed a pair, in numbers a sentence is made of. 结对理由</summary>
/// <param name="Reason">Which sentence: "best", "better-is-full", "better-is-loaded".</param>
/// <param name="Bonds">What speaks for the two.</param>
public sealed record PairGround(string Reason, PairBonds Bonds = PairBonds.None)
{
    /// <summary>Metres between the two homes; null where the place of one is not known.</summary>
    public long? Way { get; init; }

    /// <summary>The volunteer who would suit the elder better.</summary>
    public Id<Person>? Better { get; init; }

    /// <summary>What speaks for that one and not for the one proposed.</summary>
    public PairBonds BetterBonds { get; init; }

    /// <summary>How many metres nearer that one lives; 0 where it is not for the way.</summary>
    public long Nearer { get; init; }

    /// <summary>How many elders that one has.</summary>
    public int BetterHas { get; init; }

    /// <summary>The elder who would have to give up their place there.</summary>
    public Id<Person>? Displaced { get; init; }

    /// <summary>What spoke for that elder's helper and would not for the next.</summary>
    public PairBonds Lost { get; init; }

    /// <summary>How many metres farther that elder's next helper would have to come; null where there would be nobody.</summary>
    public long? Farther { get; init; }

    /// <summary>How much worse off the whole village would be, weighed in metres.</summary>
    public long PlanLoss { get; init; }

    /// <summary>Whether the villagers' group stood for the home of one who does not agree to coordinates.</summary>
    public bool ByGroup { get; init; }
}
