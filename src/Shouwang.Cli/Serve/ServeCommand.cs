using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouwang.Application.Common;
using Shouwang.Cli.Common;
using Shouwang.Web;

namespace Shouwang.Cli.Serve;

/// <summary>`shouwang serve`: opens the house to its visitors until it is stopped. 启动服务</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Serve the pages and the API.");
        var data = new DataOptions().AddTo(command);
        var port = new Option<int>("--port") { Description = "Port on this machine.", DefaultValueFactory = _ => 5080 };
        var urls = new Option<string?>("--urls") { Description = "Where to listen instead, as http://0.0.0.0:8080." };
        command.Options.Add(port);
        command.Options.Add(urls);
        command.SetAction((parsed, ct) =>
        {
            var address = parsed.GetValue(urls) ?? $"http://localhost:{parsed.GetValue(port)}";
            return Serve(data.Site(parsed), new(address, TimeProvider.System), ct);
        });
        return command;
    }

    /// <summary>Brings the tables up to date, opens, and stays open until stopped.</summary>
    internal static async Task<int> Serve(HouseSite site, HostSettings settings, CancellationToken ct)
    {
        await using var app = ShouwangHost.Build(site, settings);
        await app.Services.GetRequiredService<Store>().Prepare(ct);
        await app.StartAsync(ct);
        foreach (var address in app.Urls) await Console.Out.WriteLineAsync($"Shouwang 守望: {address}");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }
}
