using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>The register: one person's entry, facts, looks.</summary>
internal sealed partial record Recipe
{
    private static Dictionary<string, Recipe> OfTheRegister() => new()
    {
        ["ShowPerson"] = Of((_, person) => new($"/api/v1/people/{person}")),
        ["EnterPerson"] = new((w, _, p) => Task.FromResult(new Asked($"/api/v1/people/{w.House.NewId()}",
            new { village = World.AreaOf(p).ToString(), name = "示新人", sex = "Male", roles = new[] { "Elder" }, group = "一组" }))),
        ["CorrectPerson"] = Of((id, person) => new($"/api/v1/people/{person}/corrections/{id}",
            new { name = "示更正", sex = "Female", born = "1960-01-01", roles = new[] { "Elder", "Volunteer" } })),
        ["FactHistory"] = Of((_, person) => new($"/api/v1/people/{person}/facts/Absence")),
        ["LearnFact"] = Of((id, person) => new($"/api/v1/people/{person}/lessons/{id}",
            new { kind = "Absence", value = "Home", from = "2026-03-16" })),
        ["CorrectFact"] = new(NewCorrection),
        ["RevealField"] = Of((id, person) => new($"/api/v1/people/{person}/looks/{id}",
            new { field = "Phone", purpose = "CallThePerson" })),
        ["WhoLooked"] = Of((_, person) => new($"/api/v1/people/{person}/looks")),
        ["/people/{Person}"] = Of((_, person) => new($"/people/{person}")),
        ["/people/{Person}/facts/{Kind}"] = Of((_, person) => new($"/people/{person}/facts/Absence")),
        ["/people/{Person}/identity"] = Of((_, person) => new($"/people/{person}/identity")),
        ["/people/{Person}/looks"] = Of((_, person) => new($"/people/{person}/looks")),
    };

    private static Recipe Of(Func<Guid, Id<Person>, Asked> ask) =>
        new((w, r, p) => Task.FromResult(ask(w.House.NewId(), w.Subject(r, p).Person.Id)));

    private static async Task<Asked> NewCorrection(World world, Role role, Position position)
    {
        var (house, person) = (world.House, world.Subject(role, position).Person.Id);
        var stated = new FactStated(FactKind.Dialect, "山东话", house.Today);
        var learned = await house.Get<LearnFact>().Run(new(house.NewId(), person, stated), Actor.System(AreaCode.Nation), default);
        return new($"/api/v1/people/{person}/fact-lines/{learned.Value.Line}/corrections/{house.NewId()}",
            new { stated = new { kind = "Dialect", value = "密云话", from = "2026-03-01" } });
    }
}
