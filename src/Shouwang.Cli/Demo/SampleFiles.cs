using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Areas;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Areas;
using Shouwang.Domain.Kernel;

namespace Shouwang.Cli.Demo;

/// <summary>The sample files, carried inside the program.</summary>
internal static class SampleFiles
{
    private static readonly DateOnly s_since = new(2020, 1, 1);

    /// <summary>The fictional county's areas; doing it again changes nothing.</summary>
    public static async Task ImportAreas(IServiceProvider services, CancellationToken ct)
    {
        using var text = new StreamReader(Open("areas-demo.csv"));
        var file = AreaFile.From(text).Value;
        var id = Id<Area>.New(services.GetRequiredService<TimeProvider>()).Value;
        _ = (await services.GetRequiredService<ImportAreas>().Run(new(id, s_since, file), Actor.System(AreaCode.Nation), ct)).Value;
    }

    /// <summary>A village's roster, taken in as a cadre would.</summary>
    /// <param name="since">The day since which the people have been here; today without it.</param>
    public static async Task ImportRoster(IServiceProvider services, AreaCode village, CancellationToken ct, DateOnly? since = null)
    {
        await using var file = Open("x-village.xlsx");
        var import = services.GetRequiredService<ImportRoster>();
        var command = import.Read(Id<Area>.New(services.GetRequiredService<TimeProvider>()).Value, village, file).Value;
        _ = (await import.Run(command with { Since = since }, Actor.System(village), ct)).Value;
    }

    public static Stream Open(string name) =>
        typeof(SampleFiles).Assembly.GetManifestResourceStream($"samples/{name}")
            ?? throw new InvalidOperationException($"The program carries no samples/{name}.");
}
