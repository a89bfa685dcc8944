using Shouwang.Application.Areas;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;
using Xunit;

namespace Shouwang.Tests.Areas;

public sealed class AreaFileTests
{
    private const string Header = "code,name,provinceCode,cityCode,areaCode,streetCode\n";
    private static readonly DateOnly s_day = new(2026, 1, 1);

    [Fact]
    public void Codes_of_every_length_are_read_and_stand_in_order_with_upper_areas_first()
    {
        var file =
            Read("990101100201,X村,99,9901,990101,990101100\n990101100,守望镇,99,9901,990101,\n99,虚构省,,,,\n990101,示范县,99,9901,,\n9901,示范市,99,,,\n");

        Assert.Equal(
            [AreaLevel.Province, AreaLevel.Prefecture, AreaLevel.County, AreaLevel.Township, AreaLevel.Village],
            file.Lines.Select(l => l.Code.Level));
        Assert.Equal((5, 2), (file.Read, file.Lines[^1].Line));
        Assert.Empty(file.Faults);
    }

    [Theory]
    [InlineData("12345,某地,,,,", "areas.bad-code")]
    [InlineData("9901011002O1,某村,,,,", "areas.bad-code")]
    [InlineData("00,全国,,,,", "areas.nation-is-given")]
    [InlineData("990101100201,,99,9901,990101,990101100", "areas.bad-name")]
    [InlineData("990101100201,某村,98,9901,990101,990101100", "areas.parent-otherwise")]
    [InlineData("990101100201,某村,99,9901,990101,990101200", "areas.parent-otherwise")]
    [InlineData("990101100201,某村,99,9901,990101,99010110", "areas.bad-code")]
    [InlineData("990101100201", "areas.bad-name")]
    public void A_bad_line_is_a_fault_with_its_number_and_reason_and_the_rest_is_read(string line, string reason)
    {
        var file = Read($"99,虚构省,,,,\n{line}\n9901,示范市,99,,,\n");

        Assert.Equal(2, file.Lines.Count);
        var fault = Assert.Single(file.Faults);
        Assert.Equal((3, reason), (fault.Line, fault.Reason));
    }

    [Fact]
    public void A_stray_quote_spoils_its_own_line_only()
    {
        var file = Read("99,虚构省,,,,\n\"9901,示范市,99,,,\n9902,另一市,99,,,\n");

        Assert.Equal([990000000000, 990200000000], file.Lines.Select(l => l.Code.Value));
        Assert.Equal(3, Assert.Single(file.Faults).Line);
    }

    [Fact]
    public void A_city_that_is_its_own_county_stands_twice_and_counts_once_but_one_code_has_one_name()
    {
        var file = Read("9901,示范市,99,,,\n990100,示范市,99,9901,,\n990100,别的市,99,9901,,\n");

        Assert.Equal((1, 1, 3), (file.Lines.Count, file.Repeated, file.Read));
        Assert.Equal((4, "areas.code-twice"), (Assert.Single(file.Faults).Line, file.Faults[0].Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("id,title\n1,2\n")]
    [InlineData("code,title\n99,虚构省\n")]
    public void A_file_without_the_two_columns_is_refused_whole(string text) =>
        Assert.Equal("areas.not-an-area-file", AreaFile.From(new StringReader(text)).Refusal?.Code);

    [Fact]
    public void The_upper_columns_may_be_missing() =>
        Assert.Equal(2, AreaFile.From(new StringReader("name,code\n虚构省,99\n示范市,9901\n")).Value.Lines.Count);

    [Fact]
    public void What_is_known_stays_what_is_new_is_entered_and_another_name_is_a_dated_rename()
    {
        var known = Area.Enter(new(990000000000), "虚构省", s_day).Value;
        var village = Area.Enter(new(990100000000), "示范市", s_day).Value;
        var register = new AreaRegister([known, village]);
        var later = s_day.AddYears(1);

        Assert.Equal(AreaChange.None, register.Take(new(2, known.Code, "虚构省"), AreaCode.Nation, later).Value);
        Assert.Equal(AreaChange.Renamed, register.Take(new(3, village.Code, "新市"), AreaCode.Nation, later).Value);
        Assert.Equal(AreaChange.Added, register.Take(new(4, new(990101000000), "示范县"), AreaCode.Nation, later).Value);
        Assert.Equal((later, 2), (village.ValidTo, register.Entered.Count));
        Assert.Equal(AreaChange.None, register.Take(new(5, village.Code, "新市"), AreaCode.Nation, later).Value);
    }

    [Fact]
    public void A_correction_on_the_first_day_adds_no_entry()
    {
        var known = Area.Enter(new(990000000000), "虚构省", s_day).Value;
        var register = new AreaRegister([known]);

        Assert.Equal(AreaChange.Renamed, register.Take(new(2, known.Code, "新省"), AreaCode.Nation, s_day).Value);
        Assert.Empty(register.Entered);
        Assert.Equal("新省", known.Name);
    }

    [Fact]
    public void A_line_without_its_upper_area_outside_the_scope_or_for_an_ended_area_is_refused()
    {
        var ended = Area.Enter(new(990101100201), "甲村", s_day).Value;
        ended.Replace(s_day.AddYears(1), [new(990101100202)]);
        var township = Area.Enter(new(990101100000), "守望镇", s_day).Value;
        var register = new AreaRegister([ended, township]);
        var scope = new AreaCode(990101100000);

        Assert.Equal("areas.parent-unknown", register.Take(new(2, new(990102000000), "某县"), AreaCode.Nation, s_day).Refusal?.Code);
        Assert.Equal("areas.not-found", register.Take(new(3, new(990101200000), "某乡"), scope, s_day).Refusal?.Code);
        Assert.Equal("areas.ended", register.Take(new(4, ended.Code, "甲村"), scope, s_day).Refusal?.Code);
        Assert.Empty(register.Entered);
    }

    [Fact]
    public void The_demo_file_holds_a_fictional_county_with_X_village_and_three_neighbours()
    {
        using var text = File.OpenText(Path.Combine(Repository(), "samples", "areas-demo.csv"));

        var file = AreaFile.From(text).Value;

        Assert.Empty(file.Faults);
        Assert.All(file.Lines, l => Assert.Equal(new AreaCode(990000000000), l.Code.At(AreaLevel.Province)));
        Assert.Equal(["X村", "东邻村", "南邻村", "西邻村"], file.Lines.Where(l => l.Code.Level == AreaLevel.Village).Select(l => l.Name));
    }

    private static AreaFile Read(string lines) => AreaFile.From(new StringReader(Header + lines)).Value;

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Shouwang.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
