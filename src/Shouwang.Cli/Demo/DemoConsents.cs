using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Cli.Demo;

/// <summary>Whom the fictional village asked whether they agree to visits: nearly everybody signed, a few are still to be asked, one took
/// it back.</summary>
internal sealed class DemoConsents(Workspace work, GiveConsent give, WithdrawConsent withdraw, TimeProvider clock)
{
    /// <summary>One of so many elders is still to be asked.</summary>
    private const int OneToAskIn = 24;

    /// <summary>How many commands are under way at once; they share commits.</summary>
    private const int AtOnce = 48;

    /// <param name="on">The day they signed, before the first visit.</param>
    public async Task Ask(AreaCode village, DateOnly on, CancellationToken ct)
    {
        var house = Actor.System(village);
        var elders = await work.Read(house, db => db.People.Where(p => (p.Roles & PersonRoles.Elder) != 0)
            .OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(ct));
        foreach (var batch in elders.Where((_, i) => i % OneToAskIn != 0).Chunk(AtOnce))
        {
            var given = await Task.WhenAll(batch.Select(elder => give.Run(
                new(Id<Consent>.New(clock), elder, new(ConsentPurpose.Visits, ConsentMethod.Signed, null)) { On = on }, house, ct)));
            foreach (var consent in given) _ = consent.Value;
        }
    }

    /// <summary>One of them no longer wants visits.</summary>
    /// <param name="busy">The volunteer who signs in: who is theirs goes on being visited.</param>
    public async Task TakeOneBack(AreaCode village, Id<Person> busy, CancellationToken ct)
    {
        var house = Actor.System(village);
        var last = await work.Read(house, db => db.Consents
            .Where(c => c.Purpose == ConsentPurpose.Visits && !db.Pairs.Any(p => p.Elder == c.Person && p.Volunteer == busy))
            .OrderByDescending(c => c.Person).Select(c => c.Id).FirstAsync(ct));
        _ = (await withdraw.Run(new(Id<Consent>.New(clock).Value, last), house, ct)).Value;
    }
}
