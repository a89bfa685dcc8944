namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>The administrative tree: another name, a replacement, a table.</summary>
internal sealed partial record Recipe
{
    private static Dictionary<string, Recipe> OfAreas() => new()
    {
        ["RenameArea"] = new((w, r, p) => Done(
            $"/api/v1/areas/{World.AreaOf(p)}/names/{w.House.NewId()}", new { name = "新名", from = w.House.Today })),
        ["ReplaceArea"] = new((w, r, p) => Done(
            $"/api/v1/areas/{World.AreaOf(p)}/replacements/{w.House.NewId()}",
            new { day = w.House.Today, successors = Array.Empty<string>() })),
        ["ImportAreas"] = new((w, r, p) => Done(
            $"/api/v1/area-imports/{w.House.NewId()}?from={w.House.Today:O}", "code,name\n"u8.ToArray()), (_, _) => true),
        ["/areas/{Area}/change"] = new((w, r, p) => Done($"/areas/{World.AreaOf(p)}/change")),
    };
}
