using System.Reflection;
using Shouwang.Application.Rules;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Rules;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Rules;

public sealed class RuleWordsTests
{
    private static readonly IReadOnlyDictionary<string, string> s_words = new Words().All("zh-CN");

    [Fact]
    public void Every_parameter_has_a_plain_name() => AllSaid(Parameters().Select(p => $"rules.name.{p.Id}"));

    [Fact]
    public void Every_unit_every_mark_and_every_word_of_a_choice_has_words()
    {
        var units = Enum.GetValues<RuleUnit>().Where(u => u is not (RuleUnit.YesNo or RuleUnit.Choice))
            .Select(u => $"rules.amount.{RuleWords.Kebab(u.ToString())}");
        var marks = Enum.GetValues<RuleMark>().Select(m => $"rules.mark.{RuleWords.Kebab(m.ToString())}");
        var choices = Parameters().Where(p => p.Unit == RuleUnit.Choice)
            .SelectMany(p => (p.Bounds?.Allow ?? []).Append(p.Value.Text)).Select(w => $"rules.word.{w}");

        AllSaid([.. units, .. marks, .. choices]);
    }

    [Fact]
    public void Every_row_of_a_table_has_a_name_or_its_table_says_how_steps_are_read()
    {
        var rows = from parameter in Parameters()
                   where parameter.Value is RuleValue.Table
                   from key in ((RuleValue.Table)parameter.Value).Rows.Keys
                   select int.TryParse(key, out _) ? $"rules.step.{parameter.Id}" : $"rules.row.{key}";

        AllSaid(rows);
    }

    [Theory]
    [InlineData(typeof(RuleRefusals))]
    [InlineData(typeof(AreaRefusals))]
    public void Every_refusal_has_words(Type refusals)
    {
        var codes = refusals.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).ToList();

        Assert.NotEmpty(codes);
        AllSaid(codes);
    }

    private static IEnumerable<Parameter> Parameters() => RuleFiles.Shipped.Packages.SelectMany(p => p.Parameters);

    private static void AllSaid(IEnumerable<string> codes) => Assert.Equal([], codes.Distinct().Except(s_words.Keys));
}
