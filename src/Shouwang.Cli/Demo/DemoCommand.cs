using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouwang.Application.Common;
using Shouwang.Application.Rules;
using Shouwang.Application.SignIn;
using Shouwang.Cli.Common;
using Shouwang.Web;

namespace Shouwang.Cli.Demo;

/// <summary>`shouwang demo`, which is `./run`: the fictional county with a few weeks of life in it, served for a newcomer to look at.
/// 演示</summary>
internal static class DemoCommand
{
    public static Command Create(TimeProvider clock)
    {
        var port = new Option<int>("--port") { Description = "Port on this machine.", DefaultValueFactory = _ => 5080 };
        var fresh = new Option<bool>("--fresh") { Description = "Begin with an empty data directory: what is in it is removed." };
        var rules = new Option<string?>("--rules") { Description = "Let the county work by a city's rules: beijing, nanjing, guangzhou." };
        var command = new Command("demo", "Serve the fictional demo county.") { port, fresh, rules };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var site = data.Site(parsed) with { Adopts = Adopted(parsed.GetValue(rules)) };
            if (parsed.GetValue(fresh) && site.Connection is null) Empty(site.DataDirectory);
            await using var app = ShouwangHost.Build(site, new($"http://localhost:{parsed.GetValue(port)}", clock, IsDemo: true));
            await app.Services.GetRequiredService<Store>().Prepare(ct);
            await Fill(app.Services, ct);
            await app.StartAsync(ct);
            await Greet(app, ct);
            await app.WaitForShutdownAsync(ct);
            return 0;
        });
        return command;
    }

    private static RuleAdoption? Adopted(string? package) =>
        package is null ? null : new(package, DemoVillage.X.At(Domain.Kernel.AreaLevel.County));

    /// <summary>Removes the database and the keys of an earlier demonstration, and nothing else.</summary>
    private static void Empty(string directory)
    {
        if (!Directory.Exists(directory)) return;
        foreach (var file in Directory.EnumerateFiles(directory, "shouwang.db*")) File.Delete(file);
        var keys = Path.Combine(directory, "keys");
        if (Directory.Exists(keys)) Directory.Delete(keys, recursive: true);
    }

    /// <summary>A second start keeps the data: only an empty house is filled.</summary>
    private static async Task Fill(IServiceProvider services, CancellationToken ct)
    {
        var house = Actor.System(Domain.Kernel.AreaCode.Nation);
        if (await services.GetRequiredService<Workspace>().Read(house, db => db.People.AnyAsync(ct))) return;
        Console.Error.WriteLine("Making the demo county …");
        await ActivatorUtilities.CreateInstance<DemoVillage>(services).Make(ct);
    }

    private static async Task Greet(WebApplication app, CancellationToken ct)
    {
        var lines = new List<string> { $"Shouwang 守望: {app.Urls.First()}", "",
            $"Demo sign-ins (password of all: {DemoSignIns.Password}):" };
        lines.AddRange(DemoSignIns.All.Select(d => $"  {d.Name,-12} {d.Role}, {d.Area}"));
        foreach (var line in lines) await Console.Out.WriteLineAsync(line.AsMemory(), ct);
    }
}
