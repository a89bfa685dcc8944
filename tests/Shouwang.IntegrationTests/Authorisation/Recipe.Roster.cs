using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>Rosters handed in, looked at, taken in and taken back.</summary>
internal sealed partial record Recipe
{
    private static Dictionary<string, Recipe> OfRosters() => new()
    {
        ["StageRoster"] = new((w, r, p) => Done($"/api/v1/villages/{World.AreaOf(p)}/roster-uploads/{w.House.NewId()}", s_roster.Value)),
        ["OpenRoster"] = new(async (w, r, p) => new($"/api/v1/roster-uploads/{await NewUpload(w, p)}")),
        ["MarkRoster"] = new(async (w, r, p) => new($"/api/v1/roster-uploads/{await NewUpload(w, p)}/marked-sheet")),
        ["TakeRoster"] = new(async (w, r, p) => new($"/api/v1/roster-uploads/{await NewUpload(w, p)}/entry")),
        ["ImportBuiltOn"] = new(async (w, r, p) => new($"/api/v1/roster-imports/{await NewImport(w, p)}/built-on")),
        ["UndoImport"] = new(async (w, r, p) => new($"/api/v1/roster-imports/{await NewImport(w, p)}/undoing")),
        ["/people/import/{Id}"] = new(async (w, r, p) => new($"/people/import/{await NewUpload(w, p)}")),
        ["/people/imports/{Id}"] = new(async (w, r, p) => new($"/people/imports/{await NewImport(w, p)}")),
    };

    private static async Task<Id<RosterUpload>> NewUpload(World world, Position position)
    {
        var upload = new RosterUpload(
            Id<RosterUpload>.New(world.House.Clock), World.AreaOf(position), "digest", default, world.House.Clock.GetUtcNow());
        upload.Hold(world.House.Get<RosterVault>().Seal(upload, s_roster.Value));
        await world.House.Add(upload);
        return upload.Id;
    }

    private static async Task<Id<RosterImport>> NewImport(World world, Position position)
    {
        var import = new RosterImport(
            Id<RosterImport>.New(world.House.Clock), World.AreaOf(position), new(0, 0, 0, 0, 0, 0), default, world.House.Clock.GetUtcNow());
        await world.House.Add(import);
        return import.Id;
    }
}
