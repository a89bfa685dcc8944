using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Who has neither died nor moved away; their entry stays in the register. 在世在村</summary>
internal static class WhoLives
{
    /// <summary>Of these, those who had not departed on a day (<see cref="Person.HasDepartedOn"/>, for the database).</summary>
    public static IQueryable<Person> Here(IQueryable<Person> people, DateOnly day)
    {
        var inForce = FactInForce.On(day);

        // Counted, though one would be enough: asked whether there is any, a server first looks through the facts of the whole county. And
        // "fewer than one", since for "none" it would expect hardly anybody, and prepare for looking at everybody.
        return people.Where(p => p.Facts.AsQueryable().Where(inForce).Count(f => f.Kind == FactKind.Residence
            && (f.Value == nameof(Residence.Ended) || f.Value == nameof(Residence.MovedAway))) < 1);
    }
}
