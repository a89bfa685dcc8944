namespace Shouwang.Application.People;

/// <summary>Writes a roster of a village that does not exist. 示例花名册文件</summary>
public static class SampleWorkbook
{
    /// <summary>What was written, and the faults planted in it.</summary>
    public sealed record Made(int Elders, int Seed, double Dirt, int Rows, IReadOnlyList<PlantedFault> Faults);

    /// <param name="dirt">Share of rows that are spoilt; as many others are written in a village's own, right ways.</param>
    public static Made Write(Stream to, int elders, int seed, double dirt)
    {
        var sheet = SampleSheet.Of(SampleRoster.People(elders, seed), seed, dirt);
        RosterTemplate.Write(to, "X村互助养老花名册", sheet);
        return new(elders, seed, dirt, sheet.Rows.Count, sheet.Faults);
    }
}
