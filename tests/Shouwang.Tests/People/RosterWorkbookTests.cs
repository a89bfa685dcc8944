using System.Text;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.People;

public class RosterWorkbookTests
{
    private static readonly DateOnly s_today = new(2026, 11, 23);

    [Fact]
    public void A_clean_sample_reads_back_as_the_very_people_it_was_made_of()
    {
        var sheet = SampleSheet.Of(SampleRoster.People(96, 7), 7, 0);

        var reading = Read(sheet);

        Assert.Empty(reading.Errors);
        Assert.Equal(132, reading.Read);
        Assert.Equal(sheet.People, reading.Rows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20260101)]
    public void Every_planted_fault_is_named_by_its_cell_and_nothing_else_is(int seed)
    {
        var sheet = SampleSheet.Of(SampleRoster.People(400, seed), seed, 0.2);

        var reading = Read(sheet);

        Assert.Equal(sheet.Faults, reading.Errors.Select(e => new PlantedFault(e.Cell, e.Refusal.Code)));
        Assert.Equal(sheet.People, reading.Rows);
    }

    [Fact]
    public void The_generator_plants_every_kind_of_fault_the_reader_knows()
    {
        var planted = SampleSheet.Of(SampleRoster.People(2000, 5), 5, 0.4).Faults.Select(f => f.Code).ToHashSet();

        var ofCells = typeof(RosterRefusals).GetFields().Select(f => ((Refusal)f.GetValue(null)!).Code).Except(OfWholeFiles);
        Assert.Empty(ofCells.Except(planted));
        Assert.Empty(SampleFaults.Codes.Except(planted));
    }

    private static readonly string[] OfWholeFiles =
    [
        "roster.no-file", "roster.unreadable", "roster.password", "roster.macros", "roster.too-large", "roster.too-many-rows",
        "roster.cell-too-long", "roster.no-header",
        "roster.column-twice", "roster.since-ahead",
    ];

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        Assert.Equal(Bytes(96, 7), Bytes(96, 7));
        Assert.NotEqual(Bytes(96, 7), Bytes(96, 8));
    }

    [Fact]
    public void The_sample_village_has_the_shares_it_states()
    {
        var people = SampleRoster.People(960, 3);
        var elders = people.Where(p => p.Roles == PersonRoles.Elder).ToList();
        double Share(Func<RosterRow, bool> which) => elders.Count(which) / (double)elders.Count;
        int Age(RosterRow p) => SampleRoster.AsOf.Year - p.Born.Year - (p.Born.DayOfYear > 1 ? 1 : 0);

        Assert.Equal((960, 340, 20),
            (elders.Count, people.Count(p => p.Roles == PersonRoles.Volunteer), people.Count - elders.Count - 340));
        Assert.Equal(0.597, Share(p => p.Living == LivingSituation.EmptyNest), 0.03);
        Assert.Equal(0.142, Share(p => p.Living == LivingSituation.LivingAlone), 0.01);
        Assert.Equal(0.1398, Share(p => Age(p) >= 80), 0.005);
        Assert.Equal(0.19, Share(p => p.Ability != AbilityLevel.Intact), 0.04);
        Assert.All(people.Where(p => p.Roles == PersonRoles.Volunteer), v => Assert.InRange(Age(v), 50, 70));
        Assert.All(people, p => Assert.StartsWith("990101", p.Id!.Value.Text, StringComparison.Ordinal));
        Assert.All(people.Where(p => p.Phone is not null), p => Assert.StartsWith("100", p.Phone!.Value.Text, StringComparison.Ordinal));
        Assert.All(elders, e => Assert.NotNull(e.Relative?.Phone));
    }

    [Fact]
    public void Each_point_of_the_sample_serves_ten_or_more_and_has_a_leader_and_enough_volunteers()
    {
        var people = SampleRoster.People(96, 7);
        var points = people.Where(p => p.Roles == PersonRoles.Elder).GroupBy(p => p.Point).ToList();

        Assert.Equal(4, points.Count);
        Assert.All(points, point =>
        {
            var team = people.Where(p => p.Roles == PersonRoles.Volunteer && p.Point == point.Key).ToList();
            Assert.InRange(point.Count(), 10, 30);
            Assert.True(team.Count * 3 >= point.Count());
            Assert.Single(team, v => v.LeadsPoint);
        });
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("gb18030")]
    public void A_csv_of_either_encoding_gives_the_same_people(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        const string text = "姓名,性别,出生年月,身份证号,村民小组,户号,手机\n"
            + "王　秀英,女,1945.3.2,,第一组,12,100 0000 0001\n李德山,男,农历一九四五年三月初二,,,13,\n合计,2人,,,,,\n";

        var reading =
            RosterWorkbook.Read(new MemoryStream(Encoding.GetEncoding(encoding).GetBytes(text)), s_today, RegionCheck.Provinces).Value;

        Assert.Empty(reading.Errors);
        Assert.Equal(["王秀英", "李德山"], reading.Rows.Select(r => r.Name));
        Assert.Equal([new(1945, 3, 2), new(1945, 4, 13)], reading.Rows.Select(r => r.Born));
        Assert.Equal(["第一组", "第一组"], reading.Rows.Select(r => r.Group));
        Assert.Equal("10000000001", reading.Rows[0].Phone?.Text);
    }

    [Fact]
    public void A_csv_that_kept_only_the_first_digits_of_an_id_says_so()
    {
        var reading = Csv("姓名,身份证号,户号\n王秀英,5.10123E+17,1\n李德山,110105194912310000,2\n");

        Assert.Equal(["B2 roster.id-became-number", "B3 roster.id-became-number"],
            reading.Errors.Select(e => $"{e.Cell} {e.Refusal.Code}"));
    }

    [Fact]
    public void A_file_that_is_no_roster_is_refused_as_a_whole()
    {
        Assert.Equal("roster.no-header", Refused(Encoding.UTF8.GetBytes("a,b,c\n1,2,3\n")));
        Assert.Equal("roster.no-header", Refused([]));
        Assert.Equal("roster.column-twice", Refused(Encoding.UTF8.GetBytes("姓名,性别,电话,手机\n")));
        Assert.Equal("roster.unreadable", Refused([0, 1, 2, 3]));
        Assert.Equal("roster.unreadable", Refused("PK\u0003\u0004 and no more"u8.ToArray()));
        Assert.Equal("roster.unreadable", Refused([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0, 0, 0]));
        Assert.Equal("roster.too-large", Refused(new byte[21 * 1024 * 1024]));
    }

    private static RosterReading Read(SampleSheet sheet) =>
        RosterWorkbook.Read(File(sheet), s_today, RegionCheck.ProvincesAndFiction).Value;

    private static RosterReading Csv(string text) =>
        RosterWorkbook.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), s_today, RegionCheck.Provinces).Value;

    private static string? Refused(byte[] file) =>
        RosterWorkbook.Read(new MemoryStream(file), s_today, RegionCheck.Provinces).Refusal?.Code;

    private static byte[] Bytes(int elders, int seed) => File(SampleSheet.Of(SampleRoster.People(elders, seed), seed, 0)).ToArray();

    private static MemoryStream File(SampleSheet sheet)
    {
        var file = new MemoryStream();
        RosterTemplate.Write(file, "X村互助养老花名册", sheet);
        file.Position = 0;
        return file;
    }
}
