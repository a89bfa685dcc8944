using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Components;

namespace Shouwang.Web.People;

/// <summary>What the form for a person's identity sends, and how it is read. 身份表单</summary>
public sealed class IdentityForm
{
    public Guid Id { get; set; }
    public string? Name { get; set; }
    public string? IdNumber { get; set; }
    public string? Sex { get; set; }
    public string? Born { get; set; }
    public string[]? Roles { get; set; }
    public string? Group { get; set; }
    public string? Village { get; set; }

    /// <summary>The parts that are ticked.</summary>
    internal PersonRoles Parts => (Roles ?? []).Aggregate(PersonRoles.None, (all, one) =>
        Enum.TryParse<PersonRoles>(one, out var role) ? all | role : all);

    /// <summary>Reads the answers; the first one that cannot be read is named.</summary>
    internal Result<Identity> ToIdentity()
    {
        var born = WrittenDay.Of(Born);
        if (born is null && !string.IsNullOrWhiteSpace(Born)) return CommonRefusals.BadInput.On("born");
        _ = Enum.TryParse<Sex>(Sex, out var sex);
        return new Identity((Name ?? "").Trim(), sex, born, IdNumber);
    }
}
