using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>What speaks for two entries being one person. 疑似依据</summary>
public enum DuplicateGround { IdNumber = 1, Household = 2, Birthday = 3 }

/// <summary>Suspicions that two entries are one person; only a person decides. 疑似重复</summary>
public static class Duplicates
{
    /// <summary>What speaks for two entries being one person; null where nothing does. The same ID number; or the same name and birthday,
    /// in one household, or with an ID number missing.</summary>
    public static DuplicateGround? Between(Person a, Person b)
    {
        if (a.Id == b.Id || a.MergedInto is not null || b.MergedInto is not null) return null;
        if (a.Secrets.IdIndex is { } number && number == b.Secrets.IdIndex) return DuplicateGround.IdNumber;
        if (!a.BornIsKnown || a.Born != b.Born || a.NameKey != b.NameKey) return null;
        if (a.Household is { } roof && roof == b.Household) return DuplicateGround.Household;
        return a.Secrets.IdIndex is null || b.Secrets.IdIndex is null ? DuplicateGround.Birthday : null;
    }
}

/// <summary>That somebody looked at two entries and decided that they are two people; they are not asked about again. 认定为两人</summary>
public sealed class KeptApart : Entity
{
    private KeptApart() { }

    public KeptApart(Id<KeptApart> id, AreaCode area, (Id<Person> One, Id<Person> Other) two, Id<Person> by, DateTimeOffset at)
    {
        (Id, Area, By, At) = (id, area, by, at);
        (One, Other) = Ordered(two.One, two.Other);
    }

    public Id<KeptApart> Id { get; private init; }

    public Id<Person> One { get; private init; }

    public Id<Person> Other { get; private init; }

    public Id<Person> By { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>Two people in the one order in which a decision about them is kept.</summary>
    public static (Id<Person> One, Id<Person> Other) Ordered(Id<Person> a, Id<Person> b) =>
        a.Value.CompareTo(b.Value) <= 0 ? (a, b) : (b, a);
}

/// <summary>That two entries were one person: one is kept, the other points to it; can be undone while nothing was built on it.
/// 归并</summary>
public sealed class PersonMerge : Entity
{
    private PersonMerge() { }

    public Id<PersonMerge> Id { get; private init; }

    public Id<Person> Kept { get; private init; }

    /// <summary>The entry that points to the kept one.</summary>
    public Id<Person> Dropped { get; private init; }

    public Id<Person> By { get; private init; }

    public DateTimeOffset At { get; private init; }

    public DateTimeOffset? UndoneAt { get; private set; }

    /// <summary>Whether the account of the dropped entry went over to the kept one.</summary>
    public bool MovedAccount { get; private set; }

    /// <summary>How everything stood before, sealed; none once it is undone.</summary>
    public byte[]? Journal { get; private set; }

    /// <summary>Lets one entry give way to the other, with the parts it played.</summary>
    public static Result<PersonMerge> Of(Id<PersonMerge> id, Person kept, Person dropped, Id<Person> by, DateTimeOffset now)
    {
        if (kept.Id == dropped.Id) return MergeRefusals.Self;
        if (kept.MergedInto is not null || dropped.MergedInto is not null) return MergeRefusals.Already;

        // From here on it succeeds.
        kept.Play(dropped.Roles);
        dropped.GiveWay(kept.Id);
        return new PersonMerge { Id = id, Area = kept.Area, Kept = kept.Id, Dropped = dropped.Id, By = by, At = now };
    }

    /// <summary>Those who pointed to the dropped entry point to the kept one, so that every way is one step.</summary>
    public void Redirect(Person earlier) => earlier.GiveWay(Kept);

    /// <summary>Keeps what is needed to take it back.</summary>
    public void Remember(byte[] journal, bool movedAccount) => (Journal, MovedAccount) = (journal, movedAccount);

    /// <summary>Takes it back: once.</summary>
    public Result<PersonMerge> Undo(DateTimeOffset now)
    {
        if (UndoneAt is not null) return MergeRefusals.Undone;

        // From here on it succeeds.
        (UndoneAt, Journal) = (now, null);
        return this;
    }
}

/// <summary>What merging says no with.</summary>
public static class MergeRefusals
{
    public static readonly Refusal NotFound = new("people.merge-not-found", RefusalKind.NotFound);

    /// <summary>An entry is not merged with itself.</summary>
    public static readonly Refusal Self = new("people.merge-with-self", RefusalKind.Invalid, "dropped");

    /// <summary>One of the two points to another entry already.</summary>
    public static readonly Refusal Already = new("people.merged-already", RefusalKind.Conflict);

    /// <summary>Hours are set aside from the entry to be dropped or for it; carries the minutes. They are paid or voided first.</summary>
    public static readonly Refusal SetAside = new("people.merge-set-aside", RefusalKind.Rule, "dropped");

    /// <summary>The kept one has spent the hours that went over; carries what would go back, and what can be spent now.</summary>
    public static readonly Refusal HoursSpent = new("people.merge-hours-spent");

    /// <summary>Somebody decided already that they are two people.</summary>
    public static readonly Refusal ApartAlready = new("people.apart-already", RefusalKind.Conflict);

    public static readonly Refusal Undone = new("people.merge-undone", RefusalKind.Conflict);

    /// <summary>Others have built on it; carries how many records.</summary>
    public static readonly Refusal BuiltOn = new("people.merge-built-on", RefusalKind.Rule);
}
