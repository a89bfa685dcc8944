using System.Globalization;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Web.SignIn;

/// <summary>What the form for a new account sends, and how it is read. 开户表单</summary>
public sealed class AccountForm
{
    public Guid Id { get; set; }
    public string? Act { get; set; }
    public string? Text { get; set; }
    public string? Person { get; set; }
    public string? Name { get; set; }
    public string? Sex { get; set; }
    public string? Born { get; set; }
    public string? Phone { get; set; }
    public string? Role { get; set; }
    public string? Area { get; set; }
    public string? Point { get; set; }

    /// <summary>Reads the answers; the first one that cannot be read is named.</summary>
    public Result<CreateAccount.Command> ToCommand()
    {
        if (!AreaCode.From(Area, nameof(Area)).IsOk(out var area, out var refusal)) return refusal;
        if (!Enum.TryParse<Role>(Role, out var role)) return CommonRefusals.BadInput.On(nameof(Role));
        Id<Place>? point = null;
        if (!string.IsNullOrWhiteSpace(Point))
        {
            if (!Id<Place>.TryParse(Point.Trim(), null, out var read)) return CommonRefusals.BadInput.On(nameof(Point));
            point = read;
        }

        var given = new PostGiven(role, new(area, point));
        if (!string.IsNullOrWhiteSpace(Person))
        {
            return Id<Person>.TryParse(Person.Trim(), null, out var known)
                ? new CreateAccount.Command(Id, known, null, Phone, given)
                : CommonRefusals.BadInput.On(nameof(Person));
        }

        if (!Enum.TryParse<Sex>(Sex, out var sex)) return CommonRefusals.BadInput.On(nameof(Sex));
        return DateOnly.TryParse(Born, CultureInfo.InvariantCulture, out var born)
            ? new CreateAccount.Command(Id, null, new((Name ?? "").Trim(), sex, born), Phone, given)
            : CommonRefusals.BadInput.On(nameof(Born));
    }
}
