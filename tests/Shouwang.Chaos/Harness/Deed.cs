using Shouwang.Application.Ledger;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Chaos.Harness;

/// <summary>What came of an operation, as far as whoever asked was told.</summary>
internal enum Outcome { Unknown, Acknowledged, Refused }

/// <summary>One operation of the log: what is asked for under one id, and every answer it got.</summary>
internal abstract class Deed(Guid id)
{
    public Guid Id { get; } = id;

    public Outcome Outcome { get; private set; }

    /// <summary>The first answer's bytes; every later one must equal them.</summary>
    public byte[]? Answer { get; private set; }

    /// <summary>When it was first asked for, by the trial's own clock.</summary>
    public long? AskedAt { get; private set; }

    /// <summary>When it was first acknowledged, by the same clock.</summary>
    public long? AcknowledgedAt { get; private set; }

    /// <summary>Where it is sent.</summary>
    public abstract string Path { get; }

    /// <summary>What is sent.</summary>
    public abstract object Body(IReadOnlyList<Person> people);

    /// <summary>Whether the journal has an entry under its id once it is done.</summary>
    public virtual bool IsWritten => true;

    /// <summary>Whether an entry of the journal says what was asked.</summary>
    /// <param name="account">The account of a person.</param>
    public abstract bool Fits(Journal.Entry entry, Func<int, Id<Account>> account);

    /// <summary>Keeps that it is asked for.</summary>
    public void Ask(long at)
    {
        lock (this) AskedAt ??= at;
    }

    /// <summary>Keeps an acknowledgement. Returns whether it says what an earlier one said, byte for byte.</summary>
    public bool Acknowledge(byte[] answer, long at)
    {
        lock (this)
        {
            Outcome = Outcome.Acknowledged;
            AcknowledgedAt ??= at;
            if (Answer is not null) return Answer.AsSpan().SequenceEqual(answer);
            Answer = answer;
            Heard(answer);
            return true;
        }
    }

    /// <summary>Keeps a refusal. Returns whether nothing else was said before.</summary>
    public bool Refuse()
    {
        lock (this)
        {
            if (Outcome == Outcome.Acknowledged) return false;
            Outcome = Outcome.Refused;
            return true;
        }
    }

    /// <summary>Reads the first answer.</summary>
    protected virtual void Heard(byte[] answer)
    {
    }
}

/// <summary>Minutes that a giver sets aside for somebody.</summary>
internal sealed class Reservation(Guid id, int giver, int receiver, int minutes) : Deed(id)
{
    public int Giver { get; } = giver;

    public int Receiver { get; } = receiver;

    public int Minutes { get; } = minutes;

    public override string Path => $"/api/v1/holds/{Id}";

    /// <summary>The journal knows nothing of it before it is paid.</summary>
    public override bool IsWritten => false;

    public override object Body(IReadOnlyList<Person> people) =>
        new { from = people[Giver].Id.Value, to = people[Receiver].Id.Value, minutes = Minutes };

    public override bool Fits(Journal.Entry entry, Func<int, Id<Account>> account) => false;
}

/// <summary>How a reservation ends; two ends may be asked for at once, and only one of them comes true.</summary>
/// <param name="minutes">How many are paid; none when all are given back.</param>
internal sealed class Ending(Guid id, Reservation of, int? minutes) : Deed(id)
{
    public Reservation Of { get; } = of;

    public override string Path => $"{Of.Path}/{(IsWritten ? "payment" : "void")}";

    public override bool IsWritten => minutes is not null;

    public override object Body(IReadOnlyList<Person> people) => minutes is { } paid ? new { id = Id, minutes = paid } : new { id = Id };

    public override bool Fits(Journal.Entry entry, Func<int, Id<Account>> account) =>
        entry.Lines is [var line] && line == new Journal.Line(account(Of.Giver), account(Of.Receiver), minutes ?? 0);
}

/// <summary>A gift that an officer puts right; two officers may ask at once, and only one of them does it.</summary>
internal sealed class Undoing(Guid id, Gift of) : Deed(id)
{
    public Gift Of { get; } = of;

    public override string Path => $"/api/v1/ledger/reversals/{Id}";

    public override object Body(IReadOnlyList<Person> people) => new { transaction = Of.Id, reason = nameof(ReversalReason.WrongPerson) };

    public override bool Fits(Journal.Entry entry, Func<int, Id<Account>> account) =>
        entry.Reverses?.Value == Of.Id && entry.Lines is [var line]
        && line == new Journal.Line(account(Of.Receiver), account(Of.Giver), Of.Minutes);
}

/// <summary>Minutes that an officer pays somebody from the pool of an area.</summary>
internal sealed class Payout(Guid id, AreaCode pool, int receiver, int minutes) : Deed(id)
{
    public override string Path => $"/api/v1/pool-grants/{Id}";

    public override object Body(IReadOnlyList<Person> people) =>
        new { pool = pool.ToString(), to = people[receiver].Id.Value, minutes };

    public override bool Fits(Journal.Entry entry, Func<int, Id<Account>> account) =>
        entry.Lines.All(l => l.To == account(receiver)) && entry.Lines.Sum(l => l.Amount) == minutes;
}
