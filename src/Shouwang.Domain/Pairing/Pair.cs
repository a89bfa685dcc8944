using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Domain.Pairing;

/// <summary>Where a pair stands. 结对状态</summary>
public enum PairState { Proposed = 1, Active = 2, Ended = 3 }

/// <summary>The two who belong to a pair. 结对双方</summary>
public enum PairSide { Elder = 1, Volunteer = 2 }

/// <summary>A standing bond of one volunteer and one elder, with its history: why it was proposed, who agreed, why it ended.
/// 结对</summary>
public sealed class Pair : Entity
{
    private readonly List<PairConsent> _consents = [];

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

    /// <summary>Why the computation proposed it; none for a pair made by hand.</summary>
    public PairGround? Ground { get; private set; }

    /// <summary>Who goes when the volunteer cannot. 候补</summary>
    public Id<Person>? Understudy { get; private set; }

    /// <summary>Who said no, where the pair ended or was never begun for that; they are not proposed to each other again.</summary>
    public PairSide? DeclinedBy { get; private set; }

    /// <summary>Who asked for somebody else; the pair goes on until another is found.</summary>
    public PairSide? ChangeAskedBy { get; private set; }

    public IReadOnlyList<PairConsent> Consents => _consents;

    /// <summary>Keeps why the computation proposed it.</summary>
    public Pair Because(PairGround ground)
    {
        Ground = ground;
        return this;
    }

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

    /// <summary>Who stands on a side.</summary>
    public Id<Person> On(PairSide side) => side == PairSide.Volunteer ? Volunteer : Elder;

    /// <summary>Notes that one of the two agreed: how, when, and who was there, which is neither they nor the one who spoke for them.
    /// 同意</summary>
    public Result<Pair> Agree(PairSide side, ConsentWay how, DateOnly on, Id<Person> witness, Id<Person>? agent = null)
    {
        if (!Enum.IsDefined(side) || !Enum.IsDefined(how)) return PairingRefusals.NoAnswer;
        if (State == PairState.Ended) return PairingRefusals.AlreadyEnded;
        if (_consents.Exists(c => c.Side == side)) return PairingRefusals.AlreadyAgreed;
        if (witness == On(side) || witness == agent) return ConsentRefusals.WitnessIsParty;
        _consents.Add(new(side, how, on, witness));
        return this;
    }

    /// <summary>Ends the pair because one of the two does not want it. 谢绝</summary>
    public Result<Pair> Decline(PairSide side, DateOnly day)
    {
        if (!Enum.IsDefined(side)) return PairingRefusals.NoAnswer;
        if (!End(day).IsOk(out _, out var refusal)) return refusal;
        DeclinedBy = side;
        return this;
    }

    /// <summary>Notes that one of the two asks for somebody else; the next proposal looks for one. 要求换人</summary>
    public Result<Pair> AskForChange(PairSide side)
    {
        if (!Enum.IsDefined(side)) return PairingRefusals.NoAnswer;
        if (State != PairState.Active) return PairingRefusals.NotActive;
        ChangeAskedBy = side;
        return this;
    }

    /// <summary>Names who goes when the volunteer cannot. 指定候补</summary>
    public Result<Pair> NameUnderstudy(Id<Person> understudy)
    {
        if (State != PairState.Active) return PairingRefusals.NotActive;
        if (understudy == Volunteer || understudy == Elder) return PairingRefusals.NotAnUnderstudy;
        Understudy = understudy;
        return this;
    }

    /// <summary>Ends the bond together with something that can be undone.</summary>
    public Result<Pair> EndBecause(Guid cause, DateOnly day)
    {
        var ended = End(From > day ? From.Value : day);
        if (ended.IsOk(out _, out _)) EndedBy = cause;
        return ended;
    }

