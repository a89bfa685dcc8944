using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>People in the order of their names, as every list of them goes. 按姓名排序</summary>
internal static class ByName
{
    /// <summary>Where more than so many fit, going along everybody's names meets a pageful sooner than sorting them all.</summary>
    public const int Many = 300;

    private static readonly string s_walk = AlongIndex.Of("people_person", "IX_people_person_Initials_NameKey_Id_Area_MergedInto_Roles");

    /// <param name="areMany">Whether more than <see cref="Many"/> fit.</param>
    public static IOrderedQueryable<Person> Order(IQueryable<Person> people, bool areMany) =>
        Along(people, areMany).OrderBy(p => p.Initials).ThenBy(p => p.NameKey).ThenBy(p => p.Id);

    /// <summary>The same people, for a query that puts them in this order itself.</summary>
    public static IQueryable<Person> Along(IQueryable<Person> people, bool areMany) => areMany ? people.TagWith(s_walk) : people;

    /// <summary>How many there are, counted up to one more than <paramref name="most"/>.</summary>
    public static Task<int> CountUpTo<T>(IQueryable<T> rows, int most, CancellationToken ct) => rows.Take(most + 1).CountAsync(ct);
}
