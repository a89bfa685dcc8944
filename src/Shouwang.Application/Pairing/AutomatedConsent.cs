using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Pairing;

/// <summary>Who took back the consent to be proposed by computation. 自动结对同意</summary>
/// <remarks>Nobody asked yet is not a no. A village is paired on the day its roster comes in, before anyone can have been asked about this
/// purpose; a proposal binds nobody until a cadre accepts it, and each side is then asked in person and may decline. Whoever was asked and
/// took it back has said no, until they say yes again.</remarks>
internal static class AutomatedConsent
{
    public static async Task<HashSet<Id<Person>>> Withdrawn(ShouwangDb db, CancellationToken ct) =>
        [.. await ConsentBook.WhoTookBack(db, ConsentPurpose.AutomatedPairing).ToListAsync(ct)];
}
