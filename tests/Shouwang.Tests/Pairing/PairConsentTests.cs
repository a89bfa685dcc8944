using Shouwang.Domain.Kernel;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.Pairing;

/// <summary>Before whom the two sides of a pair agree.</summary>
public sealed class PairConsentTests
{
    private static readonly DateOnly s_day = new(2026, 3, 1);
    private static readonly Id<Person> s_elder = Of(1), s_volunteer = Of(2), s_son = Of(3), s_neighbour = Of(4);

    [Fact]
    public void A_witness_is_neither_who_agrees_nor_who_speaks_for_them()
    {
        var pair = new Pair(new(new Guid(9, 0, 0, new byte[8])), new(990101100201), s_elder, s_volunteer, null);
        string? Code(PairSide side, Id<Person> witness, Id<Person>? agent = null) =>
            pair.Agree(side, ConsentWay.Spoken, s_day, witness, agent).Refusal?.Code;

        Assert.Equal(ConsentRefusals.WitnessIsParty.Code, Code(PairSide.Elder, s_elder));
        Assert.Equal(ConsentRefusals.WitnessIsParty.Code, Code(PairSide.Volunteer, s_volunteer));
        Assert.Equal(ConsentRefusals.WitnessIsParty.Code, Code(PairSide.Elder, s_son, s_son));
        Assert.Empty(pair.Consents);

        Assert.Null(Code(PairSide.Elder, s_neighbour, s_son));
        Assert.Null(Code(PairSide.Volunteer, s_elder));
        Assert.Equal(new PairConsent(PairSide.Elder, ConsentWay.Spoken, s_day, s_neighbour), pair.Consents[0]);
    }

    private static Id<Person> Of(int number) => new(new Guid(number, 0, 0, new byte[8]));
}