    /// <summary>Ends this bond and lets it go on from a day for another entry of one of the two; who agreed has agreed. 随人归并</summary>
    /// <param name="next">The id of the bond that goes on.</param>
    public Result<Pair> Continue(Id<Pair> next, (Id<Person> From, Id<Person> To) person, Guid cause, DateOnly day)
    {
        var proposed = State == PairState.Proposed;
        if (!EndBecause(cause, day).IsOk(out _, out var refusal)) return refusal;
        var (elder, volunteer) = (Elder == person.From ? person.To : Elder, Volunteer == person.From ? person.To : Volunteer);
        var pair = new Pair(next, Area, elder, volunteer, Point)
        {
            Ground = Ground is { } ground ? ground with { } : null, Understudy = Understudy,
        };
        pair._consents.AddRange(_consents.Select(c => c with { }));
        if (!proposed) (pair.State, pair.From, pair.ChangeAskedBy) = (PairState.Active, From > day ? From : day, ChangeAskedBy);
        return pair;
    }

    /// <summary>Goes on after what ended it was undone.</summary>
    public void Restore(Guid cause)
    {
        if (EndedBy != cause) return;
        (State, To, EndedBy) = (From is null ? PairState.Proposed : PairState.Active, null, null);
    }

    public bool IsActiveOn(DateOnly day) => State != PairState.Proposed && From <= day && (To is null || day < To);
}

/// <summary>How someone agreed. 同意方式</summary>
public enum ConsentWay { Spoken = 1, Signed = 2, Phone = 3 }

/// <summary>That one side of a pair agreed. 结对同意</summary>
/// <param name="Witness">Who was there.</param>
public sealed record PairConsent(PairSide Side, ConsentWay How, DateOnly On, Id<Person> Witness);

/// <summary>An elder for whom the last proposal found nobody, and what would help. 未结对原因</summary>
public sealed class PairingGap : Entity
{
    private PairingGap() { }

    public PairingGap(Id<Person> elder, AreaCode area, string reason) => (Elder, Area, Reason) = (elder, area, reason);

    public Id<Person> Elder { get; private init; }

    /// <summary>"no-candidate", "all-full", "too-dear", "no-consent" or, where the elder asks for somebody special,
    /// "none-as-wished".</summary>
    public string Reason { get; private init; } = "";
}

/// <summary>What pairing says no with.</summary>
public static class PairingRefusals
{
    public static readonly Refusal NotProposed = new("pairing.not-proposed", RefusalKind.Conflict);
    public static readonly Refusal AlreadyEnded = new("pairing.already-ended", RefusalKind.Conflict);
    public static readonly Refusal NotActive = new("pairing.not-active", RefusalKind.Conflict);
    public static readonly Refusal AlreadyAgreed = new("pairing.already-agreed", RefusalKind.Conflict);
    public static readonly Refusal DeclinedSince = new("pairing.declined-since", RefusalKind.Conflict, "on");
    public static readonly Refusal NoAnswer = new("pairing.no-answer", RefusalKind.Invalid);
    public static readonly Refusal NotAnUnderstudy = new("pairing.not-an-understudy", RefusalKind.Rule, "understudy");
    public static readonly Refusal NotAsWished = new("pairing.not-as-wished");
    public static readonly Refusal VolunteerFull = new("pairing.volunteer-full");
    public static readonly Refusal BedriddenFull = new("pairing.bedridden-full", RefusalKind.Rule, "volunteer");
    public static readonly Refusal Departed = new("pairing.departed", RefusalKind.Conflict);
    public static readonly Refusal SinceAhead = new("pairing.since-ahead", RefusalKind.Invalid, "since");
    public static readonly Refusal NotAPair = new("pairing.not-a-pair", RefusalKind.Rule, "volunteer");
    public static readonly Refusal AlreadyPaired = new("pairing.already-paired", RefusalKind.Conflict);
    public static readonly Refusal ConsentWithdrawn = new("pairing.consent-withdrawn");
    public static readonly Refusal NobodyToPair = new("pairing.nobody-to-pair");
    public static readonly Refusal NotFound = new("pairing.not-found", RefusalKind.NotFound);
}
