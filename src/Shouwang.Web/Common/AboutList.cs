namespace Shouwang.Web.Common;

/// <summary>Who took a list out, when, of which area, and how many lines it has: the first lines of its second sheet. 导出说明</summary>
internal static class AboutList
{
    public static List<(string Label, string Says)> Of(Words words, Frame frame, DateTimeOffset now, int count) =>
    [
        (words["register.export.by"], frame.Person ?? ""), (words["register.export.at"], Spoken.Moment(now)),
        (words["register.export.area"], frame.Place ?? ""), (words["register.export.count"], Spoken.Number(count)),
    ];
}
