using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>What a person agrees to, each for itself: visits and the register kept for them, health data, the home's coordinates, photos,
/// sharing with the township, what relatives see, being proposed to helpers by computation. 同意事项</summary>
public enum ConsentPurpose { Visits = 1, Health = 2, Location = 3, Photo = 4, Sharing = 5, FamilyView = 6, AutomatedPairing = 7 }

/// <summary>How someone agreed. 同意方式</summary>
public enum ConsentMethod { Signed = 1, Voice = 2, Fingerprint = 3 }

/// <summary>That a person agreed to one purpose: which text, when, how, before which witness; and that they took it back. 同意</summary>
public sealed class Consent : Entity
{
    /// <summary>The version of the texts that are read out now; a new wording gets the next number.</summary>
    public const int CurrentText = 1;

    private Consent() { }

    public Id<Consent> Id { get; private init; }

    public Id<Person> Person { get; private set; }

    public ConsentPurpose Purpose { get; private init; }

    /// <summary>Which wording was read out.</summary>
    public int TextVersion { get; private init; }

    public ConsentMethod Method { get; private init; }

    /// <summary>Who was there when someone agreed without writing.</summary>
    public Id<Person>? Witness { get; private init; }

    /// <summary>Who agreed in the person's place, by mandate or as guardian; null for the person.</summary>
    public Id<Person>? OnBehalf { get; private init; }

    public DateTimeOffset GivenAt { get; private init; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public bool Holds => WithdrawnAt is null;

    /// <summary>Gives consent; without a signature a witness is needed, who is neither the person nor the one acting for them.</summary>
    public static Result<Consent> Give(Id<Consent> id, Person person, ConsentGiven given, DateTimeOffset now)
    {
        if (given.Method != ConsentMethod.Signed && given.Witness is null) return ConsentRefusals.WitnessNeeded;
        if (given.Witness == person.Id || (given.Witness is not null && given.Witness == given.OnBehalf))
            return ConsentRefusals.WitnessIsParty;
        return new Consent
        {
            Id = id, Area = person.Area, Person = person.Id, Purpose = given.Purpose, TextVersion = CurrentText, Method = given.Method,
            Witness = given.Witness, OnBehalf = given.OnBehalf, GivenAt = now,
        };
    }

    /// <summary>Goes on under the other entry of the same person. 随人归并</summary>
    public void Follow(Id<Person> to) => Person = to;

    /// <summary>Takes consent back; what rested on it stops.</summary>
    public Result<Consent> Withdraw(DateTimeOffset now)
    {
        if (WithdrawnAt is not null) return ConsentRefusals.Withdrawn;
        WithdrawnAt = now;
        Raise(new ConsentWithdrawn(Person, Purpose));
        return this;
    }
}

/// <summary>How consent to one purpose was given. 同意内容</summary>
public sealed record ConsentGiven(ConsentPurpose Purpose, ConsentMethod Method, Id<Person>? Witness, Id<Person>? OnBehalf = null);

/// <summary>A person no longer agrees to a purpose; what rests on it stops. 撤回同意</summary>
public sealed record ConsentWithdrawn(Id<Person> Person, ConsentPurpose Purpose) : IDomainEvent
{
    public const string Name = "people.consent-withdrawn";

    public string WireName => Name;

    public Guid Stream => Person.Value;
}

/// <summary>What consents and mandates say no with.</summary>
public static class ConsentRefusals
{
    public static readonly Refusal NotFound = new("people.consent-not-found", RefusalKind.NotFound);

    /// <summary>Agreeing by voice or fingerprint needs a witness.</summary>
    public static readonly Refusal WitnessNeeded = new("people.consent-witness-needed", RefusalKind.Invalid, "witness");

    /// <summary>A witness is neither the person nor the one acting for them.</summary>
    public static readonly Refusal WitnessIsParty = new("people.consent-witness-is-party", RefusalKind.Invalid, "witness");

    /// <summary>The person agreed to this already.</summary>
    public static readonly Refusal Given = new("people.consent-given", RefusalKind.Conflict, "purpose");

    /// <summary>Nobody has agreed on a day to come.</summary>
    public static readonly Refusal Ahead = new("people.consent-ahead", RefusalKind.Invalid, "on");

    /// <summary>The person took it back after that day.</summary>
    public static readonly Refusal WithdrawnSince = new("people.consent-withdrawn-since", RefusalKind.Conflict, "on");

    /// <summary>It was taken back before.</summary>
    public static readonly Refusal Withdrawn = new("people.consent-withdrawn-already", RefusalKind.Conflict);

    /// <summary>The person took their consent to this back, so it stands still.</summary>
    public static readonly Refusal NotAgreed = new("people.not-agreed", RefusalKind.Conflict);

    /// <summary>A relative sees this only once the person agreed to relatives seeing it.</summary>
    public static readonly Refusal FamilyViewNeeded = new("people.family-view-needed", RefusalKind.Rule);

    /// <summary>Nobody may act for this person in this matter today.</summary>
    public static readonly Refusal NoMandate = new("people.no-mandate", RefusalKind.Forbidden, "onBehalf");

    public static readonly Refusal MandateNotFound = new("people.mandate-not-found", RefusalKind.NotFound);

    /// <summary>A mandate names at least one matter and someone else, and ends after it begins.</summary>
    public static readonly Refusal MandateUnclear = new("people.mandate-unclear", RefusalKind.Invalid, "matters");

    public static readonly Refusal MandateEnded = new("people.mandate-ended", RefusalKind.Conflict);
}
