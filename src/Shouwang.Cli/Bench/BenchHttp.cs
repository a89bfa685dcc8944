using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.Web;

namespace Shouwang.Cli.Bench;

/// <summary>The same gifts through the public API: sign-in, gate, validation and audit all on.</summary>
internal static class BenchHttp
{
    public static async Task<PipelineBench.Rate> Run(
        HouseSite site, IReadOnlyList<Person> givers, PipelineBench.Load load, CancellationToken ct)
    {
        await using var app = ShouwangHost.Build(site, new("http://127.0.0.1:0", load.Clock));
        await app.StartAsync(ct);
        var names = await Enrol(app.Services, givers, new("BENCH", Role.Volunteer, givers[0].Area), load.Clock, ct);
        var clients = new List<HttpClient>();
        foreach (var name in names) clients.Add(await SignIn(new(app.Urls.First()), name, load.Clock, ct));

        var measured = await PipelineBench.Run(load, async caller =>
        {
            var (from, to) = (givers[caller], givers[(caller + 1) % givers.Count]);
            using var answer = await clients[caller].PutAsJsonAsync(
                $"/api/v1/transfers/{Id<Transaction>.New(load.Clock)}", new { from = from.Id.Value, to = to.Id.Value, minutes = 1 }, ct);
            answer.EnsureSuccessStatusCode();
        });

        clients.ForEach(c => c.Dispose());
        await app.StopAsync(ct);
        return measured;
    }

    /// <summary>The post that people are enrolled in, and what their sign-in names begin with.</summary>
    internal sealed record Enrolment(string Prefix, Role Role, AreaCode Area);

    /// <summary>An account for each; the demonstration's password, since this house is thrown away.</summary>
    internal static async Task<IReadOnlyList<string>> Enrol(
        IServiceProvider services, IReadOnlyList<Person> givers, Enrolment how, TimeProvider clock, CancellationToken ct)
    {
        var vault = services.GetRequiredService<SignInVault>();
        var hash = await services.GetRequiredService<PasswordDesk>().Hash(DemoSignIns.Password, ct);
        var names = givers.Select((_, i) => $"{how.Prefix}{i:000}").ToList();
        await services.GetRequiredService<Store>().Writer.Run<bool>(
            async unit =>
            {
                unit.Look(Actor.System(how.Area));
                foreach (var (giver, name) in givers.Zip(names))
                {
                    var account = new SignInAccount(
                        DerivedId.Of(giver.Id.Value, "account"), giver.Id, giver.Area) { PasswordHash = hash, IsDemo = true };
                    account.NameAs(vault.SealName(account.Id, name));
                    unit.Db.Add(account);
                    unit.Db.Add(new Post(Id<Post>.New(clock), giver.Id, how.Role, new(how.Area, null), Days.Of(unit.Now)));
                }

                await unit.Save(ct);
                return new(true, true);
            },
            ct);
        return names;
    }

    internal static async Task<HttpClient> SignIn(Uri address, string name, TimeProvider clock, CancellationToken ct)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
        using var answer = await client.PutAsJsonAsync(
            $"/api/v1/sessions/{Id<SignInSession>.New(clock)}", new { name, password = DemoSignIns.Password, onPhone = false }, ct);
        answer.EnsureSuccessStatusCode();
        return client;
    }
}
