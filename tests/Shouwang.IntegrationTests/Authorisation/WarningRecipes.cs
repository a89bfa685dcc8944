using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>How to ask the endpoints of weather warnings.</summary>
internal static class WarningRecipes
{
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["DeclareWarning"] = new((w, r, p) => Task.FromResult(new Asked($"/api/v1/warnings/{w.House.NewId()}", new
        {
            area = World.AreaOf(p).ToString(), kind = "Heat", level = "Red", from = w.House.Today.AddDays(-1), to = w.House.Today,
        }))),
        ["EndWarning"] = new(async (w, r, p) => new(
            $"/api/v1/warnings/{(await NewWarning(w, r, p, ended: false)).Id}/endings/{w.House.NewId()}")),
        ["ResumeWarning"] = new(async (w, r, p) => new(
            $"/api/v1/warnings/{(await NewWarning(w, r, p, ended: true)).Id}/resumptions/{w.House.NewId()}")),
    };

    private static async Task<WeatherWarning> NewWarning(World world, Role role, Position position, bool ended)
    {
        var (house, told) = (world.House, new Told(world.Actor(role).Person.Id, world.House.Clock.GetUtcNow()));
        var weather = new Weather(WeatherKind.Heat, WarningLevel.Red, house.Today, house.Today.AddDays(2));
        var id = Id<WeatherWarning>.New(house.Clock);
        var warning = WeatherWarning.Declare(id, World.AreaOf(position), weather, told, longest: 14).Value;
        if (ended) _ = warning.End(told).Value;
        await house.Add(warning);
        return warning;
    }
}
