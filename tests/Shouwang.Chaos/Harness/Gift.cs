using System.Text.Json;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;

namespace Shouwang.Chaos.Harness;

/// <summary>Minutes that one person gives another.</summary>
internal sealed class Gift(Guid id, int giver, int minutes) : Deed(id)
{
    public int Giver { get; } = giver;

    /// <summary>The next person of the ring, unless said.</summary>
    public int Receiver { get; init; } = giver + 1;

    public int Minutes { get; } = minutes;

    /// <summary>More than anybody here ever has.</summary>
    public const int TooMuch = 500_000_000;

    /// <summary>Beyond the giver's means, or to the giver.</summary>
    public bool MustBeRefused => Minutes == TooMuch || Receiver == Giver;

    /// <summary>Whether it may be refused because its receiver has no account yet.</summary>
    public bool MayBeRefused { get; init; }

    /// <summary>The version of the giver's account after it, as the receipt says; none when the receipt does not say.</summary>
    public int? Version { get; private set; }

    public override string Path => $"/api/v1/transfers/{Id}";

    public override object Body(IReadOnlyList<Person> people) => BodyOf(people, Minutes);

    /// <summary>The same with other minutes, as somebody sends it by mistake.</summary>
    public object BodyOf(IReadOnlyList<Person> people, int other) =>
        new { from = people[Giver].Id.Value, to = people[Receiver].Id.Value, minutes = other };

    public override bool Fits(Journal.Entry entry, Func<int, Id<Account>> account) =>
        entry.Reverses is null && entry.Lines is [var line]
        && line == new Journal.Line(account(Giver), account(Receiver), Minutes);

    protected override void Heard(byte[] answer) => Version = VersionIn(answer);

    private static int? VersionIn(byte[] answer)
    {
        try
        {
            return JsonSerializer.Deserialize<TransferHours.Receipt>(answer, HouseJson.Options)?.Version;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
