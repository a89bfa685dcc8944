using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Cli.Demo;
using Shouwang.Web;
using Xunit;

[assembly: AssemblyFixture(typeof(Shouwang.EndToEndTests.Harness.DemoHouse))]

namespace Shouwang.EndToEndTests.Harness;

/// <summary>The data of the demonstration, made once for all houses that begin with it.</summary>
public sealed class DemoHouse : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shouwang-demo-").FullName;
    private readonly Lazy<Task> _made;

    public DemoHouse() => _made = new(Make);

    /// <summary>Copies it into an empty folder.</summary>
    public async Task MoveInto(string folder)
    {
        await _made.Value;
        foreach (var file in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(_folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return default;
    }

    private async Task Make()
    {
        await using var app = ShouwangHost.Build(new(_folder), new("http://127.0.0.1:0", TimeProvider.System, IsDemo: true));
        await app.Services.GetRequiredService<Store>().Prepare(CancellationToken.None);
        await ActivatorUtilities.CreateInstance<DemoVillage>(app.Services).Make(CancellationToken.None);
    }
}
