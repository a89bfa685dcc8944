using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Web.Components;

namespace Shouwang.Web.People;

/// <summary>What the forms for a consent and a mandate send, and how they are read. 同意表单</summary>
public sealed class ConsentForm
{
    public Guid Id { get; set; }
    public string? Purpose { get; set; }
    public string? Method { get; set; }
    public string? Witness { get; set; }
    public string? Agent { get; set; }
    public string[]? Matters { get; set; }
    public string? Last { get; set; }

    internal ConsentGiven ToGiven()
    {
        _ = Enum.TryParse<ConsentPurpose>(Purpose, out var purpose) & Enum.TryParse<ConsentMethod>(Method, out var method);
        return new(purpose, method, PersonOf(Witness), PersonOf(Agent));
    }

    /// <summary>A day that cannot be read is before the first, which the rule refuses.</summary>
    internal MandateGiven ToMandate(DateOnly today) => new(
        PersonOf(Agent) ?? default,
        (Matters ?? []).Aggregate(MandateMatters.None, (all, one) =>
            Enum.TryParse<MandateMatters>(one, out var matter) ? all | matter : all),
        today, WrittenDay.Of(Last)?.AddDays(1) ?? today);

    private static Id<Person>? PersonOf(string? chosen) => Id<Person>.TryParse(chosen, null, out var id) ? id : null;
}
