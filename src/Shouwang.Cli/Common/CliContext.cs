using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;

namespace Shouwang.Cli.Common;

/// <summary>The options that every command touching data takes: where the data is, who acts, and whether to answer in JSON.</summary>
internal sealed class DataOptions
{
    public Option<string> Data { get; } =
        new("--data") { Description = "Data directory of the embedded database.", DefaultValueFactory = _ => "data" };

    public Option<string?> Db { get; } = new("--db") { Description = "PostgreSQL connection string, instead of the embedded database." };

    public Option<string?> As { get; } = new("--as") { Description = "Sign-in name of the person acting; the house itself by default." };

    public Option<bool> Json { get; } =
        new("--json") { Description = "Exactly one JSON object on standard output; everything else on standard error." };

    /// <summary>Adds the four options to a command.</summary>
    public DataOptions AddTo(Command command)
    {
        command.Options.Add(Data);
        command.Options.Add(Db);
        command.Options.Add(As);
        command.Options.Add(Json);
        return this;
    }

    public HouseSite Site(ParseResult parsed) => new(parsed.GetValue(Data)!, parsed.GetValue(Db));
}

/// <summary>An open house for the time of one command: services, the actor, and the ways to answer. </summary>
internal sealed class CliContext : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _json;
    private Actor? _someone;

    private CliContext(ServiceProvider services, bool json) => (_services, _json) = (services, json);

    /// <summary>A use case or part of the house.</summary>
    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public IServiceProvider Services => _services;

    /// <summary>Opens the house: tables up to date, the demo county's areas in an empty one.</summary>
    /// <param name="onlyLooks">Whether it opens all the same where nothing can be written.</param>
    public static async Task<CliContext> Open(DataOptions options, ParseResult parsed, CancellationToken ct, bool onlyLooks = false)
    {
        var services = new ServiceCollection();
        services.AddLogging(l => l.SetMinimumLevel(LogLevel.Warning).AddConsole(c => c.LogToStandardErrorThreshold = LogLevel.Trace));
        services.AddHouse(options.Site(parsed), TimeProvider.System);
        var context = new CliContext(services.BuildServiceProvider(), parsed.GetValue(options.Json));
        var store = context.Get<Store>();
        try
        {
            await store.Prepare(ct);
        }
        catch (Exception full) when (onlyLooks && store.IsUnavailable(full))
        {
            await Console.Error.WriteLineAsync($"The tables are taken as they are: {full.Message}");
        }

        return context;
    }

    /// <summary>Who acts: the person named by --as in their own post, or the house itself, working in one area.</summary>
    public Actor Actor(AreaCode area) => _someone ?? Shouwang.Application.Common.Actor.System(area);

    /// <summary>The command was typed wrongly. Exit code 2.</summary>
    public static int Usage(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 2;
    }

    /// <summary>Runs a command line command: opens the house, runs, drains the outbox, answers. Exit code 0 done, 1 refused.</summary>
    /// <param name="onlyLooks">Whether it runs all the same where nothing can be written.</param>
    public static async Task<int> Run(
        DataOptions options, ParseResult parsed, Func<CliContext, Task<int>> run, CancellationToken ct, bool onlyLooks = false)
    {
        await using var context = await Open(options, parsed, ct, onlyLooks);
        if (parsed.GetValue(options.As) is { } name)
        {
            var named = await context.Get<SessionBook>().Named(name, ct);
            if (!named.IsOk(out context._someone, out var refusal)) return context.Refused(refusal);
        }

        return await run(context);
    }

    /// <summary>Answers with what was done, after everything it set in motion has settled.</summary>
    public async Task<int> Done(object answer, string sentence, CancellationToken ct)
    {
        await Settle(ct);
        Say(answer, sentence);
        return 0;
    }

    /// <summary>Answers with what was seen, before anything is written: what is wrong with a house is told even where its disk is full.
    /// Then settles, as far as that is possible.</summary>
    public async Task Seen(object answer, string sentence, CancellationToken ct)
    {
        Say(answer, sentence);
        try
        {
            await Settle(ct);
        }
        catch (StorageUnavailable full)
        {
            await Console.Error.WriteLineAsync($"What waits could not be delivered or sealed now: {full.InnerException?.Message}");
        }
    }

    private void Say(object answer, string sentence)
    {
        if (_json) Console.Out.WriteLine(JsonSerializer.Serialize(answer, HouseJson.Options));
        else Console.Out.WriteLine(sentence);
    }

    /// <summary>Answers that a rule said no.</summary>
    public int Refused(Refusal refusal)
    {
        var facts = string.Join(", ", refusal.Facts.Select(f => $"{f.Key}: {f.Value}"));
        Console.Error.WriteLine(facts.Length == 0 ? refusal.Code : $"{refusal.Code} ({facts})");
        if (_json) Console.Out.WriteLine(JsonSerializer.Serialize(new { refused = refusal.Code, refusal.Facts }, HouseJson.Options));
        return 1;
    }

    /// <summary>Delivers the outbox and seals the audit log.</summary>
    public async Task Settle(CancellationToken ct)
    {
        await Get<Dispatcher>().Drain(ct);
        await Get<AuditSealer>().Seal(ct);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
