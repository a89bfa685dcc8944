using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>What a relative may know of an elder's care, the same on every page: of an elder who agreed to relatives seeing it
/// everything, of the others only that somebody came, when and for what, with the names of helpers masked. Whoever is no relative is not
/// narrowed by it; a mandate for the elder's own file is the elder's word too and opens that file. 家属可见范围</summary>
internal sealed class KinView
{
    private readonly Actor _actor;
    private readonly Id<Person>[]? _agreed;

    private KinView(Actor actor, Id<Person>[]? agreed) => (_actor, _agreed) = (actor, agreed);

    /// <summary>Reads to what the relative who looks was agreed; nothing is read for anybody else.</summary>
    public static async Task<KinView> Of(ShouwangDb db, CancellationToken ct)
    {
        var actor = db.Looking;
        if (actor.Reach.Kind != ReachKind.Kin) return new(actor, null);
        var kin = actor.Reach.People.Select(p => new Id<Person>(p)).ToArray();
        Id<Person>[] agreed = [.. await ConsentBook.WhoAgreed(db, kin, ConsentPurpose.FamilyView, ct)];
        return new(actor, [actor.Person, .. agreed, .. await Successor.MergedInto(db, agreed).ToListAsync(ct)]);
    }

    /// <summary>Whether everything of this elder may be shown.</summary>
    public bool IsOpen(Id<Person> elder) => _agreed is null || _agreed.Contains(elder);

    /// <summary>Something of an elder, or nothing while they have not agreed.</summary>
    public T? Told<T>(Id<Person> elder, T? told) => IsOpen(elder) ? told : default;

    /// <summary>The name of somebody around an elder, masked while the elder has not agreed; one's own is no secret.</summary>
    public string NameOf(Id<Person> elder, Id<Person> somebody, string name) =>
        IsOpen(elder) || somebody == _actor.Person ? name : PersonName.Mask(name);

    /// <summary>The name of another elder who was visited on the same call: a relative reads it where it is of their own kin.</summary>
    public string NameOfOther(Id<Person> other, string name) => _agreed is null || _actor.Sees(other) ? name : PersonName.Mask(name);

    /// <summary>The emergencies that may be known.</summary>
    public IQueryable<Incident> Known(IQueryable<Incident> all) =>
        _agreed is null ? all : all.Where(i => _agreed.Contains(i.Elder));
}
