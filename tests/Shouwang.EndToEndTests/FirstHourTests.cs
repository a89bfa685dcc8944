using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Application.SignIn;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.EndToEndTests.Harness;
using Shouwang.Web;
using Xunit;

namespace Shouwang.EndToEndTests;

/// <summary>A village cadre's first hour: an empty house, a roster with mistakes in it; at the end people and codes.</summary>
public sealed class FirstHourTests(Chromium chromium) : IAsyncLifetime
{
    private const int Elders = 40;
    private const int Seed = 11;
    private readonly string _folder = Directory.CreateTempSubdirectory("shouwang-first-hour-").FullName;
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = ShouwangHost.Build(new HouseSite(_folder), new("http://127.0.0.1:0", TimeProvider.System, IsDemo: true));
        await _app.Services.GetRequiredService<Store>().Prepare(CancellationToken.None);
        await SampleFiles.ImportAreas(_app.Services, CancellationToken.None);
        var nobody = new DemoSignIns.Cast(new Dictionary<Role, Id<Person>>(), null);
        var command = new DemoSignIns.Command(Id<DemoSignIns>.New(TimeProvider.System).Value, nobody);
        var house = Actor.System(new(990101_000_000));
        _ = (await _app.Services.GetRequiredService<DemoSignIns>().Run(command, house, CancellationToken.None)).Value;
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_cadre_signs_in_imports_a_roster_with_faults_corrects_it_and_hands_out_codes()
    {
        await using var browser = await chromium.Browser.NewContextAsync(new() { BaseURL = _app.Urls.Single(), JavaScriptEnabled = false });
        var page = await browser.NewPageAsync();
        await SignIn(page);

        var (dirty, faults) = Roster("dirty.xlsx", 0.15);
        await HandIn(page, dirty);
        Assert.Equal(faults, await Count(page, "refused"));
        Assert.Equal(faults, Marked(await Download(page)));
        await NobodyIsThere(page);

        var (clean, _) = Roster("clean.xlsx", 0);
        await HandIn(page, clean);
        Assert.Equal(0, await Count(page, "refused"));
        var people = await Count(page, "added");
        await page.GetByRole(AriaRole.Button, new() { Name = "导入没有错误的行" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Equal(people, await Count(page, "added"));

        await page.GetByRole(AriaRole.Button, new() { Name = "查看人员" }).ClickAsync();
        Assert.True(await page.Locator("main li").CountAsync() >= 40);

        await page.GotoAsync("/accounts/codes");
        await page.GetByRole(AriaRole.Button, new() { Name = "开通并打印" }).ClickAsync();
        var strips = await page.Locator("section.strip").CountAsync();
        Assert.True(strips >= 10);
        Assert.Equal(strips, await page.Locator("section.strip svg").CountAsync());
    }

    private static async Task SignIn(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("[name='Input.Name']").FillAsync("CADRE");
        await page.Locator("[name='Input.Password']").FillAsync(DemoSignIns.Password);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.GotoAsync("/people");
    }

    private static async Task HandIn(IPage page, string file)
    {
        await page.GotoAsync("/people/import");
        await page.Locator("input[type=file]").SetInputFilesAsync(file);
        await page.GetByRole(AriaRole.Button, new() { Name = "先检查" }).ClickAsync();
        // The address alone: the page of a running check loads itself anew, and waiting for such a page's load can miss it.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/people/import/[0-9a-f-]{36}$"), new() { Timeout = 60_000 });
    }

    /// <summary>One of the counts of the check, by its place.</summary>
    private static async Task<int> Count(IPage page, string name)
    {
        await page.Locator("dl.facts").WaitForAsync(new() { Timeout = 60_000 });
        string[] order = ["read", "added", "changed", "unchanged", "refused", "suspected"];
        var text = await page.Locator("dl.facts dd").Nth(Array.IndexOf(order, name)).InnerTextAsync();
        return int.Parse(text.Replace(",", "", StringComparison.Ordinal).Trim());
    }

    private static async Task<string> Download(IPage page)
    {
        var link = page.GetByRole(AriaRole.Link, new() { NameRegex = new("下载原表") });
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        return await download.PathAsync();
    }

    /// <summary>How many rows of the sheet that came back still have a fault: all of them, until someone corrects it.</summary>
    private static int Marked(string path)
    {
        using var file = File.OpenRead(path);
        return RosterWorkbook.Read(file, Days.Of(TimeProvider.System.GetUtcNow()), RegionCheck.ProvincesAndFiction).Value.Refused;
    }

    private static async Task NobodyIsThere(IPage page)
    {
        await page.GotoAsync("/people?text=" + Uri.EscapeDataString("第一村民组"));
        Assert.Equal(0, await page.Locator("main li:has-text('村民组')").CountAsync());
    }

    private (string Path, int Faults) Roster(string name, double dirt)
    {
        var path = Path.Combine(_folder, name);
        using var to = File.Create(path);
        return (path, SampleWorkbook.Write(to, Elders, Seed, dirt).Faults.Count);
    }
}
