using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.People;

/// <summary>A roster saved as Excel 97–2003 (.xls, BIFF8): a title over the headings, birthdays as serial numbers with and without a
/// date's look, household numbers that begin with zeros, a merged group, and an ID number that became a number.</summary>
public sealed class OldWorkbookTests
{
    [Fact]
    public void Zeros_in_front_stay_serials_are_days_and_a_number_is_no_id()
    {
        var reading = RosterWorkbook.Read(Old(), new(2026, 3, 16), RegionCheck.ProvincesAndFiction).Value;

        Assert.Equal([("王秀英", new DateOnly(1945, 3, 2)), ("李德山", new(1950, 5, 6)), ("赵玉珍", new(1948, 11, 30))],
            reading.Rows.Select(r => (r.Name, r.Born)));
        Assert.Equal(["0012", "0013", "0007"], reading.Rows.Select(r => r.Household));
        Assert.Equal(["一组", "一组", "二组"], reading.Rows.Select(r => r.Group));
        Assert.Equal(["99010119450302002X", "990101195005060015", null], reading.Rows.Select(r => r.Id?.Text));
        Assert.Equal(["10000000001", "10000000003", "10000000005"], reading.Rows.Select(r => r.Phone?.Text));
        Assert.Equal(["花名册!D6 roster.id-became-number"], reading.Errors.Select(e => $"{e}"));
    }

    [Theory, EachDatabase]
    public async Task The_old_workbook_goes_in_and_a_second_time_changes_nothing(TestDatabase database)
    {
        await using var village = await Village.On(database);
        await SampleFiles.ImportAreas(village.Get<IServiceProvider>(), default);

        var (first, again) = (await Import(village), await Import(village));

        Assert.Equal((4, 3, 0, 1), (first.Read, first.Added, first.Unchanged, first.Refused));
        Assert.Equal((4, 0, 3, 1), (again.Read, again.Added, again.Unchanged, again.Refused));
        var numbers = await village.Get<Workspace>().Read(
            village.House, db => db.Households.OrderBy(h => h.Number).Select(h => h.Number).ToListAsync());
        Assert.Equal(["0007", "0012", "0013"], numbers);
        var born = await village.Get<Workspace>().Read(
            village.House, db => db.People.OrderBy(p => p.Born).Select(p => p.Born).ToListAsync());
        Assert.Equal([new(1945, 3, 2), new(1948, 11, 30), new(1950, 5, 6)], born);
    }

    private static async Task<ImportRoster.Receipt> Import(Village village)
    {
        var import = village.Get<ImportRoster>();
        var read = import.Read(Id<RosterImport>.New(village.Clock).Value, Village.X, Old()).Value;
        return (await import.Run(read, village.House, default)).Value;
    }

    private static Stream Old() =>
        typeof(OldWorkbookTests).Assembly.GetManifestResourceStream("roster-97-2003.xls") ?? throw new InvalidOperationException();
}
