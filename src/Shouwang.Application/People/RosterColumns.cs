using System.Collections.Frozen;

namespace Shouwang.Application.People;

/// <summary>What a column of a roster says. 花名册列</summary>
internal enum RosterColumn
{
    Number, Group, Household, Name, Sex, Born, Id, Phone, Kind, Living, Support, Ability, Point, Part,
    RelativeName, Relation, RelativePhone, Landmark, Latitude, Longitude,
}

/// <summary>The headings of a roster: the template's own, and what villages call the same column. 表头</summary>
internal static class RosterColumns
{
    /// <summary>The template's columns in order, with the width that shows them whole (characters).</summary>
    public static readonly (RosterColumn Column, string Heading, int Width)[] Template =
    [
        (RosterColumn.Number, "序号", 6), (RosterColumn.Group, "村民组", 12), (RosterColumn.Household, "户号", 8),
        (RosterColumn.Name, "姓名", 10), (RosterColumn.Sex, "性别", 6), (RosterColumn.Born, "出生日期", 14),
        (RosterColumn.Id, "身份证号", 22), (RosterColumn.Phone, "联系电话", 14), (RosterColumn.Kind, "人员类别", 10),
        (RosterColumn.Living, "居住状况", 12), (RosterColumn.Support, "救助类别", 12), (RosterColumn.Ability, "能力等级", 10),
        (RosterColumn.Point, "互助点", 14), (RosterColumn.Part, "互助点职责", 10), (RosterColumn.RelativeName, "家属姓名", 10),
        (RosterColumn.Relation, "与本人关系", 10), (RosterColumn.RelativePhone, "家属电话", 14), (RosterColumn.Landmark, "住处标志", 22),
        (RosterColumn.Latitude, "纬度", 10), (RosterColumn.Longitude, "经度", 10),
    ];

    /// <summary>Columns whose cell a village merges over several rows, because the rows share it.</summary>
    public static readonly FrozenSet<RosterColumn> Shared = FrozenSet.Create(
        RosterColumn.Group, RosterColumn.Household, RosterColumn.Point, RosterColumn.RelativeName, RosterColumn.Relation,
        RosterColumn.RelativePhone, RosterColumn.Landmark, RosterColumn.Latitude, RosterColumn.Longitude);

    private static readonly FrozenDictionary<string, RosterColumn> s_byHeading = Headings();

    /// <summary>Which column a heading means; null where it means none of ours.</summary>
    /// <param name="heading">Normalised: NFKC, without spaces.</param>
    public static RosterColumn? Of(string heading)
    {
        var bare = heading.TrimStart('*').TrimEnd('*', ':');
        var note = bare.IndexOf('(', StringComparison.Ordinal);
        if (note > 0) bare = bare[..note];
        return s_byHeading.TryGetValue(bare, out var column) ? column : null;
    }

    private static FrozenDictionary<string, RosterColumn> Headings()
    {
        var all = Template.ToDictionary(t => t.Heading, t => t.Column);
        void Also(RosterColumn column, string headings)
        {
            foreach (var heading in headings.Split(' ')) all.Add(heading, column);
        }

        Also(RosterColumn.Number, "编号 序 No. NO");
        Also(RosterColumn.Group, "组 组别 小组 村组 村民小组 所在组 生产队 居民组 自然村");
        Also(RosterColumn.Household, "户 户编号 家庭编号 户籍号 户口编号 门牌号");
        Also(RosterColumn.Name, "名字 老人姓名 老年人姓名 本人姓名 人员姓名 志愿者姓名");
        Also(RosterColumn.Sex, "男女");
        Also(RosterColumn.Born, "出生年月 出生年月日 生日 出生 出生时间");
        Also(RosterColumn.Id, "身份证 身份证号码 公民身份号码 身份证件号码 证件号码 证件号 居民身份证号");
        Also(RosterColumn.Phone, "电话 手机 手机号 手机号码 联系方式 电话号码 本人电话 联系手机");
        Also(RosterColumn.Kind, "类别 人员类型 身份类别 角色 人员身份");
        Also(RosterColumn.Living, "居住情况 居住类型 居住方式 老人类型 居住状态");
        Also(RosterColumn.Support, "救助情况 困难类别 保障类别 对象类别 享受政策 低保情况");
        Also(RosterColumn.Ability, "自理能力 失能等级 失能情况 能力评估等级 身体状况 失能程度");
        Also(RosterColumn.Point, "邻里互助点 所属互助点 所属点 服务点 互助点名称");
        Also(RosterColumn.Part, "职责 点内职责 互助点职务 职务 点内身份");
        Also(RosterColumn.RelativeName, "子女姓名 亲属姓名 联系人 联系人姓名 监护人 监护人姓名 紧急联系人 紧急联系人姓名 家属");
        Also(RosterColumn.Relation, "关系 与老人关系 家属关系 与老年人关系 亲属关系 联系人关系 紧急联系人关系");
        Also(RosterColumn.RelativePhone, "子女电话 亲属电话 联系人电话 监护人电话 紧急联系人电话 家属联系电话 家属手机 家属联系方式 子女联系电话");
        Also(RosterColumn.Landmark, "住址 家庭住址 住处 标志物 住处标志物 地址 居住地址 详细地址 现住址");
        Also(RosterColumn.Latitude, "北纬");
        Also(RosterColumn.Longitude, "东经");
        return all.ToFrozenDictionary();
    }
}
