using Shouwang.Application.Places;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Web.Places;

/// <summary>What the form for a place sends, and how it is read. 场所表单</summary>
public sealed class PlaceForm
{
    public Guid Id { get; set; }
    public string? Village { get; set; }
    public string? Kind { get; set; }
    public string? Name { get; set; }
    public string[]? OpenOn { get; set; }
    public string? Household { get; set; }
    public string? Act { get; set; }
    public string? Text { get; set; }
    public string? Person { get; set; }
    public string[]? NoHost { get; set; }
    public string? ClosedOn { get; set; }

    internal PlaceArranged ToArranged() => new(
        Name ?? "",
        (OpenOn ?? []).Aggregate(OpeningDays.None, (all, one) => Enum.TryParse<OpeningDays>(one, out var day) ? all | day : all),
        NoHost is { Length: > 0 } ? null : Household)
    {
        HostedBy = NoHost is { Length: > 0 } || !Id<Person>.TryParse(Person, null, out var host) ? null : host,
    };
}
