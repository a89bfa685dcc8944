using System.Collections.Frozen;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>The words of the roster's coded columns: what the template offers first, then what villages also write. 代码表</summary>
internal static class RosterCodes
{
    /// <summary>The version written on the template's code sheet; raise it when a word of the template changes.</summary>
    public const string Version = "1";

    public static readonly Code<Sex> Sexes = new((Sex.Male, "男 男性 M"), (Sex.Female, "女 女性 F"));

    public static readonly Code<PersonRoles> Kinds = new(
        (PersonRoles.Elder, "老年人 老人 服务对象"),
        (PersonRoles.Volunteer, "志愿者 互助员 志愿服务队员 志愿服务队成员 队员"),
        (PersonRoles.VillageDoctor, "村医 乡村医生 医生"));

    public static readonly Code<LivingSituation> Livings = new(
        (LivingSituation.WithFamily, "与家人同住 与子女同住 同住 非独居 和子女同住 随子女"),
        (LivingSituation.LivingAlone, "独居 独居老人 单独居住"),
        (LivingSituation.EmptyNest, "空巢 空巢老人 老两口 夫妻同住"),
        (LivingSituation.LeftBehind, "留守 留守老人"));

    public static readonly Code<SupportCategory> Supports = new(
        (SupportCategory.None, "无 否 一般 普通 非低保"),
        (SupportCategory.ExtremeHardship, "特困 特困人员 五保 五保户 特困供养 分散供养"),
        (SupportCategory.MinimumAllowance, "低保 低保户 最低生活保障 是"),
        (SupportCategory.MinimumAllowanceEdge, "低保边缘 低保边缘户 低收入 低边"));

    public static readonly Code<AbilityLevel> Abilities = new(
        (AbilityLevel.Intact, "能力完好 完好 自理 能自理 完全自理 0 0级 健康"),
        (AbilityLevel.Mild, "轻度失能 轻度 1 1级"),
        (AbilityLevel.Moderate, "中度失能 中度 2 2级"),
        (AbilityLevel.Severe, "重度失能 重度 3 3级"),
        (AbilityLevel.Complete, "完全失能 4 4级"));

    public static readonly Code<bool> Parts = new((false, "成员 队员 否"), (true, "负责人 队长 点长 组长 是"));

    public static readonly Code<RelationKind> Relations = new(
        (RelationKind.Child, "子女 儿子 女儿 长子 次子 三子 长女 次女 子 女 儿媳 女婿"),
        (RelationKind.Spouse, "配偶 丈夫 妻子 老伴 夫 妻"),
        (RelationKind.Guardian, "监护人 侄子 侄女 孙子 孙女 外甥 兄弟 姐妹"),
        (RelationKind.Neighbour, "邻居 邻里"));

    /// <summary>The words of one column and what they mean. 代码</summary>
    internal sealed class Code<T> where T : notnull
    {
        private readonly FrozenDictionary<string, T> _byWord;
        private readonly FrozenDictionary<T, string[]> _words;

        public Code(params (T Value, string Words)[] entries)
        {
            _words = entries.ToFrozenDictionary(e => e.Value, e => e.Words.Split(' '));
            _byWord = entries.SelectMany(e => e.Words.Split(' ').Select(w => (w, e.Value))).ToFrozenDictionary(p => p.w, p => p.Value);
            Offered = [.. entries.Select(e => e.Words.Split(' ')[0])];
        }

        /// <summary>The template's words, in order.</summary>
        public IReadOnlyList<string> Offered { get; }

        public bool TryRead(string word, out T value) => _byWord.TryGetValue(word, out value!);

        /// <summary>The template's word for a value.</summary>
        public string Word(T value) => _words[value][0];

        /// <summary>Every word for a value.</summary>
        public IReadOnlyList<string> Words(T value) => _words[value];
    }
}
