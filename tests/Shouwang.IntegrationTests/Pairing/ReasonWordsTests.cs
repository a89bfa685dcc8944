using System.Globalization;
using CsCheck;
using Shouwang.Application.Pairing;
using Shouwang.Domain.Pairing;
using Shouwang.Web.Common;
using Shouwang.Web.Pairing;
using Xunit;

namespace Shouwang.IntegrationTests.Pairing;

/// <summary>The reason of a proposal as a cadre reads it out, in both languages.</summary>
public sealed class ReasonWordsTests
{
    private static readonly string[] s_codes = ["best", "better-is-full", "better-is-loaded"];
    private static readonly Words s_words = new();

    [Theory]
    [InlineData("zh-CN", "这一位相距 400 米。张三近 300 米，但已经照看 3 位，名额满了。换过去，李桂兰那边要多走 340 米，全村合起来差 160 米。")]
    [InlineData("en", "What speaks for this one: 400 m away. 张三 is 300 m nearer but already has 3. Moving there would cost 李桂兰 340 m, and "
        + "leave the village 160 m worse off in all.")]
    public void A_nearer_helper_who_is_full_is_read_out_with_what_it_would_cost_whom(string language, string sentence) => Assert.Equal(
        sentence,
        In(language, new("better-is-full", PairBonds.None, 400)
        {
            Better = "张三", Nearer = 300, BetterHas = 3, Displaced = "李桂兰", Farther = 340, PlanLoss = 160,
        }));

    [Theory]
    [InlineData("zh-CN", "这一位是亲属、也看望同一户的老人、相距 80 米。没有更合适的人。")]
    [InlineData("en", "What speaks for this one: a relative, also coming to the same household, 80 m away. Nobody would suit better.")]
    public void What_speaks_for_the_best_is_named(string language, string sentence) =>
        Assert.Equal(sentence, In(language, new("best", PairBonds.Kin | PairBonds.Household, 80)));

    [Theory]
    [InlineData("zh-CN", "张三是亲属，但已经照看 3 位，名额满了。换过去，李桂兰就没有人看望了。")]
    [InlineData("en", "张三 is a relative but already has 3. Moving there would leave 李桂兰 without anybody.")]
    public void Where_nobody_would_be_left_no_metres_are_said(string language, string sentence) => Assert.Equal(
        sentence,
        In(language, new("better-is-full", PairBonds.None, null)
        {
            Better = "张三", BetterBonds = PairBonds.Kin, BetterHas = 3, Displaced = "李桂兰", PlanLoss = 59_700,
        }));

    [Fact]
    public void Every_reason_there_can_be_is_a_sentence_in_both_languages() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 127], Gen.Int[0, 127], Gen.Int[-1, 2], Gen.Int[0, 31])
            .Sample((kind, bonds, lost, farther, drawn) =>
            {
                var code = s_codes[kind];
                foreach (var language in Words.Languages)
                {
                    var said = In(language, new(code, (PairBonds)bonds, (drawn & 1) == 0 ? null : 120)
                    {
                        Better = code == "best" ? null : "张三", BetterBonds = (PairBonds)lost, Nearer = (drawn & 2) == 0 ? 0 : 50,
                        BetterHas = 3, Displaced = (drawn & 4) == 0 ? null : "李桂兰", Lost = (PairBonds)lost,
                        Farther = farther < 0 ? null : farther, PlanLoss = (drawn & 8) == 0 ? 0 : 70, ByGroup = (drawn & 16) != 0,
                    });
                    Assert.DoesNotContain("pairing.", said, StringComparison.Ordinal);
                    Assert.DoesNotContain('{', said);
                    Assert.EndsWith(language == "en" ? "." : "。", said, StringComparison.Ordinal);
                }
            });

    private static string In(string language, PairReason why)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return PairingWords.Reason(s_words, why);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
