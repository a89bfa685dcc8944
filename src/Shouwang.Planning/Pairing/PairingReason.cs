namespace Shouwang.Planning.Pairing;

/// <summary>Why an elder has this volunteer, or none. 结对理由</summary>
public enum PairingReasonKind
{
    /// <summary>She has the candidate who suits her best.</summary>
    Best,

    /// <summary>A better candidate is full; moving her there would make the whole plan dearer.</summary>
    BetterIsFull,

    /// <summary>A better candidate has room, but one more elder there weighs more than she would gain (fair shares).</summary>
    BetterIsLoaded,

    /// <summary>Unpaired: nobody may visit her.</summary>
    NoCandidate,

    /// <summary>Unpaired: every candidate is full, and taking a place from another would cost more.</summary>
    AllFull,

    /// <summary>Unpaired: a candidate has room, but the pair would cost more than leaving her unpaired.</summary>
    TooDear,
}

/// <summary>
/// The ground for one elder's place in the plan, in numbers the product turns into a sentence: "Zhang is nearer but already has three;
/// moving her would cost Li 340 m". Costs are in the units of the problem. 结对理由
/// </summary>
/// <param name="Elder">The elder.</param>
/// <param name="Kind">Which sentence.</param>
/// <param name="Paired">Her volunteer, or −1.</param>
/// <param name="Better">The candidate who would suit her better (for an unpaired elder: the least dear), or −1.</param>
/// <param name="Gain">What she alone would gain with the better candidate.</param>
/// <param name="PlanLoss">By how much the best plan that pairs her with the better candidate is dearer than this one; never
/// negative.</param>
/// <param name="Displaced">The elder who would have to give up her place there, or −1.</param>
/// <param name="DisplacedTo">Where that elder would go, or −1 for nobody.</param>
/// <param name="DisplacedLoss">What that elder would lose.</param>
/// <param name="Moves">How many other elders would move in all.</param>
public readonly record struct PairingReason(
    int Elder, PairingReasonKind Kind, int Paired, int Better, long Gain, long PlanLoss, int Displaced, int DisplacedTo, long DisplacedLoss,
    int Moves);
