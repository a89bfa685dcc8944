using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Domain.Pairing;

/// <summary>Where a pair stands. 结对状态</summary>
public enum PairState { Proposed = 1, Active = 2, Ended = 3 }

/// <summary>A standing bond of one volunteer and one elder. 结对</summary>
public sealed class Pair : Entity
{
    private Pair() { }

    public Pair(Id<Pair> id, AreaCode area, Id<Person> elder, Id<Person> volunteer, Id<Place>? point) =>
        (Id, Area, Elder, Volunteer, Point, State) = (id, area, elder, volunteer, point, PairState.Proposed);

    public Id<Pair> Id { get; private init; }

    public Id<Person> Elder { get; private init; }

    public Id<Person> Volunteer { get; private init; }

    public Id<Place>? Point { get; private init; }

    public PairState State { get; private set; }

    public DateOnly? From { get; private set; }

    public DateOnly? To { get; private set; }

    /// <summary>What it ended with, when that can be undone: the departure of one of the two.</summary>
    public Guid? EndedBy { get; private set; }

    /// <summary>Makes a proposal the standing bond.</summary>
    public Result<Pair> Accept(DateOnly from)
    {
        if (State != PairState.Proposed) return PairingRefusals.NotProposed;
        (State, From) = (PairState.Active, from);
        return this;
    }

    /// <summary>Ends the bond on a day; a proposal is simply dropped.</summary>
    public Result<Pair> End(DateOnly day)
    {
        if (State == PairState.Ended) return PairingRefusals.AlreadyEnded;
        (State, To) = (PairState.Ended, day);
        return this;
    }

    /// <summary>Ends the bond together with something that can be undone.</summary>
    public Result<Pair> EndBecause(Guid cause, DateOnly day)
    {
        var ended = End(From > day ? From.Value : day);
        if (ended.IsOk(out _, out _)) EndedBy = cause;
        return ended;
    }

    /// <summary>Goes on after what ended it was undone.</summary>
    public void Restore(Guid cause)
    {
        if (EndedBy != cause) return;
        (State, To, EndedBy) = (From is null ? PairState.Proposed : PairState.Active, null, null);
    }

    public bool IsActiveOn(DateOnly day) => State != PairState.Proposed && From <= day && (To is null || day < To);
}

/// <summary>What pairing says no with.</summary>
public static class PairingRefusals
{
    public static readonly Refusal NotProposed = new("pairing.not-proposed", RefusalKind.Conflict);
    public static readonly Refusal AlreadyEnded = new("pairing.already-ended", RefusalKind.Conflict);
    public static readonly Refusal NobodyToPair = new("pairing.nobody-to-pair");
    public static readonly Refusal NotFound = new("pairing.not-found", RefusalKind.NotFound);
}
