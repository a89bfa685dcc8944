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

    /// <summary>A few who are named one by one, in that order.</summary>
    public static IOrderedQueryable<Person> Order(IQueryable<Person> people) =>
        people.OrderBy(p => p.Initials).ThenBy(p => p.NameKey).ThenBy(p => p.Id);

    /// <summary>All who fit, in that order.</summary>
    /// <param name="areMany">Whether more than <see cref="Many"/> fit.</param>
    public static IOrderedQueryable<Person> Order(ShouwangDb db, IQueryable<Person> people, bool areMany) =>
        Order(Along(db, people, areMany));

    /// <summary>The same people, for a query that puts them in this order itself.</summary>
    public static IQueryable<Person> Along(ShouwangDb db, IQueryable<Person> people, bool areMany) =>
        AlongIndex.IsNarrow(db) || !areMany ? AlongIndex.Narrow(db, people) : people.TagWith(s_walk);

    /// <summary>How many there are, counted up to one more than <paramref name="most"/>.</summary>
    public static Task<int> CountUpTo<T>(IQueryable<T> rows, int most, CancellationToken ct) => rows.Take(most + 1).CountAsync(ct);
}
