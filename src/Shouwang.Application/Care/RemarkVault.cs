using System.Text;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.People;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>Seals the remarks of visits with the elder's own key: who forgets the elder forgets what was said of them. 备注保险库</summary>
public sealed class RemarkVault(PersonVault people)
{
    /// <summary>Characters a remark may have.</summary>
    public const int Longest = 1000;

    public byte[] Seal(Person elder, Id<Visit> visit, string remarks) =>
        people.SealNote(elder.Id, elder.Secrets, PlaceOf(visit), Encoding.UTF8.GetBytes(remarks));

    public string Open(Person elder, Id<Visit> visit, byte[] sealedRemarks) =>
        Encoding.UTF8.GetString(people.OpenNote(elder.Id, elder.Secrets, PlaceOf(visit), sealedRemarks));

    private static SealedPlace PlaceOf(Id<Visit> visit) => new("care_visit", nameof(Visit.Remarks), visit.Value);
}
