using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>Suspected duplicates: two entries of the area the position stands for.</summary>
internal sealed partial record Recipe
{
    private static Dictionary<string, Recipe> OfDuplicates() => new()
    {
        ["CompareEntries"] = OfTwo((id, one, other) => new($"/api/v1/people/{one}/duplicates/{other}")),
        ["/people/{Person}/duplicates/{Other}"] = OfTwo((id, one, other) => new($"/people/{one}/duplicates/{other}")),
        ["KeepApart"] = OfTwo((id, one, other) => new($"/api/v1/people/{one}/apart/{id}", new { other = other.Value })),
        ["MergePeople"] = OfTwo((id, one, other) => new($"/api/v1/people/{one}/merges/{id}", new { other = other.Value })),
        ["MergeBuiltOn"] = new(async (w, _, p) => new($"/api/v1/merges/{await NewMerge(w, p)}/built-on")),
        ["UndoMerge"] = new(async (w, _, p) => new($"/api/v1/merges/{await NewMerge(w, p)}/undoing")),
        ["/people/merges/{Merge}"] = new(async (w, _, p) => new($"/people/merges/{await NewMerge(w, p)}")),
    };

    private static Recipe OfTwo(Func<Guid, Id<Person>, Id<Person>, Asked> ask) => new(async (world, _, position) =>
    {
        var area = World.AreaOf(position);
        var (one, other) = (world.House.NewPerson(area, PersonRoles.Elder), world.House.NewPerson(area, PersonRoles.Elder));
        await world.House.Add(one, other);
        return ask(world.House.NewId(), one.Id, other.Id);
    });

    private static async Task<Id<PersonMerge>> NewMerge(World world, Position position)
    {
        var (house, area) = (world.House, World.AreaOf(position));
        var (kept, dropped) = (house.NewPerson(area, PersonRoles.Elder), house.NewPerson(area, PersonRoles.Elder));
        var merge = PersonMerge.Of(Id<PersonMerge>.New(house.Clock), kept, dropped, kept.Id, house.Clock.GetUtcNow()).Value;
        await house.Add(kept, dropped, merge);
        return merge.Id;
    }
}
