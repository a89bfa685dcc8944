using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>Who has neither died nor moved away; their entry stays in the register. 在世在村</summary>
internal static class WhoLives
{
    /// <summary>Of these, those who had not departed on a day (<see cref="Person.HasDepartedOn"/>, for the database).</summary>
    public static IQueryable<Person> Here(IQueryable<Person> people, DateOnly day) =>
        people.Where(p => !p.Facts.Any(f => f.Kind == FactKind.Residence && f.ReplacedAt == null
            && (f.Value == nameof(Residence.Ended) || f.Value == nameof(Residence.MovedAway))
            && f.From <= day && (f.To == null || day < f.To)));
}
