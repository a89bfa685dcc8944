using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.SignIn;

/// <summary>Moves the posts of a dropped entry, and ends the sessions in which it worked. 归并岗位</summary>
internal sealed class MergedPosts(UnitOfWork unit, PersonMerge merge)
{
    public async Task Move(CancellationToken ct)
    {
        var today = Days.Of(unit.Now);
        var posts = await unit.Db.Posts
            .Where(p => (p.Person == merge.Kept || p.Person == merge.Dropped) && p.To == null).ToListAsync(ct);
        var held = posts.Where(p => p.Person == merge.Kept).ToList();
        foreach (var post in posts.Where(p => p.Person == merge.Dropped))
        {
            var fits = held.TrueForAll(h =>
                Roles.MayCombine(h.Role, post.Role) && (h.Role, h.Area, h.Point) != (post.Role, post.Area, post.Point));
            if (fits) post.Follow(merge.Kept);
            else _ = post.End(today > post.From ? today : post.From).Value;
        }

        await Leave(unit, merge.Dropped, ct);
    }

    /// <summary>Ends every session of an entry.</summary>
    public static Task Leave(UnitOfWork unit, Id<Person> person, CancellationToken ct) => unit.Db.SignInSessions
        .Where(s => s.Person == person && s.Revoked == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.Revoked, unit.Now), ct);
}
