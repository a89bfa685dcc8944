using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>Someone who can sign in: the person, the account and its first post.</summary>
internal sealed record Bearer(Person Person, SignInAccount Account, Post Post, string SignInName);

/// <summary>The whole house, pages and API, on a test database; requests go in without a network.</summary>
internal sealed class OpenHouse : IAsyncDisposable
{
    public const string Password = "threshold 4711";
    private static string? s_hash;

    private readonly WebApplication _app;
    private int _named;

    private OpenHouse(WebApplication app, FakeTimeProvider clock) => (_app, Clock, Client) = (app, clock, app.GetTestClient());

    public FakeTimeProvider Clock { get; }

    /// <summary>A client without a memory: cookies are carried by hand, redirects are not followed.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public DateOnly Today => Days.Of(Clock.GetUtcNow());

    /// <param name="amend">Takes a part out or puts another in, to see whether a test notices.</param>
    public static async Task<OpenHouse> On(TestDatabase database, Action<IServiceCollection>? amend = null)
    {
        var clock = new FakeTimeProvider(new(2026, 3, 16, 9, 0, 0, TimeSpan.FromHours(8)));
        var app = ShouwangHost.Build(Village.SiteOf(database), new("http://localhost", clock)
        {
            WithBackgroundWork = false,
            Amend = builder =>
            {
                builder.WebHost.UseTestServer();
                builder.Logging.ClearProviders();
                amend?.Invoke(builder.Services);
            },
        });
        await app.Services.GetRequiredService<Store>().Prepare(CancellationToken.None);
        await app.StartAsync(CancellationToken.None);
        return new(app, clock);
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public Guid NewId() => Id<Person>.New(Clock).Value;

    /// <summary>A person with an account, written past the use cases.</summary>
    public async Task<Bearer> Someone(Role role, Workplace at, PersonRoles parts = PersonRoles.Official)
    {
        var person = NewPerson(at.Area, parts);
        await Add(person);
        return await Employ(person, role, at);
    }

    /// <summary>Gives someone of the register an account and a post, written past the use cases.</summary>
    public async Task<Bearer> Employ(Person person, Role role, Workplace at)
    {
        s_hash ??= await Get<PasswordDesk>().Hash(Password, CancellationToken.None);
        var name = $"TEST{++_named:0000}";
        var account = new SignInAccount(NewId(), person.Id, at.Area) { PasswordHash = s_hash };
        account.NameAs(Get<SignInVault>().SealName(account.Id, name));
        var post = new Post(Id<Post>.New(Clock), person.Id, role, at, Today.AddDays(-30));
        await Add(account, post);
        return new(person, account, post, name);
    }

    public Person NewPerson(AreaCode area, PersonRoles parts, string name = "示例")
    {
        var person = new Person(Id<Person>.New(Clock), area, PersonNames.Of(name), Sex.Female, new(1960, 1, 1));
        person.Play(parts);
        person.Seal(Get<PersonVault>().Seal(person.Id, new(null, null, null)));
        return person;
    }

    public Task Add(params object[] rows) => Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(Actor.System(AreaCode.Nation));
            unit.Answer(NewId());
            unit.Db.AddRange(rows);
            await unit.Save(CancellationToken.None);
            return new(true, true);
        },
        CancellationToken.None);

    /// <summary>Signs in over the API and returns the cookie.</summary>
    public async Task<string> SignIn(Bearer bearer, string password = Password)
    {
        using var answer = await TrySignIn(bearer.SignInName, password);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("shouwang.session", StringComparison.Ordinal)).Split(';')[0];
    }

    public Task<HttpResponseMessage> TrySignIn(string name, string password) =>
        Send(HttpMethod.Put, $"/api/v1/sessions/{NewId()}", null, new { name, password });

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? cookie, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        if (body is byte[] file) request.Content = new ByteArrayContent(file);
        else if (body is not null) request.Content = JsonContent.Create(body);
        return await Client.SendAsync(request);
    }

    public async Task<int> StatusOf(HttpMethod method, string path, string? cookie, object? body = null)
    {
        using var answer = await Send(method, path, cookie, body);
        return (int)answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
