using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>People who share one roof. 户</summary>
public sealed class Household : Entity
{
    private Household() { }

    public Household(Id<Household> id, AreaCode area, string number) => (Id, Area, Number) = (id, area, number);

    public Id<Household> Id { get; private init; }

    /// <summary>The number the village knows it by.</summary>
    public string Number { get; private init; } = "";
}
