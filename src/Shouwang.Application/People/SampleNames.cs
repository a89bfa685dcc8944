using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Makes surname-first names of no one in particular, from characters that parents of each time liked. 示例姓名</summary>
internal sealed class SampleNames(Random random)
{
    private const string Surnames =
        "王王王王王王李李李李李李张张张张张刘刘刘刘陈陈陈杨杨赵赵赵孙孙周吴徐胡朱高郭马林何梁宋郑韩谢唐冯于董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单解仇";

    private static readonly (string First, string Second) s_oldMen =
        ("德永文志玉福万长金振广占宝树庆连忠世殿景凤克守春云", "山林生财贵福祥明海江民友忠义和田喜全才山河清俊峰臣元");

    private static readonly (string First, string Second) s_oldWomen =
        ("秀桂玉淑凤春素金翠月瑞巧兰彩爱书荣香菊", "英兰珍荣花芳琴梅莲香云霞芝娥凤贞敏清华玲");

    private static readonly (string First, string Second) s_midMen =
        ("建国志卫东红新永学立保爱海文晓春军明", "军华民国强平东明伟林生江峰革利忠义新");

    private static readonly (string First, string Second) s_midWomen =
        ("桂秀丽红艳玉春小淑凤晓海爱亚文俊", "英华丽红梅霞芬萍玲琴燕敏荣云芳娟侠");

    private static readonly (string First, string Second) s_youngMen = ("伟强磊洋勇杰涛鹏超浩宇晨志小海文俊", "伟强磊军洋勇杰涛鹏超飞龙斌辉亮波");

    private static readonly (string First, string Second) s_youngWomen = ("丽敏静娟燕艳娜婷雪晓小海文佳慧丹", "丽敏静娟燕艳娜婷雪莹倩洁颖慧丹萍");

    public char Surname() => Surnames[random.Next(Surnames.Length)];

    /// <summary>A full name for someone born in a year; one in seven has a single given character.</summary>
    public string Name(char surname, Sex sex, int born)
    {
        var (first, second) = Era(sex, born);
        var last = second[random.Next(second.Length)];
        if (random.Next(7) == 0) return $"{surname}{last}";

        var given = first[random.Next(first.Length)];
        while (given == last) given = first[random.Next(first.Length)];
        return $"{surname}{given}{last}";
    }

    private static (string First, string Second) Era(Sex sex, int born) => (sex, born) switch
    {
        (Sex.Male, < 1955) => s_oldMen,
        (Sex.Female, < 1955) => s_oldWomen,
        (Sex.Male, < 1975) => s_midMen,
        (Sex.Female, < 1975) => s_midWomen,
        (Sex.Male, _) => s_youngMen,
        _ => s_youngWomen,
    };
}
