using Shouwang.Domain.Kernel;

namespace Shouwang.Application.Common;

/// <summary>What the pipeline says no with.</summary>
public static class CommonRefusals
{
    /// <summary>The same command id came again with other content.</summary>
    public static readonly Refusal IdReused = new("common.id-reused", RefusalKind.Conflict);

    /// <summary>The id chosen for something new is not a version-7 UUID.</summary>
    public static readonly Refusal IdNotFresh = new("common.id-not-fresh", RefusalKind.Invalid);

    /// <summary>Another writer kept getting there first.</summary>
    public static readonly Refusal ChangedMeanwhile = new("common.changed-meanwhile", RefusalKind.Conflict);

    public static readonly Refusal Forbidden = new("common.forbidden", RefusalKind.Forbidden);

    public static readonly Refusal NotFound = new("common.not-found", RefusalKind.NotFound);

    /// <summary>A sensitive field is shown only for a stated purpose.</summary>
    public static readonly Refusal PurposeNeeded = new("common.purpose-needed", RefusalKind.Invalid, "purpose");

    /// <summary>Why an actor may not do a thing in an area: of areas outside their own they learn nothing.</summary>
    public static Refusal MayNot(Actor actor, AreaCode where) => actor.Covers(where) ? Forbidden : NotFound;

    public static readonly Refusal BadInput = new("common.bad-input", RefusalKind.Invalid);
}
